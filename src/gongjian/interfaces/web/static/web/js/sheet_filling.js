// A pasted block laid over the grid: by the place one stands on, or by the names of the projects in its first column.
import { told } from './sheet_cells.js';
import { block, headed, matched, names, same } from './sheet_paste.js';
const UNSEEN = -1; // a draft on another page: one's own is overwritten, that of another one is not

export async function paste(text, { form, grid, cells }) {
  let rows = block(text);
  const sums = told('sums').split('|');
  const column = Math.min(grid.column, grid.anchor[1]);
  const top = Math.min(grid.row, grid.anchor[0]);
  if (rows.length === 1 && rows[0].length === 1) {
    cells.change(grid.fields().map((field) => [field, rows[0][0].trim()]));
    return;
  }
  const named = names(rows) && !cells.field(grid.rows[top][column])?.matches('textarea');
  const under = named ? headed(rows, JSON.parse(form.dataset.heads)) : null;
  if (under) rows = under[1];
  const page = [...form.querySelectorAll('tr[data-p]')].map((row) => [row.dataset.p, row.querySelector('.nm').textContent, '']);
  const first = Number(form.dataset.first);
  let found = named ? matched(rows, page, sums) : { found: rows.map((cellsOf, at) => [top + at, cellsOf]), unknown: [] };
  let lines = page.map(([uid]) => uid);
  const beyond = named ? found.unknown.length > 0 : top + rows.length > page.length;
  let shift = 0;
  if (beyond) {
    const answer = await fetch(form.dataset.lines + location.search).then((one) => one.json()).catch(() => null);
    if (answer) {
      shift = first;
      lines = answer.lines.map(([uid]) => uid);
      found = named ? matched(rows, answer.lines, sums) : { found: rows.map((cellsOf, at) => [first + top + at, cellsOf]), unknown: [] };
    }
  }
  await lay(found, { form, grid, cells, column: under ? 0 : column, to: under?.[0], lines, shift, page, named });
}

async function lay({ found, unknown }, { form, grid, cells, column, to, lines, shift, page, named }) {
  const keys = JSON.parse(form.dataset.keys);
  const here = [];
  const far = {};
  const places = [];
  let closed = 0;
  let alike = 0;
  for (const [line, values] of found) {
    const uid = lines[line];
    if (uid === undefined) { closed += values.length; continue; }
    const row = line - shift;
    values.forEach((value, from) => {
      const at = to ? to[from] : from;
      if (at < 0) return; // what follows from the others
      const key = keys[column + at];
      const onPage = row >= 0 && row < page.length;
      const field = onPage ? cells.field(grid.rows[row][column + at]) : null;
      if (field && named && same(field.value, value)) { alike += 1; return; }
      if (field) here.push([field, value.trim()]);
      else if (onPage || key === undefined) closed += 1;
      else if (value.trim()) { far[`${uid}:${key}`] = { version: UNSEEN, typed: value.trim() }; places.push(line); }
    });
  }
  const many = Object.keys(far).length;
  if (many || unknown.length) {
    const facts = [];
    if (named && found.length) facts.push(told('matched', { n: found.length }));
    if (many) facts.push(told('beyond', { n: new Set(places).size, cells: many }));
    if (unknown.length) facts.push(told('unknown', { n: unknown.length }));
    if (!(await agreed(cells, facts, unknown))) return;
  }
  cells.change(here);
  if (many) cells.outbox.put(far);
  cells.left = closed ? told('closed', { n: closed }) : '';
  cells.say(told(named ? 'pastedByName' : 'pasted', { n: here.length + many, rows: found.length }) + (alike ? told('alike', { n: alike }) : '') + cells.left);
}

function agreed(cells, facts, unknown) {
  const dialog = document.querySelector('[data-dialog]');
  dialog.querySelector('[data-dialog-title]').textContent = told('paste');
  const say = dialog.querySelector('[data-dialog-say]');
  say.replaceChildren(...facts.map((fact) => Object.assign(document.createElement('p'), { textContent: fact })));
  if (unknown.length) {
    const list = say.appendChild(document.createElement('ul'));
    for (const name of unknown.slice(0, 100)) list.append(Object.assign(document.createElement('li'), { textContent: name.slice(0, 60) }));
  }
  dialog.showModal();
  return new Promise((resolve) => { dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true }); });
}
