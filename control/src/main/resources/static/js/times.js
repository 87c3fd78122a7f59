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
