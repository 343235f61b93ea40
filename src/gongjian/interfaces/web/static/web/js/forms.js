// Forms: a second press sends nothing twice, and what was typed is never lost.
const BUSY = 10000; // after so long a lost answer may be tried again
const UNKEPT = new Set(['hidden', 'file', 'password', 'submit', 'button', 'fieldset']);

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.method === 'dialog' || form.method === 'get') return;
  if (!navigator.onLine || performance.now() - Number(form.dataset.sent ?? -BUSY) < BUSY) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.dataset.sent = performance.now();
  form.setAttribute('aria-busy', 'true');
}, true);

const ready = (form) => {
  if (!form?.dataset) return;
  delete form.dataset.sent;
  form.removeAttribute('aria-busy');
};
document.addEventListener('htmx:afterRequest', (event) => ready(event.detail.elt.closest?.('form')));
addEventListener('pageshow', () => document.querySelectorAll('form[data-sent]').forEach(ready));

// A form with data-draft keeps its fields on this device until its act is done.
for (const form of document.querySelectorAll('form[data-draft]')) {
  const key = `gongjian-draft-${form.dataset.draft}`;
  const fields = () => [...form.elements].filter((field) => field.name && !UNKEPT.has(field.type));
  const kept = JSON.parse(localStorage.getItem(key) ?? 'null');
  if (kept && kept.version === form.dataset.version) {
    for (const field of fields()) {
      const value = kept.fields[field.name];
      if (value === undefined || field.dataset.kept) continue;
      if (field.type === 'radio' || field.type === 'checkbox') field.checked = value.includes(field.value);
      else [field.value] = value;
    }
  }
  form.addEventListener('input', () => {
    const values = {};
    for (const field of fields()) {
      values[field.name] ??= [];
      if ((field.type !== 'radio' && field.type !== 'checkbox') || field.checked) values[field.name].push(field.value);
    }
    localStorage.setItem(key, JSON.stringify({ version: form.dataset.version, fields: values }));
  });
  document.addEventListener('htmx:afterRequest', (event) => {
    const saved = event.detail.successful && event.detail.requestConfig.verb === 'post';
    if (saved && form.contains(event.detail.elt)) localStorage.removeItem(key);
  });
}

// A field that is searched as one types: Enter and its button ask for the list, they do not send the form.
const asks = (event, field) => {
  event.preventDefault();
  field.dispatchEvent(new CustomEvent('pick'));
};
document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && !event.isComposing && event.target.matches?.('.g-pick [type=search]')) asks(event, event.target);
});
document.addEventListener('click', (event) => {
  const button = event.target.closest?.('[data-choose]');
  if (button?.matches('button')) asks(event, button.parentElement.querySelector('[type=search]'));
});

// A text field with a limit shows how much is used.
for (const counter of document.querySelectorAll('[data-count]')) {
  const field = document.getElementById(counter.dataset.count);
  const show = () => { counter.textContent = `${field.value.length} / ${field.maxLength}`; };
  field.addEventListener('input', show);
  show();
}

// What is done with ticked rows stays in sight while some are ticked.
for (const form of document.querySelectorAll('[data-ticks]')) {
  const say = () => form.classList.toggle('ticked', form.querySelector('tbody [type="checkbox"]:checked') !== null);
  form.addEventListener('change', say);
  say();
}
