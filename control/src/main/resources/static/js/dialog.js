// A plan comes open, over an inert page. With scripts it becomes a modal one: focus stays in, Escape keeps things as they are.
export function prepare(root) {
  for (const dialog of root.querySelectorAll('dialog[data-modal][open]')) {
    if (dialog.matches(':modal')) continue;
    dialog.close();
    dialog.nextElementSibling?.matches('.scrim') && dialog.nextElementSibling.remove();
    dialog.showModal();
    if (dialog.autofocus) {
      dialog.focus(); // not what scrolls inside it, and which a phone has scrolled to
      dialog.scrollTop = 0;
    }
    dialog.addEventListener('cancel', () => { location.href = dialog.dataset.back; });
  }
}

prepare(document);
