// A passkey is made or shown: the server says what to ask the authenticator for, and its answer goes back as the form.
// See https://www.w3.org/TR/webauthn-3/; binary parts travel as base64url.
const able = Boolean(window.PublicKeyCredential && navigator.credentials);

function bytes(text) {
  return Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0));
}

function text(buffer) {
  return btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

async function asked(form) {
  const answer = await fetch(form.dataset.options, { method: 'POST', body: new URLSearchParams(new FormData(form)) });
  if (!answer.ok) throw new Error(`${form.dataset.options}: ${answer.status}`);
  const options = await answer.json();
  options.challenge = bytes(options.challenge);
  if (options.user) options.user.id = bytes(options.user.id);
  for (const known of options.excludeCredentials ?? []) known.id = bytes(known.id);
  return options;
}

function json(credential) {
  const response = { clientDataJSON: text(credential.response.clientDataJSON) };
  for (const part of ['attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
    if (credential.response[part]) response[part] = text(credential.response[part]);
  }
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
    clientExtensionResults: {},
    response,
  });
}

// No names of errors: what happened, and what to do now.
function word(failure) {
  return { NotAllowedError: 'cancelled', AbortError: 'cancelled', InvalidStateError: 'known', SecurityError: 'address' }[failure.name] ?? 'failed';
}

function say(text) {
  document.querySelector('[data-passkey-says]').textContent = text;
}

async function begin(form, button) {
  button.setAttribute('aria-busy', 'true');
  say('');
  try {
    const publicKey = await asked(form);
    const credential = await navigator.credentials[form.dataset.passkey]({ publicKey });
    form.elements.credential.value = json(credential);
    form.submit();
  } catch (failure) {
    button.removeAttribute('aria-busy');
    const kind = word(failure);
    if (kind === 'failed') console.warn(failure);
    say(document.querySelector(`[data-passkey-word="${kind}"]`).content.textContent);
  }
}

for (const form of document.querySelectorAll('form[data-passkey]')) {
  form.hidden = !able;
  const unavailable = document.querySelector('[data-passkey-unavailable]');
  if (able) unavailable.remove();
}

document.addEventListener('submit', (event) => {
  const form = event.target.closest('form[data-passkey]');
  if (!form) return;
  event.preventDefault();
  if (event.submitter?.getAttribute('aria-busy') !== 'true') begin(form, event.submitter ?? form.querySelector('[type="submit"]'));
});
