// Keeps the page true. Says over one WebSocket what the page shows, and puts in place what comes back.
// After a cut it says it again, with the last line that it has, so nothing is missing.
import { append } from './log.js';

const address = document.body.dataset.stream;
const away = document.getElementById('away');
let socket;
let delay = 500;
let awayTimer;
let backTimer;
// the server says something every 10 s: a connection that is silent for longer is dead, though nobody closed it
const SILENCE = 30000;
let silent;

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
    await morph(element, message.html);
    if (document.querySelectorAll('[data-part]').length !== before) subscribe();
  }
  document.dispatchEvent(new CustomEvent('page:changed'));
}

// What cannot be morphed is put in place whole: one part that fails must not keep the others from the page.
async function morph(element, html) {
  try {
    await htmx.swap({ text: html, target: element, swap: 'outerMorph' });
  } catch (failure) {
    console.error(`${element.id} could not be morphed`, failure);
    if (element.isConnected) element.outerHTML = html;
  }
}

function sayAway() {
  clearTimeout(backTimer);
  away.textContent = away.dataset.away;
  away.dataset.state = 'working';
  away.hidden = false;
}

function sayBack() {
  away.textContent = away.dataset.back;
  away.dataset.state = 'live';
  backTimer = setTimeout(() => { away.hidden = true; }, 4000);
}

function heard() {
  clearTimeout(silent);
  const mine = socket;
  silent = setTimeout(() => mine.close(), SILENCE);
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
    if (!away.hidden) sayBack();
    document.documentElement.dataset.live = '';
    heard();
    subscribe();
  });
  socket.addEventListener('message', (event) => {
    heard();
    const message = JSON.parse(event.data);
    order = order.then(() => swap(message)).catch((failure) => console.error(failure));
  });
  socket.addEventListener('close', (event) => {
    delete document.documentElement.dataset.live;
    clearTimeout(silent);
    // signed out, or other rights: only the whole page tells what is left of it
    if (event.code === 4401 || event.code === 4403) {
      // whoever signs out is on the way to the page that says so, and this one would call them back
      setTimeout(() => location.reload(), leaving ? 5000 : 0);
      return;
    }
    // a restart of the control plane is over before anybody needs to be told
    awayTimer ??= setTimeout(sayAway, 3000);
    setTimeout(connect, delay * (0.75 + Math.random() / 2));
    delay = Math.min(delay * 2, 15000);
  });
}

let leaving = false;
addEventListener('beforeunload', () => {
  leaving = true;
  setTimeout(() => (leaving = false), 5000);
});
if (address) connect();
