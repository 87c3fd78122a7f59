// Keeps relative times true while the page stays open.
const words = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: 'auto' });
const units = [['day', 86400], ['hour', 3600], ['minute', 60], ['second', 1]];

function relative(seconds) {
  const distance = Math.abs(seconds);
  if (distance < 10) return words.format(0, 'second');
  const [unit, length] = units.find(([, least]) => distance >= least);
  return words.format(Math.trunc(seconds / length), unit);
}

function refresh() {
  for (const time of document.querySelectorAll('time[data-relative]')) {
    const text = relative((Date.parse(time.dateTime) - Date.now()) / 1000);
    if (time.textContent !== text) time.textContent = text;
  }
}

refresh();
setInterval(refresh, 5000);
document.addEventListener('page:changed', refresh);

// What is under way counts its seconds; the server says the final figure.
function elapse() {
  for (const time of document.querySelectorAll('time[data-elapsed]')) {
    const seconds = Math.max(0, Math.round((Date.now() - Date.parse(time.dateTime)) / 1000));
    time.textContent = seconds < 60 ? `${seconds}\u00a0s` : `${Math.floor(seconds / 60)}\u00a0min ${seconds % 60}\u00a0s`;
  }
}

setInterval(elapse, 1000);
