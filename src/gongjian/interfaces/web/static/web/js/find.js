// Ctrl K: asks while one types, arrows choose, Enter opens, Shift Enter its 一页纸. What was opened last stays in this browser.
const box = document.getElementById('find');
const input = document.getElementById('find-q');
const part = (name) => document.getElementById(`find-${name}`);
const STORE = `gongjian-opened-${box?.dataset.of}`;
const KEPT = 8;
const WAIT = 120; // ms of silence before the server is asked
let timer;
let came; // what had the focus

const opened = () => JSON.parse(localStorage.getItem(STORE) ?? '[]');
const remember = (link) => {
  const thing = { url: link.getAttribute('href'), title: link.dataset.title, kind: link.dataset.kind, paper: link.dataset.paper };
  if (!thing.title) return;
  const others = opened().filter((other) => other.url !== thing.url);
  localStorage.setItem(STORE, JSON.stringify([thing, ...others].slice(0, KEPT)));
};

const list = () => (input.value.trim() ? part('list') : part('last-list'));
const options = () => (list() ? [...list().querySelectorAll('[role=option]')] : []);
const chosen = () => options().find((option) => option.getAttribute('aria-selected') === 'true');

function choose(option) {
  options().forEach((other) => other.setAttribute('aria-selected', String(other === option)));
  input.setAttribute('aria-expanded', String(Boolean(option)));
  if (!option) { input.removeAttribute('aria-activedescendant'); return; }
  input.setAttribute('aria-controls', list().id);
  input.setAttribute('aria-activedescendant', option.id);
  option.scrollIntoView({ block: 'nearest' });
}

function show(name) { // one of the sentences, or the hits
  for (const other of ['first', 'gone', 'out']) part(other).hidden = other !== name;
  part('hits').hidden = name !== 'hits';
  part('last').hidden = name !== 'last';
}

function showLast() {
  const rows = opened().map((thing, number) => {
    const row = part('row').content.firstElementChild.cloneNode(true);
    row.id = `find-l-${number}`;
    row.href = thing.url;
    row.dataset.title = thing.title;
    row.dataset.kind = thing.kind;
    if (thing.paper) row.dataset.paper = thing.paper;
    row.querySelector('.g-pal-k').textContent = thing.kind;
    row.querySelector('.g-pal-n').textContent = thing.title;
    return row;
  });
  part('last-list').replaceChildren(...rows);
  show(rows.length ? 'last' : 'first');
  choose(options()[0]);
}

function ask() {
  clearTimeout(timer);
  if (input.value.trim()) input.dispatchEvent(new CustomEvent('find'));
  else showLast();
}

function open() {
  if (!box || box.open) return;
  came = document.activeElement;
  box.showModal();
  input.select();
  ask();
}

if (box) {
  input.addEventListener('input', (event) => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(ask, input.value.trim() ? WAIT : 0);
  });
  input.addEventListener('compositionend', ask);
  box.addEventListener('htmx:beforeSwap', (event) => {
    const answered = new URL(event.detail.xhr.responseURL).pathname === input.getAttribute('hx-get');
    if (answered && event.detail.xhr.status === 200) return;
    event.detail.shouldSwap = false;
    show(answered ? 'gone' : 'out'); // elsewhere is the log-in
    choose(null);
  });
  part('hits').addEventListener('htmx:afterSwap', () => {
    if (!input.value.trim()) return; // emptied meanwhile
    show('hits');
    part('said').textContent = part('hits').querySelector('[data-said]')?.dataset.said ?? '';
    choose(options()[0]);
  });
  input.addEventListener('htmx:sendError', () => { show('gone'); choose(null); });

  box.addEventListener('keydown', (event) => {
    if (event.isComposing || event.target !== input) return;
    const all = options();
    const at = all.indexOf(chosen());
    if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && all.length) {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      choose(all[(at + step + all.length) % all.length]);
    } else if (event.key === 'Tab' && !event.shiftKey && at >= 0) {
      const group = chosen().closest('[role=group]');
      const next = all.slice(at).find((option) => option.closest('[role=group]') !== group);
      if (next) { event.preventDefault(); choose(next); }
    } else if (event.key === 'Enter') {
      event.preventDefault();
      event.stopPropagation();
      const option = chosen();
      if (!option) { ask(); return; }
      remember(option);
      if (event.ctrlKey || event.metaKey) window.open(option.href, '_blank', 'noopener');
      else location.assign((event.shiftKey && option.dataset.paper) || option.href);
    }
  });
  box.addEventListener('click', (event) => {
    const option = event.target.closest('[role=option]');
    if (option) remember(option);
    if (event.target === box || event.target.closest('[data-find-close]')) box.close();
    if (event.target.closest('[data-find-forget]')) { localStorage.removeItem(STORE); showLast(); input.focus(); }
  });
  box.addEventListener('close', () => came?.focus?.());

  document.addEventListener('click', (event) => {
    if (event.target.closest('[data-find]')) open();
    const found = event.target.closest('[data-found]');
    if (found) remember(found);
  });
  document.addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      open();
    }
  });
  document.addEventListener('gongjian:find', open);
  // Whoever leaves takes along what they opened: the next person here is another.
  document.querySelector('[data-leave]')?.addEventListener('submit', () => localStorage.removeItem(STORE));
}
