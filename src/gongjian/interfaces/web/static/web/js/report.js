// The form of a report: the draft on this device follows the version the server has kept.
const form = document.querySelector('form[data-draft]');
document.addEventListener('htmx:oobAfterSwap', () => {
  const version = form?.elements.namedItem('version');
  if (version) form.dataset.version = version.value;
});
