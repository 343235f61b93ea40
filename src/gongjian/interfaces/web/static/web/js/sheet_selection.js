// Where one stands in the grid, and the block that is selected. Three modes, as spreadsheets have them: walking (a key
// overwrites the cell), entering (arrows leave it), editing (arrows move the caret).
export class Selection {
  constructor(table, cells) {
    this.cells = cells;
    this.table = table;
    this.rows = [...table.tBodies[0].rows].map((row) => [...row.cells].filter((cell) => cell.matches('td')));
    this.rows.flat().forEach((td) => { if (!cells.field(td)) td.tabIndex = -1; });
    Object.assign(this, { row: 0, column: 0, anchor: [0, 0], now: 'walk', onMove: () => {} });
    table.addEventListener('focusin', (event) => this.came(event.target));
    table.addEventListener('mousedown', (event) => this.pressed(event));
    table.addEventListener('mouseup', (event) => { if (this.fresh && event.target === this.fresh) event.preventDefault(); this.fresh = null; });
    table.addEventListener('dblclick', (event) => { if (this.cells.field(event.target.closest('td'))) this.mode = 'edit'; });
    table.addEventListener('mouseover', (event) => { if (event.buttons === 1 && this.dragging) this.reach(event.target.closest('td')); });
    addEventListener('mouseup', () => { this.dragging = false; });
  }

  get mode() { return this.now; }

  set mode(mode) {
    this.now = mode;
    this.table.classList.toggle('ms-typing', mode !== 'walk');
  }

  find(td) {
    const row = this.rows.findIndex((one) => one.includes(td));
    return row < 0 ? null : [row, this.rows[row].indexOf(td)];
  }

  came(target) {
    const td = target.closest('td');
    const place = td && this.find(td);
    if (!place || target.closest('.ms-pop') || target.type === 'checkbox') return;
    [this.row, this.column] = place;
    if (!this.extending) this.anchor = place;
    this.mode = 'walk';
    if (target.select) requestAnimationFrame(() => { if (document.activeElement === target && this.mode === 'walk') target.select(); });
    this.paint();
    this.onMove(td);
  }

  pressed(event) {
    const td = event.target.closest('td');
    if (!td || !this.find(td) || event.target.closest('.ms-pop, a, label')) return;
    if (event.shiftKey) { event.preventDefault(); this.reach(td); return; }
    this.dragging = true;
    this.fresh = document.activeElement === event.target ? null : event.target;
    if (document.activeElement === event.target && this.mode === 'walk') this.mode = 'edit';
  }

  reach(td) {
    const place = td && this.find(td);
    if (!place) return;
    [this.row, this.column] = place;
    this.paint();
    if (this.block().flat().length > 1) getSelection().removeAllRanges();
  }

  paint() {
    this.table.querySelectorAll('td.sel').forEach((td) => td.classList.remove('sel'));
    const block = this.block().flat();
    if (block.length > 1) block.forEach((td) => td.classList.add('sel'));
  }

  block() {
    const [top, bottom] = [this.anchor[0], this.row].sort((a, b) => a - b);
    const [left, right] = [this.anchor[1], this.column].sort((a, b) => a - b);
    return this.rows.slice(top, bottom + 1).map((row) => row.slice(left, right + 1));
  }

  fields() { return this.block().flat().map((td) => this.cells.field(td)).filter(Boolean); }

  to(row, column, extend = false) {
    const td = this.rows[row]?.[column];
    if (!td) return;
    this.extending = extend;
    (this.cells.field(td) ?? td).focus({ preventScroll: true });
    this.extending = false;
    this.row = row;
    this.column = column;
    this.paint();
    td.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  move(rows, columns, extend) {
    const row = Math.max(0, Math.min(this.rows.length - 1, this.row + rows));
    const column = Math.max(0, Math.min(this.rows[row].length - 1, this.column + columns));
    this.to(row, column, extend);
    this.mode = 'walk';
  }

  walk() { this.mode = 'walk'; document.activeElement.select?.(); }

  edit(field) {
    if (!field.setSelectionRange) return;
    this.mode = 'edit';
    field.setSelectionRange(field.value.length, field.value.length);
  }

  // Tab goes through the fields; after the last one it leaves the sheet.
  order() { return this.rows.flat().filter((td) => this.cells.field(td)); }

  hasNext(back) { return this.beside(back) !== undefined; }

  beside(back) {
    const order = this.order();
    const here = this.rows[this.row][this.column];
    const at = order.indexOf(here);
    if (at >= 0) return order[at + (back ? -1 : 1)];
    const after = order.findIndex((td) => here.compareDocumentPosition(td) & Node.DOCUMENT_POSITION_FOLLOWING);
    return back ? order[(after < 0 ? order.length : after) - 1] : order[after];
  }

  next(back) { const place = this.find(this.beside(back)); if (place) this.to(...place); }

  toEmpty() {
    const row = this.rows.findIndex((one, at) => at > this.row && this.cells.field(one[this.column])?.value === '');
    if (row >= 0) this.to(row, this.column);
  }
}
