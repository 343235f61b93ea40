// The review keeps both panes where they were when an act swaps the page, and brings the open one into sight.
let places = {};
let changing = false; // from the moment it is asked for until the page has settled
let pressed = []; // the letters that wait for it

const panes = () => [...document.querySelectorAll('[data-pane]')];
const ofReview = (event) => event.detail.target.id === 'review';
document.addEventListener('htmx:beforeSwap', (event) => {
  if (!ofReview(event)) return;
  places = Object.fromEntries(panes().map((pane) => [pane.dataset.pane, [pane.scrollLeft, pane.scrollTop]]));
  const first = document.querySelector('.paper [data-n]')?.id;
  places.first = first;
});
document.addEventListener('htmx:afterSwap', (event) => {
  if (!ofReview(event)) return;
  const same = document.querySelector('.paper [data-n]')?.id === places.first;
  for (const pane of panes()) {
    if (pane.dataset.pane === 'list' || same) [pane.scrollLeft, pane.scrollTop] = places[pane.dataset.pane] ?? [0, 0];
  }
});
// Until the page has settled, what has the same id wears its old classes: the old finding is still the open one.
document.addEventListener('htmx:afterSettle', (event) => {
  if (!ofReview(event)) return;
  changing = false;
  show();
  settle(event.detail.xhr.status === 409);
  while (pressed.length && !changing) {
    const target = document.activeElement ?? document.body;
    target.dispatchEvent(new KeyboardEvent('keydown', { key: pressed.shift(), bubbles: true, cancelable: true }));
  }
});

// After a swap the focus is where the work goes on: what asks for it, a filter that was used, the field that was
// refused, the first field of what is added, else the open finding, where the keys go on.
function settle(refused) {
  const held = document.activeElement;
  const used = held?.closest('.rv-list > header, .rv-filter, .cand-kinds') || (refused && held?.closest('.cand-on'));
  if (used) return;
  const wanted = document.querySelector('#review [data-autofocus]') ?? document.querySelector('#adding .cand-form input');
  const open = document.querySelector('.cand-on') ?? document.querySelector('.rv-scroll');
  (wanted ?? open)?.focus({ preventScroll: true });
}

function show() {
  const open = document.querySelector('.cand-on');
  if (!open || !matchMedia('(min-width: 721px)').matches) return;
  const tall = open.offsetHeight > open.closest('.rv-scroll').clientHeight;
  open.scrollIntoView({ block: tall ? 'start' : 'nearest' });
  document.querySelector('.hit.on')?.scrollIntoView({ block: 'nearest' });
}
show();
if (location.hash) mark(document.getElementById(location.hash.slice(1)));

// A letter judges what is open: j and k open what they come to, and what is pressed while the page changes waits for it.
document.addEventListener('htmx:beforeRequest', (event) => { if (ofReview(event)) changing = true; });
document.addEventListener('htmx:afterRequest', (event) => {
  if (!ofReview(event) || event.detail.successful) return;
  changing = false;
  pressed = [];
});
document.addEventListener('keydown', (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || !/^[a-z]$/i.test(event.key)) return;
  if (typing(event.target) || localStorage.getItem('gongjian-keys-off') === '1') return;
  if (changing) {
    pressed.push(event.key);
  } else if (!/^[jk]$/i.test(event.key) || !step(event.key.toLowerCase() === 'j' ? 1 : -1)) {
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);

// The finding before or after the open one is opened; what was typed in the open one is not lost for it.
function step(by) {
  const rows = [...document.querySelectorAll('.rv-scroll [data-row]')];
  const at = rows.findIndex((row) => row.getAttribute('aria-current') === 'true');
  const next = at < 0 ? undefined : rows[at + by];
  if (!next) return false;
  const typed = [...rows[at].querySelectorAll('input, textarea, select')].find(isTyped);
  if (typed) typed.focus();
  else next.click();
  return true;
}

function isTyped(field) {
  if (field.type === 'hidden') return false;
  if (field.type === 'checkbox' || field.type === 'radio') return field.checked !== field.defaultChecked;
  if (field.tagName === 'SELECT') return [...field.options].some((option) => option.selected !== option.defaultSelected);
  return field.value !== field.defaultValue;
}

const typing = (target) => target.closest('input, textarea, select');
document.addEventListener('keydown', (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Escape') { back(event); return; }
  if (typing(event.target) || localStorage.getItem('gongjian-keys-off') === '1') return;
  const key = event.key.toLowerCase();
  if (key === 'e') {
    const field = document.querySelector('.cand-on .cand-form input:not([readonly])');
    if (!field) return;
    event.preventDefault();
    field.focus();
  }
  if (key === 'j' || key === 'k') turn(event, key);
});

// Escape leaves a field for its finding, and a panel for the list.
function back(event) {
  if (document.querySelector('dialog[open]')) return;
  const leave = document.querySelector('[data-back]');
  if (leave) { event.preventDefault(); leave.click(); return; }
  const open = document.querySelector('.cand-on');
  const details = document.activeElement.closest('.cand-no[open]');
  if (details) details.open = false;
  if (typing(document.activeElement)) open?.focus({ preventScroll: true });
}

// At the end of a page of the list the same key goes to the next page.
function turn(event, key) {
  const rows = [...document.querySelectorAll('[data-rows] [data-row]')];
  const end = key === 'j' ? rows.at(-1) : rows[0];
  if (document.activeElement !== end) return;
  const page = document.querySelector(key === 'j' ? '.rv-scroll a[rel=next]' : '.rv-scroll a[rel=prev]');
  if (!page) return;
  event.stopImmediatePropagation();
  page.click();
}

function mark(place) {
  if (!place) return;
  place.scrollIntoView({ block: 'center', inline: 'nearest' });
  for (const spotted of document.querySelectorAll('.spotted')) spotted.classList.remove('spotted');
  if (!place.classList.contains('hit')) place.classList.add('spotted');
}

document.addEventListener('click', (event) => {
  const shows = event.target.closest('[data-show]');
  const place = shows && document.getElementById(shows.dataset.show);
  if (place) {
    event.preventDefault();
    mark(place);
  }
  const opens = event.target.closest('[data-open-focus]');
  if (opens) setTimeout(() => {
    document.getElementById(opens.dataset.openFocus)?.focus();
    opens.parentElement.scrollIntoView({ block: 'nearest' });
  });
});
