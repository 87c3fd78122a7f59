// Turns the theme at once; the form tells the server, which sends the choice with the next page.
document.addEventListener('submit', (event) => {
  const form = event.target.closest('[data-theme-form]');
  if (!form) return;
  event.preventDefault();
  const root = document.documentElement;
  const theme = getComputedStyle(root).colorScheme === 'light' || (!root.dataset.theme && matchMedia('(prefers-color-scheme: light)').matches) ? 'dark' : 'light';
  root.dataset.theme = theme;
  const body = new URLSearchParams(new FormData(form));
  body.set('theme', theme);
  fetch(form.action, { method: 'POST', body, redirect: 'manual' });
});
