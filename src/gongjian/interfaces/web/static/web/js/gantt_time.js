// The scale of time: days counted as the server counts them (1 is 0001-01-01), pixels a day, the ticks of the head.
const EPOCH = 719163; // 1970-01-01
const NEAREST = 12, FARTHEST = 0.12; // pixels a day

const day = (number) => new Date((number - EPOCH) * 86400000);
const numberOf = (year, month) => Date.UTC(year, month, 1) / 86400000 + EPOCH;

export const written = (number) => day(number).toISOString().slice(0, 10);

export class Scale {
  constructor(from, pixels) { Object.assign(this, { from, pixels, left: 0, width: 0 }); }

  x(number) { return this.left + (number - this.from) * this.pixels; }

  zoom(factor, around = this.left + this.width / 2) {
    const under = this.from + (around - this.left) / this.pixels;
    this.pixels = Math.min(NEAREST, Math.max(FARTHEST, this.pixels * factor));
    this.from = under - (around - this.left) / this.pixels;
  }

  pan(pixels) { this.from += pixels / this.pixels; }

  centre(number) { this.from = number - this.width / 3 / this.pixels; }

  // [x, year, month or 0 where only the year is written] of each line that is seen.
  ticks() {
    const step = this.pixels > 1.6 ? 1 : this.pixels > 0.6 ? 3 : 12, found = [];
    const first = day(this.from), last = this.from + this.width / this.pixels;
    let year = first.getUTCFullYear(), month = first.getUTCMonth() - first.getUTCMonth() % step;
    for (let at = numberOf(year, month); at <= last; month += step, at = numberOf(year, month)) {
      const when = day(at);
      if (at >= this.from) found.push([this.x(at), when.getUTCFullYear(), when.getUTCMonth() ? when.getUTCMonth() + 1 : 0]);
    }
    return found;
  }
}
