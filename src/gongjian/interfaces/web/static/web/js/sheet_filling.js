// A pasted block laid over the grid: by its heads or from where one stands, by the names of its projects or line by line.
import { ask } from './sheet_asking.js';
import { told } from './sheet_cells.js';
import { CODE, Heads, key, LEFT, NAME, number, sized } from './sheet_heads.js';
import { block, matched, names, plain, same } from './sheet_paste.js';

const BATCH = 400; // projects whose cells are asked for at once

export async function paste(text, { form, grid, cells }) {
  const rows = block(text);
  const column = Math.min(grid.column, grid.anchor[1]);
  const top = Math.min(grid.row, grid.anchor[0]);
  if (rows.length === 1 && rows[0].length === 1) {
    cells.change(grid.fields().map((field) => [field, rows[0][0].trim()]));
    return;
  }
  const heads = new Heads(JSON.parse(document.getElementById('ms-heads').textContent));
  const page = [...form.querySelectorAll('tr[data-p]')].map((row) => [row.dataset.p, row.querySelector('.nm').textContent, '']);
  const { whole, unsure } = await linesOf(form, page, { rows, top, heads });
  const lines = whole ?? page;
  const first = whole ? Number(form.dataset.first) : 0;
  const plan = await layout(rows, { heads, is: isOf(lines), column, words: cells.field(grid.rows[top][column])?.matches('textarea') });
  if (!plan) { cells.say(told('dropped')); return; }
  const { body, name, code, to } = plan;
  const sums = told('sums').split('|');
  const met = name < 0 ? { found: body.map((row, at) => [first + top + at, row]), twice: [], unknown: [] }
    : matched(body, lines, { sums, name, code, says: (one) => heads.says(one) && heads.meant(one).at !== NAME });
  const chosen = met.twice.length ? await ask(twins(met.twice, lines, name)) : [];
  if (!chosen) { cells.say(told('dropped')); return; }
  met.twice.forEach(([, row], at) => { if (chosen[at]) met.found.push([Number(chosen[at]), row]); });
  const facts = unsure && name >= 0 ? [told('unsure')] : [];
  await lay(met, { form, grid, cells, to, lines, first, page, named: name >= 0, facts, heads: plan.said });
}

const isOf = (lines) => {
  const known = new Set(lines.flatMap(([, ...keys]) => keys.filter(Boolean).map(plain)));
  return (text) => known.has(plain(text));
};

// All lines of the sheet, where the page holds some of them and the block may mean others: a name stands once only if
// it does in all of them. `unsure` where they are not to be had.
async function linesOf(form, page, { rows, top, heads }) {
  const here = isOf(page);
  const named = names(rows) || rows.some((row) => row.some((one) => here(one) || heads.meant(one).at === NAME));
  if (Number(form.dataset.total) <= page.length || !(named || top + rows.length > page.length)) return { whole: null, unsure: false };
  const answer = await fetch(form.dataset.lines + location.search).then((one) => one.json()).catch(() => null);
  return { whole: answer?.lines ?? null, unsure: !answer };
}

// Where the columns of the block go: [[column of the block, of the sheet, unit]], below which names and codes.
// Null where somebody was asked for a column and dropped the paste.
async function layout(rows, { heads, is, column, words }) {
  const line = heads.line(rows, is);
  const body = line < 0 ? rows : [...rows.slice(0, line).filter((row) => row.some(number)), ...rows.slice(line + 1)];
  const columns = line < 0 ? [] : heads.read(rows, line);
  const code = columns.findIndex((one) => one.at === CODE);
  let name = columns.findIndex((one) => one.at === NAME);
  if (name < 0) name = nameColumn(body, is);
  if (name < 0) name = code;
  if (name < 0 && names(rows) && !words) name = 0;
  if (line < 0) {
    const values = rows[0].map((_one, at) => at).filter((at) => at > name);
    return { body, name, code, to: values.map((at) => [at, column + at - Math.max(name + 1, 0), '']), said: '' };
  }
  if (columns[name]) columns[name].at = NAME;
  for (const [at, one] of columns.entries()) if (one.at === undefined && !body.some((row) => heads.says(row[at] ?? ''))) one.at = LEFT;
  if (!(await askedFor(columns, heads))) return null;
  const to = [...columns.entries()].filter(([, one]) => one.at >= 0);
  const pairs = to.filter(([, one]) => key(one.title) !== key(heads.labels[one.at])).map(([, one]) => `${one.title} → ${heads.labels[one.at]}`);
  return { body, name, code, to: to.map(([at, one]) => [at, one.at, one.unit]), said: pairs.length ? told('byHeads', { pairs: pairs.join(told('comma')) }) : '' };
}

