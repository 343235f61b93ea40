// A list that is ticked: x or space ticks the row one stands in, the head ticks all, the bar counts and
// stands over the rows once something is ticked.
const form = document.querySelector('[data-list]');
const boxes = form ? [...form.querySelectorAll('tbody input[name=with]')] : [];
const all = form?.querySelector('[data-all]');
const told = form?.querySelector('[data-ticked]');

function count() {
  const ticked = boxes.filter((box) => box.checked).length;
  if (told) told.textContent = ticked;
  form.classList.toggle('ticked', ticked > 0);
  form.classList.toggle('unticked', ticked === 0);
  if (all) { all.checked = ticked > 0 && ticked === boxes.length; all.indeterminate = ticked > 0 && ticked < boxes.length; }
  for (const box of boxes) box.closest('tr').classList.toggle('on', box.checked);
}
form?.addEventListener('change', (event) => {
  if (event.target === all) for (const box of boxes) box.checked = all.checked;
  count();
});
if (form) addEventListener('pageshow', count);

document.addEventListener('keydown', (event) => {
  const space = event.key === ' ' && !event.target.closest?.('input, button, select, summary');
  if ((event.key.toLowerCase() !== 'x' && !space) || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (localStorage.getItem('gongjian-keys-off') === '1') return;
  const box = event.target.closest?.('[data-list] tbody tr')?.querySelector('input[name=with]');
  if (!box) return;
  event.preventDefault(); // a space would scroll the page
  box.checked = !box.checked;
  box.dispatchEvent(new Event('change', { bubbles: true }));
});
