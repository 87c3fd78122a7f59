// Keeps the page true. Says over one WebSocket what the page shows, and puts in place what comes back.
// After a cut it says it again, with the last line that it has, so nothing is missing.
import { append } from './log.js';

const address = document.body.dataset.stream;
const away = document.getElementById('away');
let socket;
let delay = 500;
let awayTimer;

function wishes() {
  return [...document.querySelectorAll('[data-part]')].map((element) => ({
    part: element.dataset.part,
    subject: element.dataset.subject ?? '',
    target: element.id,
    after: Number(element.dataset.last || 0),
  }));
}

function subscribe() {
  socket.send(JSON.stringify({ subscribe: wishes() }));
}

async function swap(message) {
  const element = document.getElementById(message.target);
  if (!element) return;
  if (message.swap === 'append') {
    append(element, message.html);
    if (message.upTo) element.dataset.last = message.upTo;
  } else {
    const before = document.querySelectorAll('[data-part]').length;
    await htmx.swap({ text: message.html, target: element, swap: 'outerMorph' });
    if (document.querySelectorAll('[data-part]').length !== before) subscribe();
  }
  document.dispatchEvent(new CustomEvent('page:changed'));
}

function connect() {
  const url = new URL(address, location.href);
  url.protocol = 'wss:';
  socket = new WebSocket(url);
  let order = Promise.resolve();
  socket.addEventListener('open', () => {
    delay = 500;
    clearTimeout(awayTimer);
    awayTimer = undefined;
    away.hidden = true;
    document.documentElement.dataset.live = '';
    subscribe();
  });
  socket.addEventListener('message', (event) => {
    const message = JSON.parse(event.data);
    order = order.then(() => swap(message));
  });
  socket.addEventListener('close', (event) => {
    delete document.documentElement.dataset.live;
    if (event.code === 4401) {
      location.reload();
      return;
    }
    // a restart of the control plane is over before anybody needs to be told
    awayTimer ??= setTimeout(() => { away.hidden = false; }, 3000);
    setTimeout(connect, delay * (0.75 + Math.random() / 2));
    delay = Math.min(delay * 2, 15000);
  });
}

if (address) connect();
