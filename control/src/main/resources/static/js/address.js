// A page that came as the answer to a form gets the address of what it shows, so that a reload does not ask twice.
const element = document.querySelector('[data-address]');
if (element) history.replaceState(null, '', element.dataset.address);
