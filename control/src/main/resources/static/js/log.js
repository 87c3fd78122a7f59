// A log follows its end until the reader scrolls; then a pill counts what came and brings back. One tab stop: arrows walk the lines, Enter links to one.
const most = 5000;

function atEnd(log) {
  return log.scrollHeight - log.scrollTop - log.clientHeight < 32;
}

function toEnd(log) {
  log.scrollTop = log.scrollHeight;
}

function pill(log) {
  return document.querySelector(`[data-pill="${log.id}"]`);
}

function count(log, added) {
  const button = pill(log);
  if (!button) return;
  const total = Number(button.dataset.count || 0) + added;
  button.dataset.count = total;
  const word = button.querySelector('span');
  word.textContent = word.dataset.form.replace('#', total.toLocaleString(document.documentElement.lang));
  button.hidden = false;
}

function caughtUp(log) {
  const button = pill(log);
  if (!button) return;
  button.hidden = true;
  button.dataset.count = 0;
}

export function append(log, html) {
  const following = atEnd(log) && log.dataset.paused === undefined;
  const template = document.createElement('template');
  template.innerHTML = html;
  // what was on its way when the page said anew what it has comes twice
  for (const line of template.content.querySelectorAll('li[id]')) if (document.getElementById(line.id)) line.remove();
  const added = template.content.querySelectorAll('li:not(.gap)').length;
  log.append(template.content);
  while (log.childElementCount > most) log.firstElementChild.remove();
  if (following) toEnd(log);
  else count(log, added);
}

export function prepare(root) {
  for (const log of root.querySelectorAll('.log[data-follow]:not([data-ready])')) {
    log.dataset.ready = '';
    if (!location.hash || !log.querySelector(CSS.escape ? `#${CSS.escape(location.hash.slice(1))}` : location.hash)) toEnd(log);
    log.addEventListener('scroll', () => { if (atEnd(log)) caughtUp(log); }, { passive: true });
  }
}

document.addEventListener('click', (event) => {
  const back = event.target.closest('[data-pill]');
  if (back) {
    const log = document.getElementById(back.dataset.pill);
    toEnd(log);
    caughtUp(log);
  }
  const pause = event.target.closest('[data-pause]');
  if (pause) {
    const log = document.getElementById(pause.dataset.pause);
    const paused = log.toggleAttribute('data-paused');
    pause.setAttribute('aria-pressed', String(paused));
    if (!paused) {
      toEnd(log);
      caughtUp(log);
    }
  }
});

document.addEventListener('keydown', (event) => {
  const log = event.target.closest?.('.log');
  if (!log) return;
  const current = log.querySelector('[data-line-current]') ?? log.querySelector('li:target');
  const lines = [...log.querySelectorAll('li[id]')];
  const at = lines.indexOf(current);
  const next = { ArrowDown: at + 1, ArrowUp: at < 0 ? lines.length - 1 : at - 1 }[event.key];
  if (next !== undefined && lines[next]) {
    event.preventDefault();
    current?.removeAttribute('data-line-current');
    lines[next].setAttribute('data-line-current', '');
    lines[next].scrollIntoView({ block: 'nearest' });
  } else if (event.key === 'Enter' && current) {
    location.hash = current.id;
  } else if (event.key === 'End') {
    toEnd(log);
  }
});

prepare(document);
document.addEventListener('page:changed', () => prepare(document));
