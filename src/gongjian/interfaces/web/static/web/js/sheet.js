// The month sheet: a grid of fields walked, filled, copied and pasted like a spreadsheet.
import { Outbox } from './sheet_outbox.js';
import { Selection } from './sheet_selection.js';
import { Cells, told } from './sheet_cells.js';
import { paste } from './sheet_filling.js';
import { lines } from './sheet_paste.js';

document.querySelector('[data-tick-all]')?.addEventListener('change', (event) => {
  for (const box of document.querySelectorAll('input[name=row][form=step]')) box.checked = event.target.checked;
});

const form = document.querySelector('form[data-sheet]');
if (form) start(form);

function start(form) {
  const table = form.querySelector('table');
  const cells = new Cells(form);
  const grid = new Selection(table, cells);
  const outbox = new Outbox(form.dataset.sheet, form.dataset.cells + location.search, cells);
  cells.outbox = outbox;
  cells.grid = grid;
  form.querySelector('[data-plain]')?.setAttribute('hidden', '');
  for (const part of form.querySelectorAll('[data-bar], [data-keys]')) part.classList.remove('ms-quiet');
  form.addEventListener('submit', (event) => event.preventDefault());
  cells.recover();
  cells.count(outbox.waiting);
  outbox.flush();
  document.getElementById('offline')?.remove(); // the sheet says so itself, and how many cells wait
  addEventListener('offline', () => cells.net(false));
  addEventListener('online', () => { if (!outbox.waiting) cells.net(true); });
  if (!navigator.onLine) cells.net(false);
  form.querySelector('[data-undo]').addEventListener('click', () => cells.undo());
  form.querySelector('[data-again]').addEventListener('click', () => outbox.flush());
  document.querySelector('[data-send]')?.addEventListener('click', (event) => {
    cells.commit(document.activeElement);
    if (!outbox.waiting) return;
    event.preventDefault();
    outbox.flush();
    cells.say(told('first', { n: outbox.waiting }));
  });

  table.addEventListener('focusout', (event) => cells.commit(event.target));
  table.addEventListener('input', (event) => {
    if (!event.target.name?.includes(':')) return;
    if (grid.mode === 'walk') grid.mode = 'enter';
  });
  table.addEventListener('click', (event) => {
    const button = event.target.closest('[data-fix], [data-mine], [data-theirs]');
    if (button) cells.settle(button);
  });
  table.addEventListener('keydown', (event) => { if (!event.isComposing) key(event); });
  document.addEventListener('copy', (event) => copy(event));
  document.addEventListener('cut', (event) => { if (copy(event)) cells.change(grid.fields().map((field) => [field, ''])); });
  table.addEventListener('paste', (event) => {
    const text = event.clipboardData.getData('text/plain');
    if (grid.mode === 'edit' || !text) return;
    event.preventDefault();
    paste(text, { form, grid, cells });
  });

  function copy(event) {
    const own = table.contains(document.activeElement);
    if (!own || grid.mode !== 'walk') return false;
    event.clipboardData.setData('text/plain', lines(grid.block().map((row) => row.map((td) => cells.text(td)))));
    event.preventDefault();
    return true;
  }

  function key(event) {
    const field = event.target;
    const ctrl = event.ctrlKey || event.metaKey;
    const is = event.key;
    const go = (rows, columns) => { event.preventDefault(); cells.commit(field); grid.move(rows, columns, event.shiftKey && is.startsWith('Arrow')); };
    if (!field.closest('td') || field.closest('.ms-pop') || field.type === 'checkbox') return;
    if (ctrl && is.toLowerCase() === 'z' && (grid.mode === 'walk' || !cells.changed(field))) { event.preventDefault(); cells.undo(); return; }
    if (ctrl && is.toLowerCase() === 'd') { event.preventDefault(); down(); return; }
    if (ctrl && is === 'ArrowDown') { event.preventDefault(); cells.commit(field); grid.toEmpty(); return; }
    if (is === 'F2') { event.preventDefault(); grid.edit(field); return; }
    if (is === 'Escape') { event.preventDefault(); cells.restore(field); grid.walk(); return; }
    if (is === 'Enter' && event.altKey && field.matches('textarea')) { event.preventDefault(); grid.edit(field); field.setRangeText('\n', field.selectionStart, field.selectionEnd, 'end'); return; }
    if (is === 'Enter' && !ctrl) { go(event.shiftKey ? -1 : 1, 0); return; }
    if (is === 'Tab') { if (grid.hasNext(event.shiftKey)) { event.preventDefault(); cells.commit(field); grid.next(event.shiftKey); } return; }
    if (grid.mode === 'edit') return;
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[is];
    if (step) { go(...step); return; }
    if ((is === 'Delete' || is === 'Backspace') && grid.mode === 'walk') {
      event.preventDefault();
      cells.change(grid.fields().map((one) => [one, '']));
    }
  }

  function down() {
    const rows = grid.block();
    const filled = rows.slice(1).flatMap((row) => row.map((td, column) => [cells.field(td), cells.text(rows[0][column])]));
    cells.change(filled.filter(([one]) => one));
  }

  grid.onMove = (td) => cells.where(td);
  addEventListener('pagehide', () => cells.commit(document.activeElement));
}
