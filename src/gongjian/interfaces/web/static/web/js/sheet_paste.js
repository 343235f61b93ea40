// A block as Excel and WPS put it on the clipboard, and where its lines belong.

// Tabs between cells, lines between rows; a cell in quotes may hold both, and a quote written twice.
export function block(text) {
  const rows = [[]];
  let cell = '';
  let quoted = false;
  const end = () => { rows.at(-1).push(cell); cell = ''; };
  for (let at = 0; at < text.length; at += 1) {
    const one = text[at];
    if (quoted) {
      if (one !== '"') cell += one;
      else if (text[at + 1] === '"') { cell += '"'; at += 1; } else quoted = false;
    } else if (one === '"' && cell === '' && closes(text, at)) quoted = true;
    else if (one === '\t') end();
    else if (one === '\n') { end(); rows.push([]); } else if (one !== '\r') cell += one;
  }
  end();
  while (rows.length > 1 && rows.at(-1).every((one) => one === '')) rows.pop();
  return rows;
}

// A quote opens a cell only where one closes it before the next border: 12" pipe is no quoted cell.
function closes(text, from) {
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] !== '"') continue;
    if (text[at + 1] === '"') { at += 1; continue; }
    return at + 1 === text.length || '\t\r\n'.includes(text[at + 1]);
  }
  return false;
}

export function lines(cells) {
  const quote = (one) => (/[\t\n"]/.test(one) ? `"${one.replaceAll('"', '""')}"` : one);
  return cells.map((row) => row.map(quote).join('\t')).join('\r\n');
}

export const plain = (name) => name.normalize('NFKC').replace(/[\s\u200b-\u200f\u202a-\u202e\ufeff]/g, '');

const figure = (one) => /^[\s(（+−-]*[\d０-９]/.test(one);
const blank = (one) => /^[\s\-—–]*$/.test(one);

// Does the first column of a block name projects? Then the lines go where the names are.
export function names(rows) {
  if (rows.some((row) => row.length < 2)) return false;
  const told = rows.filter((row) => !blank(row[0]));
  const words = told.filter((row) => !figure(row[0]) || /\p{Script=Han}/u.test(row[0]) || /^\d{4}-\d{6}-/.test(row[0].trim()));
  return told.length > 0 && words.length * 2 > told.length;
}

// The same figure however it is written: 1,200.00 is 1,200.
export function same(one, other) {
  const number = (text) => (/^[−-]?[\d,]+(\.\d+)?$/.test(text.trim()) ? Number(text.replaceAll(',', '').replace('−', '-')) : NaN);
  return one.trim() === other.trim() || number(one) === number(other);
}

// [[line of the sheet, cells of the block]] of lines that name one project, those whose name several bear with the
// lines of these, and those that name none. Names of sums, and lines that say nothing but a name, are left out.
export function matched(rows, known, { sums, name, code, says }) {
  const at = new Map();
  known.forEach(([, ...keys], line) => {
    for (const one of new Set(keys.filter(Boolean).map(plain))) at.set(one, [...(at.get(one) ?? []), line]);
  });
  const found = [];
  const twice = [];
  const unknown = [];
  rows.forEach((row, number) => {
    const named = plain(row[name] ?? '');
    const lines = at.get(plain(row[code] ?? '')) ?? at.get(named) ?? [];
    if (lines.length === 1) found.push([lines[0], row]);
    else if (!row.some((one, column) => column !== name && column !== code && says(one))) return;
    else if (lines.length) twice.push([lines, row]);
    else if (!sums.some((word) => named.startsWith(word))) unknown.push([named ? row[name].trim() : '', number + 1]);
  });
  return { found, twice, unknown };
}
