// What a paste asks before it is done: a dialog of sentences, a list, and questions with choices.
import { told } from './sheet_cells.js';

const MOST = 100; // lines of the list
const made = (tag, text, more = {}) => Object.assign(document.createElement(tag), { textContent: text, ...more });

// The value chosen for each question, '' for none of them; null where all of it is dropped. Of `questions`
// [{label, options: [[value, label]], picked}] no two take the same value, unless it is ''.
export function ask({ facts = [], list = [], questions = [] }) {
  const dialog = document.querySelector('[data-dialog]');
  const say = dialog.querySelector('[data-dialog-say]');
  dialog.querySelector('[data-dialog-title]').textContent = told('paste');
  say.replaceChildren(...facts.map((fact) => made('p', fact)));
  if (list.length) {
    const names = say.appendChild(document.createElement('ul'));
    names.append(...list.slice(0, MOST).map((name) => made('li', name.slice(0, 60))));
    if (list.length > MOST) names.append(made('li', '…'));
  }
  const selects = questions.map((question) => say.appendChild(asked(question)).querySelector('select'));
  const wrong = say.appendChild(made('p', '', { className: 'ms-bad', role: 'alert' }));
  const yes = dialog.querySelector('[data-dialog-yes]');
  yes.onclick = (event) => {
    const values = selects.map((one) => one.value).filter(Boolean);
    if (new Set(values).size === values.length) return;
    event.preventDefault();
    wrong.textContent = told('double');
  };
  dialog.returnValue = '';
  dialog.showModal();
  return new Promise((resolve) => {
    const closed = () => resolve(dialog.returnValue === 'yes' ? selects.map((one) => one.value) : null);
    dialog.addEventListener('close', closed, { once: true });
  });
}

function asked({ label, options, picked = '' }) {
  const line = made('label', '', { className: 'ms-ask' });
  const select = made('select', '', { className: 'form-select form-select-sm' });
  for (const [value, text] of [['', told('leave')], ...options]) select.append(new Option(text, value, false, value === picked));
  line.append(made('span', label.slice(0, 60)), select);
  return line;
}
