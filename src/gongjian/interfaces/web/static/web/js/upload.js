// Choosing or dropping files sends them; the notice above the box stands before either.
const form = document.querySelector('[data-upload]');
const input = form?.querySelector('input[type=file]');
const send = () => { if (input.files.length) form.requestSubmit(); };
input?.addEventListener('change', send);
form?.addEventListener('dragover', (event) => { event.preventDefault(); form.classList.add('over'); });
form?.addEventListener('dragleave', () => form.classList.remove('over'));
form?.addEventListener('drop', (event) => {
  event.preventDefault();
  form.classList.remove('over');
  input.files = event.dataTransfer.files;
  send();
});