function nameColumn(rows, is) {
  const times = rows[0].map((_one, at) => rows.filter((row) => is(row[at] ?? '')).length);
  const most = Math.max(...times);
  return most ? times.indexOf(most) : -1;
}

// Columns whose heads are not known are asked for, and get the place that somebody chose.
async function askedFor(columns, heads) {
  const open = [...columns.entries()].filter(([, one]) => one.at === undefined);
  if (!open.length) return true;
  const taken = columns.map((one) => one.at);
  const options = heads.labels.map((label, at) => [String(at), label]).filter(([at]) => !taken.includes(Number(at)));
  const near = open.map(([, one]) => one.near);
  const questions = open.map(([at, { title, near: mine }]) => ({
    label: title || told('column', { n: at + 1 }),
    options,
    picked: mine >= 0 && near.filter((one) => one === mine).length === 1 ? String(mine) : '',
  }));
  const chosen = await ask({ facts: [told('heads', { n: open.length })], questions });
  chosen?.forEach((value, at) => { open[at][1].at = value ? Number(value) : LEFT; });
  return Boolean(chosen);
}

function twins(twice, lines, name) {
  const questions = twice.map(([of, row]) => ({
    label: row[name].trim(),
    options: of.map((line) => [String(line), told('twin', { n: line + 1, code: lines[line][2] || '—' })]),
  }));
  return { facts: [told('twice', { n: twice.length })], questions };
}

// Cells of projects beyond the page: what they show now, null where that is not to be had.
async function standing(form, uids) {
  const shown = {};
  for (let at = 0; at < uids.length; at += BATCH) {
    const answer = await fetch(form.dataset.lines + location.search, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-CSRFToken': document.querySelector('meta[name=csrf-token]').content },
      body: JSON.stringify({ projects: uids.slice(at, at + BATCH) }),
    }).then((one) => (one.ok ? one.json() : null)).catch(() => null);
    if (!answer) return null;
    Object.assign(shown, answer.shown);
  }
  return shown;
}

async function lay({ found, unknown }, { form, grid, cells, to, lines, first, page, named, facts, heads }) {
  const keys = JSON.parse(form.dataset.keys);
  const here = [];
  const far = [];
  let closed = 0;
  let alike = 0;
  const beyond = found.map(([line]) => line).filter((line) => lines[line] && (line < first || line >= first + page.length));
  const shown = beyond.length ? await standing(form, beyond.map((line) => lines[line][0])) : {};
  for (const [line, row] of found) {
    const uid = lines[line]?.[0];
    const onPage = line >= first && line < first + page.length;
    for (const [from, at, unit] of to) {
      const value = sized(row[from] ?? '', unit);
      const field = onPage && uid ? cells.field(grid.rows[line - first][at]) : null;
      const was = field ? field.value : shown?.[uid]?.[keys[at]];
      if (!uid || keys[at] === undefined || (onPage ? !field : shown && was === undefined)) { if (value) closed += 1; }
      else if (was !== undefined && same(was, value)) alike += 1;
      else if (field) here.push([field, value]);
      else if (value || was) far.push({ place: `${uid}:${keys[at]}`, typed: value, was });
    }
  }
  if (far.length || unknown.length || facts.length) {
    if (named && found.length) facts.push(told('matched', { n: found.length }));
    if (far.length) facts.push(told('beyond', { n: new Set(far.map(({ place }) => place.split(':')[0])).size, cells: far.length }));
    if (far.some(({ was }) => was === undefined)) facts.push(told('kept'));
    if (unknown.length) facts.push(told('unknown', { n: unknown.length }));
    const list = unknown.map(([name, n]) => name || told('nameless', { n }));
    if (!(await ask({ facts, list }))) { cells.say(told('dropped')); return; }
  }
  cells.change(here, { far });
  cells.left = heads + (closed ? told('closed', { n: closed }) : '');
  const n = here.length + far.length;
  cells.say(told(named ? 'pastedByName' : 'pasted', { n, rows: found.length }) + (alike ? told('alike', { n: alike }) : '') + cells.left);
}
