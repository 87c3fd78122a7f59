// Copies the command of a snippet, without its prompt. The button is hidden as long as no script could answer it.
export function prepare(root) {
  for (const button of root.querySelectorAll('[data-copy][hidden]')) button.hidden = false;
}

document.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-copy]');
  if (!button) return;
  const source = document.getElementById(button.dataset.copy).cloneNode(true);
  source.querySelector('i')?.remove();
  await navigator.clipboard.writeText(source.textContent.trim());
  const word = button.querySelector('span');
  const before = word.textContent;
  word.textContent = button.dataset.copied;
  setTimeout(() => { word.textContent = before; }, 2000);
});

prepare(document);
document.addEventListener('page:changed', () => prepare(document));
