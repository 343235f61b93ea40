// The figure that was asked about stays marked while its lineage stands at the right.
document.addEventListener('click', (event) => {
  const figure = event.target.closest('[data-figure]');
  if (!figure) return;
  document.querySelectorAll('[data-figure].on').forEach((other) => other.classList.remove('on'));
  figure.classList.add('on');
});
