// The list that is taken at once: all or none by one tick, and how many have one.
const form = document.querySelector('[data-bulk]');
const boxes = form ? [...form.querySelectorAll('input[name=with]')] : [];
const all = form?.querySelector('[data-all]');

function count() {
  const ticked = boxes.filter((box) => box.checked).length;
  form.querySelector('[data-ticked]').textContent = ticked;
  all.checked = ticked === boxes.length;
  all.indeterminate = ticked > 0 && ticked < boxes.length;
}
form?.addEventListener('change', (event) => {
  if (event.target === all) boxes.forEach((box) => { box.checked = all.checked; });
  count();
});
if (form) { addEventListener('pageshow', count); boxes[0]?.focus(); }

// Space beside a row's words ticks it too.
form?.addEventListener('keydown', (event) => {
  if (event.key !== ' ' || event.target.matches('input, button')) return;
  const box = event.target.closest('tr')?.querySelector('input[name=with]');
  if (!box) return;
  event.preventDefault();
  box.checked = !box.checked;
  count();
});
