// The head line of a pasted block: which line it is, and which column of the sheet each of its cells means.
import { plain } from './sheet_paste.js';

const DEEP = 6; // lines from the top among which heads are looked for
export const NAME = -1; // what a head may mean beside a column of the sheet
export const CODE = -2;
export const LEFT = -3; // follows from the others, or says nothing of the month: left alone
export const key = (text) => plain(text).replace(/[\p{P}\p{S}]/gu, (one) => ('-~'.includes(one) ? one : ''));
export const number = (text) => /^[\s(]*[+\-−]?[\d,]+(\.\d+)?[\s)]*$/.test(plain(text));

export class Heads {
  constructor(said) {
    this.labels = said.columns.map(([label]) => label);
    this.meanings = new Map();
    const put = (words, at) => words.forEach((word) => { if (!this.meanings.has(key(word))) this.meanings.set(key(word), at); });
    said.columns.forEach(([, words], at) => put(words, at));
    put(said.name, NAME);
    put(said.code, CODE);
    put(said.left, LEFT);
    this.leads = said.leads.map(key);
    this.tails = said.tails.map(key);
    this.units = said.units;
    this.nothing = new Set(said.nothing.map(plain));
  }

  // What a head means, and the unit behind its figures; `at` is undefined where it is not known.
  meant(text) {
    const whole = key(text);
    const [said, unit] = this.units.find(([one]) => whole.length > one.length && whole.endsWith(one)) ?? ['', ''];
    for (const short of [whole, whole.slice(0, whole.length - said.length)]) {
      const lead = this.leads.find((one) => short.length > one.length && short.startsWith(one)) ?? '';
      const tail = this.tails.find((one) => short.length > one.length && short.endsWith(one)) ?? '';
      for (const word of [short, short.slice(lead.length), short.slice(0, short.length - tail.length)]) {
        const at = this.meanings.get(word);
        if (at !== undefined) return { at, unit: short === whole ? '' : unit };
      }
    }
    return { at: undefined, unit };
  }

  says(text) { return plain(text) !== '' && !this.nothing.has(plain(text).toLowerCase()) && !/^[\p{P}\p{S}]*$/u.test(plain(text)); }

  // The number of the head line, -1 where the block has none. `isProject` tells lines of projects: above the first one.
  line(rows, isProject) {
    const first = rows.findIndex((row) => row.some((one) => isProject(one)));
    const top = rows.slice(0, Math.min(DEEP, first < 0 ? rows.length - 1 : first));
    const known = top.map((row, at) => this.known(row, rows.slice(at + 1)));
    const most = Math.max(0, ...known);
    if (most) return known.indexOf(most);
    return top.findLastIndex((row, at) => this.headed(row, rows.slice(at + 1)));
  }

  // How many columns a row names, beside the projects' names or over figures: words alone are what 形象进度 holds.
  known(row, below) {
    const places = row.map((one) => this.meant(one).at ?? LEFT);
    const many = places.filter((at) => at >= 0).length;
    const over = places.some((at, column) => at >= 0 && below.some((under) => number(under[column] ?? '')));
    const named = places.some((at) => at === NAME || at === CODE);
    return (named || over) && (many > 1 || !row.some(number)) ? many : 0;
  }

  // Words over figures, and no figure among the words.
  headed(row, below) {
    const words = row.filter((one) => this.says(one));
    if (words.length < 2 || row.some(number)) return false;
    return row.some((one, column) => this.says(one) && below.some((under) => number(under[column] ?? '')));
  }

  // Of each column of the block {title, at, unit}: what its own cell says together with the group above it. A column
  // that two of them claim is nobody's, `near` is what it could be.
  read(rows, line) {
    const group = line > 0 && rows[line - 1].filter((one) => this.says(one)).length > 1 ? rows[line - 1] : [];
    let above = '';
    const found = rows[line].map((own, column) => {
      above = group[column]?.trim() || (own.trim() ? above : '');
      return this.told(own.trim(), above);
    });
    const times = new Map();
    for (const { at } of found) times.set(at, (times.get(at) ?? 0) + 1);
    return found.map((one) => (one.at >= 0 && times.get(one.at) > 1 ? { ...one, at: undefined } : one));
  }

  told(own, above) {
    if (!own && !above) return { title: '', at: undefined, unit: '' };
    const alone = this.meant(own || above);
    if (!own || !above || this.leads.includes(key(above))) return { title: own || above, ...alone, near: alone.at };
    const both = this.meant(above + own);
    const title = `${above} / ${own}`;
    if (both.at !== undefined) return { title, ...both, near: both.at };
    return { title, at: alone.at < 0 ? alone.at : undefined, unit: alone.unit || this.meant(above).unit, near: alone.at };
  }
}

// A figure with the unit that its head gives; what names a unit itself, or is no figure, stays.
export const sized = (value, unit) => (unit && number(value) ? `${value.trim()}${unit}` : value.trim());
