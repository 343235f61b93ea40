// The fields of the sheet: what was typed into them, how it is marked, what the server says of it.
import { parted, UNSEEN } from './sheet_outbox.js';

const words = JSON.parse(document.getElementById('ms-words')?.textContent ?? '{}');
export const told = (key, values = {}) => (words[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name]);

export class Cells {
  constructor(form) {
    this.form = form;
    this.undone = [];
    this.left = ''; // what of the last paste was not taken: said until something else is typed
    this.at = new Map(); // place → field
    for (const field of form.querySelectorAll('td > :is(input, textarea)[name*=":"]')) {
      this.at.set(parted(field.name)[0], field);
      field.dataset.was = field.value;
    }
  }

  part(name) { return this.form.querySelector(`[data-${name}]`); }

  field(td) { return td?.querySelector(':scope > :is(input, textarea)[name*=":"]') ?? null; }

  text(td) {
    const field = this.field(td);
    if (field) return field.value;
    const copy = td.cloneNode(true);
    copy.querySelectorAll('.ms-pop, .ms-more').forEach((one) => one.remove());
    return copy.textContent.trim();
  }

  changed(field) { return field.dataset?.was !== undefined && field.value !== field.dataset.was; }

  commit(field) { if (field?.dataset && this.changed(field)) this.change([[field, field.value]]); }

  restore(field) { if (this.changed(field)) field.value = field.dataset.was; }

  // Cells get their values together: one act, taken back by one key. `far` are cells of other pages, as {place, typed,
  // was}; what is not known to have stood there is not taken back.
  change(pairs, { undo = true, far = [] } = {}) {
    this.left = '';
    const act = [];
    const out = {};
    for (const [field, value] of pairs) {
      const [place, version] = parted(field.name);
      if (field.dataset.was === value) { field.value = value; continue; }
      act.push([field, field.dataset.was]);
      field.value = value;
      field.dataset.was = value;
      out[place] = { version, typed: value };
      this.mark(field.parentElement, 'lo');
    }
    for (const { place, typed, was } of far) {
      out[place] = { version: UNSEEN, typed };
      if (was !== undefined) act.push({ place, typed: was, was: typed });
    }
    if (!Object.keys(out).length) return;
    if (undo && act.length) this.undone.push(act);
    this.part('undo').hidden = !this.undone.length;
    this.outbox.put(out);
  }

  undo() {
    const act = this.undone.pop();
    if (act) this.change(act.filter(Array.isArray), { undo: false, far: act.filter((one) => !Array.isArray(one)) });
    this.part('undo').hidden = !this.undone.length;
    if (act) this.say(told('undone', { n: act.length }));
  }

  mark(td, kind, markup = '') {
    td.classList.remove('ms-lo', 'ms-dr', 'ms-er', 'ms-as');
    td.querySelector('.ms-pop')?.remove();
    if (kind) td.classList.add(...kind.split(' ').map((one) => `ms-${one}`));
    const field = this.field(td);
    field?.removeAttribute('aria-describedby');
    field?.toggleAttribute('aria-invalid', kind.includes('er'));
    if (!markup) return;
    td.insertAdjacentHTML('beforeend', markup);
    const pop = td.querySelector('.ms-pop');
    pop.id ||= `s${[...this.at.values()].indexOf(field)}`;
    field?.setAttribute('aria-describedby', pop.id);
  }

  // A sentence of this page's own, with its buttons; nothing of it is read as markup.
  popped(sentence, buttons = []) {
    const pop = document.createElement('div');
    pop.className = 'ms-pop';
    const line = pop.appendChild(document.createElement('span'));
    line.textContent = sentence;
    for (const [label, name, value] of buttons) {
      const button = pop.appendChild(document.createElement('button'));
      Object.assign(button, { type: 'button', className: 'btn btn-sm', textContent: label });
      button.dataset[name] = value;
    }
    return pop.outerHTML;
  }

  settle(button) {
    const field = this.field(button.closest('td'));
    const { fix, theirs, mine } = button.dataset;
    if (fix !== undefined) { this.change([[field, fix]]); field.focus(); return; }
    const [place, version] = parted(field.name);
    if (mine !== undefined) { this.mark(field.parentElement, 'lo'); this.outbox.put({ [place]: { version, typed: field.value } }); }
    if (theirs !== undefined) { this.outbox.drop(place); field.value = theirs; field.dataset.was = theirs; this.mark(field.parentElement, 'dr'); }
    field.focus();
  }

