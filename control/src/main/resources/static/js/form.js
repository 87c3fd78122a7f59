// Says at once that something was asked for: the word of the button changes, and a second click does nothing.
document.addEventListener('submit', (event) => {
  const button = event.submitter;
  if (event.defaultPrevented || !button) return;
  if (button.getAttribute('aria-busy') === 'true') {
    event.preventDefault();
    return;
  }
  button.setAttribute('aria-busy', 'true');
  const word = button.querySelector('[data-busy]');
  if (word) {
    word.dataset.idle = word.textContent;
    word.textContent = word.dataset.busy;
  }
});

// The page may come back from the browser's memory.
addEventListener('pageshow', () => {
  for (const button of document.querySelectorAll('button[aria-busy="true"]')) {
    button.removeAttribute('aria-busy');
    const word = button.querySelector('[data-idle]');
    if (word) word.textContent = word.dataset.idle;
  }
});
