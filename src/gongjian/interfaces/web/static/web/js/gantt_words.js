// What the chart says in words: the names of the lines that are seen, and the line under it about the current one.
import { HEAD, LINE } from './gantt_draw.js';
import { written } from './gantt_time.js';

export class Names {
  constructor(list, corner, words, stages) { Object.assign(this, { list, corner, words, stages, pool: [], group: null }); }

  // Names are links and are used again: a line keeps its element while it is seen.
  show(seen, group) {
    while (this.pool.length < seen.length) {
      const link = document.createElement('a');
      this.pool.push({ link, line: -1, row: null });
      this.list.append(link);
    }
    const size = this.pool.length, used = new Set();
    for (const one of seen) {
      const slot = this.pool[one.line % size];
      used.add(slot);
      if (slot.line !== one.line || slot.row !== one.row) this.write(slot, one);
      slot.link.hidden = false;
      slot.link.classList.toggle('at', one.current);
      slot.link.style.transform = `translateY(${one.y - HEAD}px)`;
    }
    for (const slot of this.pool) if (!used.has(slot)) slot.link.hidden = true;
    this.corner.classList.toggle('bare', Boolean(seen[0]?.head)); // its head stands right under it
    if (group !== this.group) {
      this.group = group;
      this.corner.replaceChildren(this.name(group.label), this.small(this.words.many.replace('{n}', group.count)));
    }
  }

  write(slot, one) {
    Object.assign(slot, { line: one.line, row: one.row });
    const { link } = slot;
    link.className = one.head ? 'head' : one.row ? '' : 'wait';
    if (one.head || !one.row) link.removeAttribute('href');
    else link.href = this.words.project.replace(/0{8}-.*0{12}/, one.row[0]);
    if (one.head) link.replaceChildren(one.group.label, this.small(this.words.many.replace('{n}', one.group.count)));
    else if (one.row) link.replaceChildren(this.name(one.row[1]), ...[one.row[4], this.stages[one.row[5]]].filter(Boolean).map((words) => this.small(words)));
    else link.textContent = '…';
    link.title = one.row ? one.row[1] : '';
  }

  name(words) {
    const name = document.createElement('span');
    name.textContent = words;
    return name;
  }

  small(words) {
    const small = document.createElement('small');
    small.textContent = words;
    return small;
  }
}

// 名称 · 阶段 · 计划 … 至 …（原 …） · 改 2 次
export function note(row, words, stages) {
  const place = document.querySelector('[data-gantt-note]');
  if (!row) { place.textContent = place.dataset.rest; return; }
  const [begin, finish, effect] = row[6];
  const first = (one) => (one?.[2] ? written(one[2]) : one?.[0] ? written(one[0]) : words.open);
  const parts = [
    row[1], row[2], stages[row[5]],
    words.plan.replace('{a}', begin?.[1] ?? words.open).replace('{b}', finish?.[1] ?? words.open),
    ...(row[8] ? [words.first.replace('{a}', first(begin)).replace('{b}', first(finish)), words.times.replace('{n}', row[8])] : []),
    ...row[7].map(([stage, day]) => `${stages[stage]} ${written(day)}`),
    effect ? words.effect.replace('{a}', effect[1]) : '', row[4],
  ];
  place.textContent = parts.filter(Boolean).join(' · ');
}

export const lineAt = (y, top) => (y < HEAD ? -1 : Math.floor((y - HEAD + top) / LINE));
