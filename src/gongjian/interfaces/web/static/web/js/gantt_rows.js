// The rows of the chart, fetched a window at a time around what is seen; what came stays.
const SIZE = 100, AHEAD = 40, AT_ONCE = 2, GROUPS = 60;
const FIRST_WAIT = 1500, LONGEST_WAIT = 15000; // ms before it is tried again

export class Rows {
  // changed(): rows came; trouble(kind): cut, broken, left, changed, or '' where all is well again.
  constructor(url, query, lines, changed, trouble) {
    Object.assign(this, { url, query, lines, changed, trouble });
    this.kept = lines.groups.map(() => []);
    this.asked = new Set();
    this.wanted = [];
    this.wait = 0;
    addEventListener('online', () => this.again());
  }

  get(place, row) { return this.kept[place][row]; }

  want(first, last) {
    const wanted = new Map();
    const end = Math.min(this.lines.count - 1, last + AHEAD);
    for (let line = Math.max(0, first - AHEAD); line <= end; line++) {
      const { place, row } = this.lines.at(line);
      if (row < 0 || this.kept[place][row]) continue;
      const offset = row - row % SIZE;
      const seen = line >= first && line <= last;
      const mark = `${place}:${offset}`;
      wanted.set(mark, { place, offset, row, seen: seen || Boolean(wanted.get(mark)?.seen) });
    }
    this.wanted = [...wanted.values()].sort((a, b) => Number(b.seen) - Number(a.seen));
    this.next();
  }

  next() {
    if (this.timer || this.stopped) return;
    for (const { place, offset, row } of this.wanted) {
      if (this.asked.size >= AT_ONCE) return;
      if (this.kept[place][row] || this.asked.has(`${place}:${offset}`)) continue;
      this.load(place, offset);
    }
  }

  // Small groups come together, in the order they stand.
  async load(place, offset) {
    const { groups } = this.lines, mark = `${place}:${offset}`, keys = [];
    let covered = -offset;
    for (let next = place; next < groups.length && covered < SIZE && keys.length < GROUPS; next++) {
      keys.push(groups[next].key);
      covered += groups[next].count;
    }
    const asked = new URLSearchParams(this.query);
    asked.set('offset', offset);
    asked.set('limit', SIZE);
    keys.forEach((key) => asked.append('in', key));
    this.asked.add(mark);
    try {
      const answer = await fetch(`${this.url}?${asked}`, { headers: { Accept: 'application/json' } });
      if (answer.redirected || answer.status === 401 || answer.status === 403) throw new Error('left');
      if (!answer.ok) throw new Error('broken');
      const { rows } = await answer.json();
      this.fill(place, offset, rows, Math.min(covered, SIZE));
      this.wait = 0;
    } catch (why) {
      this.fail(why instanceof TypeError ? 'cut' : why.message === 'left' ? 'left' : 'broken');
    }
    this.asked.delete(mark);
    this.next();
  }

  fill(place, offset, rows, expected) {
    const { groups } = this.lines;
    let at = place, row = offset, sound = rows.length >= expected;
    for (const one of rows) {
      while (at < groups.length && row >= groups[at].count) { at += 1; row = 0; }
      if (at === groups.length || groups[at].key !== one[3]) { sound = false; break; }
      this.kept[at][row] = one;
      row += 1;
    }
    if (!sound) this.stopped = true;
    this.trouble(sound ? '' : 'changed');
    this.changed();
  }

  fail(kind) {
    this.trouble(kind);
    if (kind === 'left') { this.stopped = true; return; }
    this.wait = Math.min(Math.max(FIRST_WAIT, this.wait * 2), LONGEST_WAIT);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.again(), this.wait);
  }

  again() {
    clearTimeout(this.timer);
    this.timer = 0;
    this.next();
  }
}
