// The chart of time: scrolls through all rows, zooms about the pointer; every frame draws only what is seen.
import { Drawing, HEAD, LINE, NAMES } from './gantt_draw.js';
import { Lines } from './gantt_lines.js';
import { Rows } from './gantt_rows.js';
import { Scale } from './gantt_time.js';
import { Names, note } from './gantt_words.js';
import { listen } from './gantt_keys.js';

const box = document.querySelector('[data-gantt]');
const said = document.getElementById('gantt-chart');

export class Chart {
  constructor(root, told) {
    const find = (name) => root.querySelector(name);
    Object.assign(this, { root, told, words: root.dataset, current: -1, waiting: false });
    this.scroll = find('.gt-scroll');
    this.message = find('.gt-msg');
    this.lines = new Lines(told.groups, told.grouped);
    this.rows = new Rows(root.dataset.url, told.query, this.lines, () => this.draw(), (kind) => this.trouble(kind));
    this.drawing = new Drawing(find('canvas'), root.dataset);
    this.names = new Names(find('.gt-names'), find('.gt-corner'), root.dataset, told.stages);
    this.scale = new Scale(told.from, 1.05);
    this.tall = find('.gt-tall');
    this.rows.fill(0, 0, told.first, told.first.length);
    new ResizeObserver(() => this.resize()).observe(root);
  }

  get shown() { return this.root.clientHeight > 0; }

  resize() {
    if (!this.shown) return;
    const width = this.scroll.clientWidth, height = this.scroll.clientHeight;
    this.drawing.resize(width, height);
    Object.assign(this.scale, { left: NAMES, width: width - NAMES });
    this.tall.style.height = `${Math.max(0, this.lines.count * LINE + HEAD - height)}px`;
    this.paint();
  }

  // At most one picture a frame.
  draw() {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => { this.waiting = false; this.paint(); });
  }

  paint() {
    if (!this.shown) return;
    const top = this.scroll.scrollTop, first = Math.floor(top / LINE);
    const last = Math.min(this.lines.count - 1, Math.floor((top + this.drawing.height - HEAD) / LINE));
    const seen = [];
    for (let line = first; line <= last; line++) {
      const { place, group, row } = this.lines.at(line);
      seen.push({ line, group, head: row < 0, row: row < 0 ? undefined : this.rows.get(place, row), y: HEAD + line * LINE - top, current: line === this.current });
    }
    this.drawing.draw(this.scale, seen, this.told.today, this.told.stages);
    this.names.show(seen, this.lines.at(Math.max(0, first)).group);
    this.rows.want(first, last);
  }

  // Makes a line the current one and says in words what it shows; another one scrolls into sight if asked.
  pick(line, reveal = false) {
    if (line === this.current && !reveal) return;
    this.current = line;
    if (reveal) {
      const top = line * LINE, room = this.drawing.height - HEAD - LINE;
      if (top < this.scroll.scrollTop) this.scroll.scrollTop = top;
      else if (top > this.scroll.scrollTop + room) this.scroll.scrollTop = top - room;
    }
    note(this.row(line), this.words, this.told.stages);
    this.draw();
  }

  row(line) {
    if (line < 0 || line >= this.lines.count) return undefined;
    const { place, row } = this.lines.at(line);
    return row < 0 ? undefined : this.rows.get(place, row);
  }

  step(by) {
    let line = this.current < 0 ? Math.ceil(this.scroll.scrollTop / LINE) : this.current + by;
    if (this.lines.at(line).row < 0) line += Math.sign(by) || 1;
    this.pick(Math.max(0, Math.min(this.lines.count - 1, line)), true);
  }

  open(line) {
    const row = this.row(line);
    if (row) location.href = this.words.project.replace(/0{8}-.*0{12}/, row[0]);
  }

  zoom(factor, around) { this.scale.zoom(factor, around); this.draw(); }

  pan(pixels) { this.scale.pan(pixels); this.draw(); }

  today() { this.scale.centre(this.told.today); this.draw(); }

  trouble(kind) {
    this.message.hidden = !kind;
    if (!kind) return;
    this.message.firstElementChild.textContent = this.words[kind];
    this.message.querySelector('[data-reload]').hidden = kind === 'cut' || kind === 'broken';
  }
}

if (box && said) listen(new Chart(box, JSON.parse(said.textContent)));
