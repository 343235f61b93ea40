// Hands on the chart: wheel, pointer, keys, the buttons beside it, and the turn between drawing and table.
import { LINE, NAMES } from './gantt_draw.js';
import { lineAt } from './gantt_words.js';

const DRAGGED = 4; // pixels: less is a click
const inField = (element) => element.closest('input, textarea, select, [contenteditable], dialog');

export function listen(chart) {
  const { scroll, root } = chart, canvas = root.querySelector('canvas');
  const at = (event) => lineAt(event.clientY - root.getBoundingClientRect().top, scroll.scrollTop);
  const x = (event) => event.clientX - root.getBoundingClientRect().left;
  let held = null;

  scroll.addEventListener('scroll', () => chart.draw(), { passive: true });
  scroll.addEventListener('wheel', (event) => {
    if (event.ctrlKey || event.metaKey) { event.preventDefault(); chart.zoom(Math.exp(-event.deltaY / 400), Math.max(NAMES, x(event))); return; }
    const sideways = event.shiftKey ? event.deltaY : event.deltaX;
    if (Math.abs(sideways) > Math.abs(event.shiftKey ? 0 : event.deltaY)) { event.preventDefault(); chart.pan(sideways); }
  }, { passive: false });

  canvas.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    held = { x: event.clientX, y: event.clientY, top: scroll.scrollTop, moved: false, at: event.clientX };
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener('pointermove', (event) => {
    if (!held) { chart.pick(at(event)); return; }
    held.moved ||= Math.abs(event.clientX - held.x) + Math.abs(event.clientY - held.y) > DRAGGED;
    if (!held.moved) return;
    canvas.classList.add('drag');
    chart.pan(held.at - event.clientX);
    held.at = event.clientX;
    if (event.pointerType === 'mouse') scroll.scrollTop = held.top + held.y - event.clientY;
  });
  const leave = (event) => {
    if (held && !held.moved && event.type === 'pointerup') chart.open(at(event));
    held = null;
    canvas.classList.remove('drag');
  };
  canvas.addEventListener('pointerup', leave);
  canvas.addEventListener('pointercancel', leave);

  const keys = {
    ArrowUp: () => chart.step(-1), ArrowDown: () => chart.step(1),
    ArrowLeft: () => chart.pan(-chart.scale.width / 10), ArrowRight: () => chart.pan(chart.scale.width / 10),
    PageUp: () => { scroll.scrollTop -= scroll.clientHeight - 3 * LINE; }, PageDown: () => { scroll.scrollTop += scroll.clientHeight - 3 * LINE; },
    Home: () => chart.today(), '+': () => chart.zoom(1.25), '=': () => chart.zoom(1.25), '-': () => chart.zoom(0.8),
    Enter: () => chart.open(chart.current),
  };
  document.addEventListener('keydown', (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || !chart.shown || inField(event.target)) return;
    if (event.key === 'Enter' && event.target.closest('a, button')) return;
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });

  const scales = document.querySelectorAll('[data-scale]');
  const press = (scale) => scales.forEach((one) => one.setAttribute('aria-pressed', String(one.dataset.scale === scale)));
  press('1.05');
  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-scale], [data-zoom], [data-today], [data-reload], [data-gantt-turn]');
    if (!button) return;
    const { scale, zoom } = button.dataset;
    if (scale) { chart.zoom(Number(scale) / chart.scale.pixels); press(scale); }
    else if (zoom) { chart.zoom(Number(zoom)); press(''); }
    else if ('today' in button.dataset) chart.today();
    else if ('reload' in button.dataset) { event.preventDefault(); location.reload(); }
    else { event.preventDefault(); turn(button); }
  });
}

// The address of the other view becomes ours, so that it can be kept and comes back with the page.
function turn(button) {
  const words = button.querySelector('span'), here = location.href;
  document.body.classList.toggle('gt-as-chart');
  history.replaceState(null, '', button.href);
  button.href = here;
  [words.textContent, button.dataset.other] = [button.dataset.other, words.textContent];
}
