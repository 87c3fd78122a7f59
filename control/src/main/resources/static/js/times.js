// Keeps relative times true while the page stays open, and says moments in the zone that the reader chose, else in that of the browser.
const page = document.documentElement.lang;
const words = new Intl.RelativeTimeFormat(page, { numeric: 'auto' });
const units = [['day', 86400], ['hour', 3600], ['minute', 60], ['second', 1]];
// the reader's region where it fits the page; else as most English readers outside America write it
const region = navigator.languages.find((each) => each.startsWith(`${page}-`)) ?? (page === 'en' ? 'en-GB' : page);
const timeZone = document.documentElement.dataset.zone;
const clock = new Intl.DateTimeFormat(region, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', timeZone });
const whole = new Intl.DateTimeFormat(region, { dateStyle: 'long', timeStyle: 'long', timeZone });

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

// Once each: what the server sends again comes with its mark again.
function localise() {
  for (const time of document.querySelectorAll('time[data-clock]')) {
    time.textContent = clock.format(new Date(time.dateTime));
    time.removeAttribute('data-clock');
  }
}

// What is under way counts its seconds; the server says the final figure.
function elapse() {
  for (const time of document.querySelectorAll('time[data-elapsed]')) {
    const seconds = Math.max(0, Math.round((Date.now() - Date.parse(time.dateTime)) / 1000));
    time.textContent = seconds < 60 ? `${seconds}\u00a0s` : `${Math.floor(seconds / 60)}\u00a0min ${seconds % 60}\u00a0s`;
  }
}

function all() {
  refresh();
  localise();
}

all();
setInterval(refresh, 5000);
setInterval(elapse, 1000);
document.addEventListener('page:changed', all);

// The tooltip is made when somebody asks for it.
document.addEventListener('mouseover', (event) => {
  const time = event.target.closest?.('time[datetime][title]');
  if (time) time.title = whole.format(new Date(time.dateTime));
});
