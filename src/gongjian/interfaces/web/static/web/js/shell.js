// The frame: the token of every htmx request, the menus, the strip that says the net is gone.
const token = document.querySelector('meta[name=csrf-token]').content;
document.addEventListener('htmx:configRequest', (event) => {
  event.detail.headers['X-CSRFToken'] = token;
});

const strip = document.getElementById('offline');
const offline = (gone) => { strip.hidden = !gone; };
addEventListener('offline', () => offline(true));
addEventListener('online', () => offline(false));
document.addEventListener('htmx:sendError', () => offline(true));
document.addEventListener('htmx:afterOnLoad', () => offline(false));
if (!navigator.onLine) offline(true);

document.addEventListener('click', (event) => {
  document.querySelectorAll('[data-menu][open]').forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  document.querySelectorAll('[data-menu][open]').forEach((menu) => {
    menu.open = false;
    menu.querySelector('summary').focus();
  });
});

const more = document.querySelector('[data-more]');
more?.addEventListener('click', () => {
  const list = document.getElementById(more.getAttribute('aria-controls'));
  list.hidden = !list.hidden;
  more.setAttribute('aria-expanded', String(!list.hidden));
});

// A group row folds the rows of its tbody; the tree of the plan uses it.
document.addEventListener('click', (event) => {
  const fold = event.target.closest('[data-fold]');
  if (!fold) return;
  const open = fold.getAttribute('aria-expanded') !== 'true';
  fold.setAttribute('aria-expanded', String(open));
  fold.closest('tbody').classList.toggle('folded', !open);
});

document.addEventListener('click', (event) => {
  if (event.target.closest('[data-print]')) print();
});
// A list that is longer than its page is opened whole, and printed then.
if (new URLSearchParams(location.search).get('print') === '1') addEventListener('load', () => print(), { once: true });

// On a narrow screen the tab one is on is brought into sight.
const tab = document.querySelector('.g-tabs [aria-current]');
if (tab) tab.parentElement.scrollLeft = tab.offsetLeft - tab.parentElement.clientWidth / 3;
