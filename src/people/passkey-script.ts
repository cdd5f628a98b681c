import { createHash } from 'node:crypto';

/**
 * What no form can do: ask the device for a passkey. Each form that is marked `data-passkey` fetches from `data-challenge` what is to be
 * made or signed, and sends the answer to its `action`, with its fields. It is there only where that can work; what stands beside it for
 * everybody else (`data-passkey-else`) goes then.
 */
export const PASSKEY = `
const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (one) => one.charCodeAt(0));
const toText = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/[+]/g, '-').replace(/[/]/g, '_').replace(/=/g, '');

const post = async (path, fields) => {
  const answer = await fetch(path, { method: 'POST', headers: { accept: 'application/json' }, body: new URLSearchParams(fields) })
    .catch(() => { throw new Error('Muster does not answer. Nothing was done. Press the button again in a moment.'); });
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(said.detail || 'This did not work, and Muster did not say why. Try again, or another way.');
  return said;
};

const listed = (all) => all && all.map((one) => ({ ...one, id: toBytes(one.id) }));
const ask = async (kind, options) => {
  const publicKey = { ...options, challenge: toBytes(options.challenge) };
  if (kind === 'make') {
    publicKey.user = { ...options.user, id: toBytes(options.user.id) };
    publicKey.excludeCredentials = listed(options.excludeCredentials);
    return navigator.credentials.create({ publicKey });
  }
  if (options.allowCredentials) publicKey.allowCredentials = listed(options.allowCredentials);
  return navigator.credentials.get({ publicKey });
};
const told = ({ id, rawId, type, response }) => {
  const parts = {};
  for (const part of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle'])
    if (response[part]) parts[part] = toText(response[part]);
  return { id, rawId: toText(rawId), type, response: parts };
};
const why = (error) => ({
  NotAllowedError: 'No passkey was chosen, or it took too long. Nothing was done. Press the button again, or choose another way.',
  InvalidStateError: 'This device has a passkey of yours already. Use it, or make one on another device.',
  SecurityError: 'The browser does not take passkeys at this address. Open Muster at its usual one, or choose another way.',
}[error.name] || error.message);

for (const form of document.querySelectorAll('form[data-passkey]')) {
  if (!window.PublicKeyCredential || !JSON.parse(form.dataset.origins).includes(location.origin)) continue;
  for (const other of document.querySelectorAll('[data-passkey-else]')) other.remove();
  form.hidden = false;
  const problem = document.createElement('p');
  problem.setAttribute('role', 'alert');
  form.prepend(problem);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const button = form.querySelector('button');
    button.disabled = true;
    problem.textContent = problem.className = '';
    try {
      const answer = told(await ask(form.dataset.passkey, await post(form.dataset.challenge, {})));
      const { to } = await post(form.getAttribute('action'), { ...Object.fromEntries(new FormData(form)), answer: JSON.stringify(answer) });
      location.assign(to);
    } catch (error) {
      problem.textContent = why(error);
      problem.className = 'problem';
      button.disabled = false;
    }
  });
}
`;

const version = createHash('sha256').update(PASSKEY).digest('hex').slice(0, 10);

/** As with the style: what changed has another address. */
export const PASSKEY_PATH = `/passkey.js?v=${version}`;
