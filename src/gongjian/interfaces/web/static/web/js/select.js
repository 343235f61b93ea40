// Words selected in the text of a plan, counted in code points as the server counts them: what becomes a new
// finding, and where a finding is parted in two.
const points = (text) => [...text].length;

// Where a point of the page stands in the text of the plan: the block or the cell says where it begins itself.
function place(node, offset) {
  const holder = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest('[data-at]');
  if (!holder) return null;
  const before = document.createRange();
  before.setStart(holder, 0);
  before.setEnd(node, offset);
  const words = before.cloneContents();
  for (const number of words.querySelectorAll('sup')) number.remove();
  return Number(holder.dataset.at) + points(words.textContent);
}

// What is selected in the paper; a selection that leaves it at one end is cut there.
function selected() {
  const selection = document.getSelection();
  const paper = document.querySelector('.paper[data-add]');
  if (!paper || !selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!paper.contains(range.startContainer)) return null;
  const start = place(range.startContainer, range.startOffset);
  const last = [...paper.querySelectorAll('[data-at]')].filter((block) => range.intersectsNode(block)).at(-1);
  const end = place(range.endContainer, range.endOffset)
    ?? (last ? place(last, last.childNodes.length) : null);
  return start !== null && end !== null && end > start ? { start, end } : null;
}

// The link that adds takes the selection along; without one it leads to where words can be selected by keys.
document.addEventListener('htmx:configRequest', (event) => {
  if (event.detail.elt.id !== 'adds') return;
  const span = selected();
  if (span) Object.assign(event.detail.parameters, span);
});

// In these fields words are selected and none is typed; they are not read-only, since those have no caret to move.
document.addEventListener('beforeinput', (event) => {
  if (event.target.matches('[data-pick], [data-cut]')) event.preventDefault();
});
// The arrows and Shift select; Enter takes what is selected, all from the caret on where nothing is.
document.addEventListener('keydown', (event) => {
  const pick = event.target.closest?.('[data-pick]');
  if (!pick || event.key !== 'Enter') return;
  event.preventDefault();
  send(pick);
});
document.addEventListener('submit', (event) => {
  if (event.target.id === 'picked') fill(document.querySelector('[data-pick]'));
}, true);

function fill(pick) {
  const form = document.getElementById('picked');
  const from = Number(pick.dataset.pick);
  const begun = points(pick.value.slice(0, pick.selectionStart));
  const words = points(pick.value.slice(pick.selectionStart, pick.selectionEnd));
  form.elements.start.value = from + begun;
  form.elements.end.value = from + begun + (words || points(pick.value.slice(pick.selectionStart)));
}

function send(pick) {
  fill(pick);
  document.getElementById('picked').requestSubmit();
}

// Where a finding is parted: behind the caret, or behind the number that is typed. Both halves are shown.
function halve(area) {
  const field = document.getElementById(area.dataset.cut);
  const after = Number(field.value) || 0;
  const whole = [...area.value];
  const halves = area.parentElement.querySelectorAll('[data-half]');
  halves[0].textContent = after ? whole.slice(0, after).join('') : '';
  halves[1].textContent = after ? whole.slice(after).join('') : '';
}
function follow() {
  const area = document.activeElement;
  if (!area?.dataset?.cut || !area.selectionStart) return;
  document.getElementById(area.dataset.cut).value = points(area.value.slice(0, area.selectionStart));
  halve(area);
}
document.addEventListener('selectionchange', follow);
document.addEventListener('keyup', follow);
document.addEventListener('click', follow);
document.addEventListener('input', (event) => {
  const area = event.target.id === 'after' && document.querySelector('[data-cut]');
  if (area) halve(area);
});
document.addEventListener('keydown', (event) => {
  const area = event.target.closest?.('[data-cut]');
  if (!area || event.key !== 'Enter') return;
  event.preventDefault();
  const { form } = document.getElementById(area.dataset.cut);
  document.querySelector(`button[form="${CSS.escape(form.id)}"][value=split]`).click();
});
