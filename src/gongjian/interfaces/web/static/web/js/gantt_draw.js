// One picture of the chart: the head with its ticks, then the lines that are seen. Colours come from the style sheet.
export const HEAD = 32, LINE = 24, NAMES = 300;
const PLAN = '#cfdcec';

export class Drawing {
  constructor(canvas, words) {
    Object.assign(this, { canvas, words, pen: canvas.getContext('2d', { alpha: false }) });
    const style = getComputedStyle(document.documentElement);
    this.colour = (name) => style.getPropertyValue(`--g-${name}`).trim();
    for (const name of ['ink', 'ink-2', 'ink-3', 'line', 'line-2', 'surface', 'sunken', 'accent', 'past', 'red', 'amber', 'yellow', 'pick', 'track']) this[name] = this.colour(name);
    this.font = getComputedStyle(document.body).fontFamily;
  }

  resize(width, height) {
    const dense = Math.min(devicePixelRatio || 1, 2);
    Object.assign(this, { width, height });
    this.canvas.width = Math.round(width * dense);
    this.canvas.height = Math.round(height * dense);
    this.canvas.style.width = `${width}px`;
    this.canvas.style.height = `${height}px`;
    this.pen.setTransform(dense, 0, 0, dense, 0, 0);
  }

  // seen: [{y, head, row, current}]; row undefined: not fetched yet.
  draw(scale, seen, today, stages) {
    const { pen, width, height } = this, ticks = scale.ticks();
    pen.fillStyle = this.surface;
    pen.fillRect(0, 0, width, height);
    pen.save();
    pen.beginPath();
    pen.rect(NAMES, HEAD, width - NAMES, height - HEAD);
    pen.clip();
    for (const { y, head, current } of seen) if (head || current) this.box(head ? this.sunken : this.pick, NAMES, y, width - NAMES, LINE);
    for (const [x, , month] of ticks) this.box(month ? this['line-2'] : this.line, Math.round(x), HEAD, 1, height);
    for (const line of seen) if (!line.head) this.row(line, scale, today, stages);
    this.box(this.red, Math.round(scale.x(today)) - 1, HEAD, 2, height);
    pen.restore();
    this.head(scale, ticks, today);
  }

  row({ y, row }, scale, today, stages) {
    if (!row) { this.box(this.track, NAMES + 40, y + 9, 120, 6); return; }
    const [begin, finish, effect] = row[6], reached = Object.fromEntries(row[7]);
    const low = begin?.[0] ?? finish?.[0], high = finish?.[0] ?? begin?.[0];
    if (low) {
      this.box(PLAN, scale.x(low), y + 5, Math.max(2, scale.x(high) - scale.x(low)), 12);
      this.frame(this.past, scale.x(low), y + 5, Math.max(2, scale.x(high) - scale.x(low)), 12);
    }
    if (reached.started && reached.started <= today) {
      const from = scale.x(reached.started);
      this.box(this.accent, from, y + 8, Math.max(2, scale.x(reached.completed ?? today) - from), 6);
    }
    if (row[8]) this.first(begin, finish, y, scale, row[8]);
    if (effect) this.diamond(scale.x(effect[0]), y + 11, this.surface);
    for (const [stage, day] of row[7]) {
      if (stage === 'started' || stage === 'completed') continue;
      this.box(this.ink, scale.x(day) - 1, y + 3, 3, 16);
      if (scale.pixels > 2.4) this.text(stages[stage], scale.x(day) + 4, y + 11, this['ink-2']);
    }
  }

  // As it was planned at first, under the bar, and how often that was moved.
  first(begin, finish, y, scale, times) {
    const { pen } = this, ends = [begin?.[2] ?? begin?.[0], finish?.[2] ?? finish?.[0]].filter(Boolean);
    if (!ends.length) return;
    // Nothing is drawn where the words stand when the beginning is out of sight.
    const start = scale.x(Math.min(...ends)), b = scale.x(Math.max(...ends));
    const a = Math.max(start, NAMES + 56);
    pen.strokeStyle = this.amber;
    pen.lineWidth = 2;
    pen.setLineDash([3, 2]);
    pen.beginPath();
    pen.moveTo(a, y + 20.5);
    pen.lineTo(Math.max(b, a + 4), y + 20.5);
    if (start === a || b > a) pen.stroke();
    pen.setLineDash([]);
    this.text(this.words.times.replace('{n}', times), a - 6, y + 19, this.yellow, 'right');
  }

  head(scale, ticks, today) {
    this.box(this.surface, NAMES, 0, this.width, HEAD);
    const at = scale.x(today);
    let free = NAMES;
    for (const [x, year, month] of ticks) {
      this.box(this.line, Math.round(x), 18, 1, HEAD - 18);
      const words = month ? this.words.month.replace('{m}', month) : this.words.year.replace('{y}', year);
      if (x < free) continue;
      const wide = words.length * 10, under = x + 4 < at + 22 && x + 4 + wide > at - 22;
      const from = under ? at + 24 : x + 4; // beside the flag of today, not under it
      this.text(words, from, 15, month ? this['ink-2'] : this.ink);
      free = from + 8 + wide;
    }
    if (at > NAMES && at < this.width) {
      this.box(this.red, at - 20, 4, 40, 20);
      this.text(this.words.now, at, 14, '#fff', 'center');
    }
    this.box(this.line, 0, HEAD - 1, this.width, 1);
    this.box(this.line, NAMES - 1, HEAD, 1, this.height);
  }

  box(colour, x, y, width, height) { this.pen.fillStyle = colour; this.pen.fillRect(x, y, width, height); }

  frame(colour, x, y, width, height) { this.pen.strokeStyle = colour; this.pen.lineWidth = 1; this.pen.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1); }

  diamond(x, y, fill) {
    const { pen } = this;
    pen.beginPath();
    for (const [dx, dy] of [[0, -5], [5, 0], [0, 5], [-5, 0]]) pen.lineTo(x + dx, y + dy);
    pen.closePath();
    pen.fillStyle = fill;
    pen.fill();
    pen.strokeStyle = this.ink;
    pen.lineWidth = 1.4;
    pen.stroke();
  }

  text(words, x, y, colour, align = 'left') {
    const { pen } = this;
    Object.assign(pen, { font: `12px ${this.font}`, fillStyle: colour, textAlign: align, textBaseline: 'middle' });
    pen.fillText(words, x, y);
  }
}
