import { type Html, html } from '#src/platform/http/pages/html';
import type { Page } from '#src/platform/http/pages/layout';
import { type RefusedForm, whyRefused } from '#src/platform/http/pages/refused-form';
import { PASSKEY_PATH } from './passkey-script.ts';
import type { Passkey } from './passkeys.service.ts';
import type { RelyingParty } from './relying-party.ts';

/** The first of the doors. It is shown by its script, where the browser has passkeys. */
export const passkeyDoor = (
  { origins }: RelyingParty,
  to: string,
): Html => html`<form method="post" action="/passkeys/sign-in" data-passkey="use" data-challenge="/passkeys/sign-in/challenge" data-origins="${JSON.stringify(origins)}" hidden>
<input type="hidden" name="to" value="${to}">
<button class="primary">Sign in with a passkey</button>
</form>`;

interface PageOfPasskeys {
  readonly passkeys: readonly Passkey[];
  /** Null where browsers have none. */
  readonly here: RelyingParty | null;
  /** What a new one would be called, if nobody says otherwise. */
  readonly suggested: string;
  readonly refused: RefusedForm | null;
}

export const passkeysPage = ({ passkeys, here, suggested, refused }: PageOfPasskeys): Page => ({
  title: 'Your passkeys',
  script: PASSKEY_PATH,
  body: html`<h1>Your passkeys</h1>
<p>A passkey lets you in with a finger, your face or the PIN of your device. It asks nobody's server but this one, so it works when the chat, the mail and whoever else signs you in do not. Make one on each device on which you are called.</p>
${passkeys.length === 0 ? html`<p>You have none yet.</p>` : html`<ul class="list">${passkeys.map((one) => row(one, refused))}</ul>`}
<h2>A new one, on this device</h2>
${here ? makeForm(here, suggested) : html`<p class="problem">Browsers have no passkeys at the address of this Muster: they need https and a name. Whoever runs it sets <code>PUBLIC_URL</code> to such an address (<code>docs/configuration.md</code>).</p>`}
<p>For the day on which your devices are lost: <a href="/sheet">print codes</a>.</p>
<p><a href="/settings">All settings</a></p>`,
});

const makeForm = (
  { origins }: RelyingParty,
  suggested: string,
): Html => html`<p data-passkey-else>This browser makes none here: it is too old, runs no scripts, or came by another address than <code>${origins[0]}</code>.</p>
<form method="post" action="/settings/passkeys" data-passkey="make" data-challenge="/settings/passkeys/challenge" data-origins="${JSON.stringify(origins)}" hidden>
<label for="name">What to call it</label>
<input type="text" id="name" name="name" value="${suggested}" maxlength="60" required>
<button class="primary">Make a passkey</button>
</form>`;

function row({ id, name, madeAt, usedAt, isSynced }: Passkey, refused: RefusedForm | null): Html {
  const action = `/settings/passkeys/${id}`;
  return html`<li><b>${name}</b> <small>made ${moment(madeAt)}, ${usedAt === null ? 'not used yet' : `last used ${moment(usedAt)}`}${isSynced && ', on all devices that yours keeps in step'}</small>
<form method="post" action="${action}">${whyRefused(refused, action)}<label for="name-${id}">Another name</label>
<input type="text" id="name-${id}" name="name" value="${name}" maxlength="60" required>
<button name="do" value="rename" aria-label="Give ${name} this name">Save</button>
<button name="do" value="remove" formnovalidate aria-label="Remove ${name}">Remove</button></form></li>\n`;
}

const moment = (iso: string): string => `${iso.slice(0, 16).replace('T', ' ')} UTC`;
