// The review keeps both panes where they were when an act swaps the page, and brings the open one into sight.
let places = {};

const panes = () => [...document.querySelectorAll('[data-pane]')];
const ofReview = (event) => event.detail.target.id === 'review';
document.addEventListener('htmx:beforeSwap', (event) => {
  if (!ofReview(event)) return;
  places = Object.fromEntries(panes().map((pane) => [pane.dataset.pane, [pane.scrollLeft, pane.scrollTop]]));
});
document.addEventListener('htmx:afterSwap', (event) => {
  if (!ofReview(event)) return;
  for (const pane of panes()) [pane.scrollLeft, pane.scrollTop] = places[pane.dataset.pane] ?? [0, 0];
  show();
  // htmx gives the focus back to the row that was open before; the keys go on from the open one.
  const open = document.querySelector('.cand-on');
  if (!open?.contains(document.activeElement)) open?.focus({ preventScroll: true });
});

function show() {
  const open = document.querySelector('.cand-on');
  if (!open || !matchMedia('(min-width: 721px)').matches) return;
  open.scrollIntoView({ block: 'nearest' });
  document.querySelector('.hit.on')?.scrollIntoView({ block: 'nearest' });
}
show();

document.addEventListener('keydown', (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest('input, textarea, select') || event.key.toLowerCase() !== 'e') return;
  const form = document.querySelector('[data-edit]')?.form;
  if (!form) return;
  event.preventDefault();
  form.querySelector('.cand-form input, .cand-form select').focus();
});

document.addEventListener('click', (event) => {
  const shows = event.target.closest('[data-show]');
  if (shows) {
    event.preventDefault();
    const place = document.getElementById(shows.dataset.show);
    place?.scrollIntoView({ block: 'center', inline: 'nearest' });
    for (const spotted of document.querySelectorAll('.spotted')) spotted.classList.remove('spotted');
    if (place && !place.classList.contains('hit')) place.classList.add('spotted');
  }
  const opens = event.target.closest('[data-open-focus]');
  if (opens) setTimeout(() => document.getElementById(opens.dataset.openFocus)?.focus());
});