  // What the device still holds goes back into its cells.
  recover() {
    let found = 0;
    let kept = 0;
    for (const [place, cell] of Object.entries(this.outbox.held.cells)) {
      const field = this.at.get(place);
      if (!field) continue;
      if (cell.why === undefined && field.value === cell.typed) continue;
      const stands = field.value;
      field.value = cell.typed;
      field.dataset.was = cell.typed;
      if (cell.why === undefined) found += 1;
      else kept += 1;
      this.hold(field, cell.why === undefined ? cell : { ...cell, theirs: cell.theirs === undefined ? undefined : stands });
    }
    const sentences = [found && told('recovered', { n: found }), kept && told('refused', { n: kept })];
    if (found || kept) this.say(sentences.filter(Boolean).join(''));
  }

  hold(field, cell) {
    const td = field.parentElement;
    if (cell.why === undefined) { this.mark(td, 'lo'); return; }
    const buttons = cell.theirs === undefined ? [] : [
      [told('mine', { typed: field.value || '—' }), 'mine', '1'], [told('theirs', { typed: cell.theirs || '—' }), 'theirs', cell.theirs],
    ];
    this.mark(td, 'lo er', this.popped(cell.why, buttons));
  }

  // The answers of the outbox.
  took(said, piece) {
    this.clock = said.at;
    let wrong = 0;
    said.cells.forEach((one, number) => {
      const [place] = parted(one.name);
      const field = this.at.get(place);
      const why = one.refused ?? one.met;
      if (why || one.fault) wrong += 1;
      if (!field) return;
      field.name = one.name;
      if (field.dataset.was !== piece.cells[number][1]) return; // typed anew meanwhile
      if (why) this.hold(field, { why, theirs: one.theirs });
      else this.mark(field.parentElement, `${field.value.trim() ? 'dr' : ''} ${one.fault ? 'er' : one.say ? 'as' : ''}`.trim(), one.say);
    });
    this.wrong = (this.wrong ?? 0) + wrong;
    for (const [uid, parts] of Object.entries(said.rows)) this.follow(uid, parts);
    for (const [name, sum] of Object.entries(said.sums)) {
      const cell = this.form.querySelector(`tfoot [data-s="${name}"]`);
      if (cell) cell.innerHTML = sum;
    }
  }

  follow(uid, parts) {
    const row = this.form.querySelector(`tr[data-p="${uid}"]`);
    for (const cell of row?.querySelectorAll('[data-d]') ?? []) if (parts[cell.dataset.d] !== undefined) cell.innerHTML = parts[cell.dataset.d];
  }

  page() { return [...this.form.querySelectorAll('tr[data-p]')].map((row) => row.dataset.p); }

  progress(done, waiting) { if (done + waiting > 200) this.say(told('progress', { done: done.toLocaleString(), all: (done + waiting).toLocaleString() })); }

  all(done) {
    if (!done) return;
    const now = this.clock;
    this.say((this.wrong ? told('some', { now, n: this.wrong }) : told('saved', { now })) + this.left);
    this.wrong = 0;
  }

  count(waiting) {
    this.part('left').textContent = waiting ? told('waiting', { n: waiting }) : '';
    if (!this.part('net').hidden) this.part('net-say').textContent = told(waiting ? 'offline' : 'cut', { n: waiting });
  }

  net(there) {
    this.part('net').hidden = there;
    if (!there) this.count(this.outbox.waiting);
  }

  stopped(why) {
    this.part('net').hidden = false;
    this.part('net-say').textContent = why === 'login' ? told('login') : told('stopped', { why });
  }

  full() { this.say(told('full')); }

  say(sentence) { this.part('say').textContent = sentence; }

  where(td) {
    const row = td.parentElement;
    const hint = [...row.querySelectorAll('[data-d=before], [data-d=plans]')].map((one) => `${one.dataset.l} ${this.text(one) || '—'}`);
    this.part('where').textContent = `${row.querySelector('.nm').textContent} · ${td.dataset.l}`;
    this.part('hint').textContent = hint.join(' · ');
  }
}
