// Keys: ? help, g then a letter goes, / filters or finds, j and k walk rows, a letter presses the button that shows it.
// Single letters are dead in fields, while composing, and where somebody has switched them off.
const help = document.getElementById('keys');
const STORE = 'gongjian-keys-off';
const off = document.querySelectorAll('[data-keys-off]');
const isOff = () => localStorage.getItem(STORE) === '1';
off.forEach((box) => {
  box.checked = isOff();
  box.addEventListener('change', () => localStorage.setItem(STORE, box.checked ? '1' : '0'));
});

document.addEventListener('click', (event) => {
  if (!event.target.closest('[data-help]')) return;
  event.preventDefault();
  help.showModal();
});

const inField = (element) => element.closest('input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]');
const shown = (element) => element.offsetParent !== null && element.getAttribute('aria-disabled') !== 'true';
let going = -Infinity; // when g was pressed

document.addEventListener('keydown', (event) => {
  if (event.isComposing) return;
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    const form = event.target.closest('form');
    const save = form?.querySelector('[data-save]');
    // A click, since htmx sends the name of the button that was clicked and no other submitter.
    if (save) save.click();
    else form?.requestSubmit();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || help.open || inField(event.target)) return;
  if (event.key === '?') { help.showModal(); return; }
  if (isOff()) return;
  const key = event.key.toLowerCase();
  if (performance.now() - going < 1200) {
    going = -Infinity;
    document.querySelector(`[data-go="${CSS.escape(key)}"]`)?.click();
    return;
  }
  if (key === 'g') { going = performance.now(); return; }
  if (key === '/') {
    const filter = document.querySelector('[data-filter]');
    event.preventDefault();
    if (filter) filter.focus();
    else document.dispatchEvent(new CustomEvent('gongjian:find'));
    return;
  }
  if (key === 'j' || key === 'k') { walk(key === 'j' ? 1 : -1); return; }
  const button = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find(shown);
  if (button) { event.preventDefault(); button.click(); }
});

// The rows of a list are its main links, in the order they stand.
function walk(step) {
  const rows = [...document.querySelectorAll('[data-rows] a.nm, [data-rows] [data-row]')].filter((row) => row.offsetParent !== null);
  if (!rows.length) return;
  const at = rows.indexOf(document.activeElement);
  const from = at < 0 ? rows.findIndex((row) => row.getAttribute('aria-current') === 'true') : at;
  const next = rows[Math.max(0, Math.min(rows.length - 1, from + step))];
  next.focus();
  next.scrollIntoView({ block: 'nearest' });
}
