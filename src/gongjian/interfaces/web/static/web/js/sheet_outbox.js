// Cells on their way: kept on this device for one account until the server has them, sent in pieces, each piece
// under a key of its own, so that a piece whose answer was lost is not done twice.
const MOST = 200; // cells of a piece
const WEIGHT = 120000; // characters of a piece
const AGAIN = 8000; // a lost net is tried again after so long
const STALE = 20000; // another tab that has not answered for so long is gone
export const UNSEEN = -1; // the version of a draft on another page: one's own is overwritten, that of another one is not

export class Outbox {
  constructor(who, address, told) {
    Object.assign(this, { key: `gongjian-sheet-${who}`, address, told, busy: false, stopped: false, done: 0 });
    this.tab = uuid();
    addEventListener('online', () => this.flush());
    addEventListener('pagehide', () => this.release());
    addEventListener('storage', (event) => { if (event.key === this.key) this.told.count(this.waiting); });
  }

  get held() { return JSON.parse(localStorage.getItem(this.key) ?? '{"cells":{},"piece":null}'); }

  keep(held) {
    try {
      localStorage.setItem(this.key, JSON.stringify(held));
      return true;
    } catch {
      this.told.full();
      return false;
    }
  }

  get waiting() { return Object.values(this.held.cells).filter((cell) => !cell.why).length; }

  // Cells by place (project:month:column): what was typed over which version.
  put(cells) {
    const held = this.held;
    for (const [place, cell] of Object.entries(cells)) held.cells[place] = cell;
    this.keep(held);
    this.told.count(this.waiting);
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.flush(), 120);
  }

  drop(place) {
    const held = this.held;
    delete held.cells[place];
    this.keep(held);
  }

  // The next piece; one that was sent and not answered goes again as it was.
  next() {
    const held = this.held;
    if (held.piece && held.piece.tab !== this.tab && Date.now() - held.piece.at < STALE) return this.wait();
    if (!held.piece) {
      const cells = [];
      let weight = 0;
      for (const [place, cell] of Object.entries(held.cells)) {
        if (cell.why) continue;
        weight += place.length + cell.typed.length;
        if (cells.length && (cells.length >= MOST || weight > WEIGHT)) break;
        cells.push([`${place}:${cell.version}`, cell.typed]);
      }
      if (!cells.length) return null;
      held.piece = { key: uuid(), cells };
    }
    Object.assign(held.piece, { tab: this.tab, at: Date.now() });
    this.keep(held);
    return held.piece;
  }

  async flush() {
    if (this.busy || this.stopped) return;
    this.busy = true;
    try {
      for (let piece = this.next(); piece; piece = this.next()) {
        this.told.progress(this.done, this.waiting);
        if (!(await this.send(piece))) break;
      }
    } finally {
      this.busy = false;
    }
    if (!this.waiting) { this.told.all(this.done); this.done = 0; }
  }

  async send(piece) {
    let answer;
    try {
      answer = await fetch(this.address, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-CSRFToken': document.querySelector('meta[name=csrf-token]').content },
        body: JSON.stringify({ key: piece.key, cells: piece.cells, page: this.told.page() }),
      });
    } catch {
      return this.later();
    }
    const json = !answer.redirected && answer.headers.get('Content-Type')?.includes('json');
    const said = json ? await answer.json() : {};
    if (said.code === 'cell.at-once' || answer.status >= 502) return this.later();
    if (!answer.ok || !json) {
      this.stopped = true;
      this.told.stopped(answer.redirected || answer.status === 403 ? 'login' : said.say ?? String(answer.status));
      return false;
    }
    this.told.net(true);
    this.took(piece, said);
    return true;
  }

  took(piece, said) {
    const held = this.held;
    if (held.piece?.key === piece.key) held.piece = null;
    said.cells.forEach((one, number) => {
      const [, typed] = piece.cells[number];
      const [place, version] = parted(one.name);
      const cell = held.cells[place];
      const kept = !one.refused && one.theirs === undefined;
      if (cell && cell.typed === typed && kept) delete held.cells[place];
      else if (cell && cell.typed === typed) Object.assign(cell, { version, why: one.refused ?? one.met, theirs: one.theirs });
      else if (cell) cell.version = version;
    });
    this.done += said.cells.length;
    this.keep(held);
    this.told.took(said, piece);
    this.told.count(this.waiting);
  }

  // A tab that goes leaves its piece to the next one.
  release() {
    const held = this.held;
    if (held.piece?.tab !== this.tab) return;
    held.piece.at = 0;
    this.keep(held);
  }

  wait() {
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.flush(), AGAIN);
    return null;
  }

  later() {
    this.told.net(false);
    this.wait();
    return false;
  }
}

export function parted(name) {
  const cut = name.lastIndexOf(':');
  return [name.slice(0, cut), Number(name.slice(cut + 1))];
}

// Also where the page came over plain http, which has no crypto.randomUUID.
function uuid() {
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}
