import { html } from '#src/platform/http/pages/html';
import type { Page } from '#src/platform/http/pages/layout';
import type { OwnAddressView } from './own-address.service.ts';
import type { Said } from './ways.page.ts';

/** Where somebody is told, and the way to another address. */
export const ownAddressPage = ({ address, confirmedAt, codeUntil, told }: OwnAddressView, said: Said | null): Page => ({
  title: 'Your mail',
  body: html`<h1>Your mail</h1>
${said && html`<p class="${said.isProblem ? 'problem' : 'say'}" role="${said.isProblem ? 'alert' : 'status'}" id="problem">${said.text}</p>`}
<p>${told === null ? html`<span class="trouble">When a chat is down you are told nowhere.</span> Give an address that does not need that chat.` : html`When a chat is down during an incident that you take part in, you are told at <b>${told}</b>${confirmedAt === null && ', which your chat vouches for'}.`}</p>
${
  codeUntil &&
  html`<h2>Confirm ${address}</h2>
<form method="post" action="/settings/mail"><label for="code">The code that was sent there</label>
<input type="text" id="code" name="code" required maxlength="40" autocomplete="one-time-code" placeholder="K7QM-4F2P">
<button name="do" value="confirm" class="primary">Confirm</button></form>`
}
<h2>${address === null ? 'Give an address' : 'Another address, or another code'}</h2>
<form method="post" action="/settings/mail"><label for="address">Mail address</label>
<input type="email" id="address" name="address" value="${address ?? ''}" required maxlength="254" autocomplete="email"${said?.isProblem && html` aria-describedby="problem"`}>
<button name="do" value="set">Send a code there</button></form>
${address !== null && html`<form method="post" action="/settings/mail"><button name="do" value="remove">Forget this address</button></form>`}
<p><a href="/settings">All settings</a></p>`,
});
