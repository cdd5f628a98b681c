import { type Html, html } from '#src/platform/http/pages/html';
import type { Page } from '#src/platform/http/pages/layout';
import type { WayView } from './notifications.types.ts';
import { type Said, stateOf, wayFields } from './ways.page.ts';

/** One way: how it is, and everything that can be done with it. */
export const wayPage = (way: WayView, said: Said | null): Page => ({
  title: way.name,
  body: html`<h1>${way.name}</h1>
${said && html`<p class="${said.isProblem ? 'problem' : 'say'}" role="${said.isProblem ? 'alert' : 'status'}" id="problem">${said.text}</p>`}
<p>${stateOf(way)}</p>
<p>It needs ${way.needs}. Within a month ${way.told} told, ${way.waiting} waiting, ${way.failed} in vain.</p>
${button(way, 'test', 'Try it out, waking nobody')}
${
  way.kind === 'smtp' &&
  html`<form method="post" action="/settings/mail"><input type="hidden" name="way" value="${way.id}">
<label for="address">Send a code by this way, to an address of yours</label><input type="email" id="address" name="address" required maxlength="254" autocomplete="email">
<button name="do" value="set">Send a code</button></form>`
}
${way.off ? button(way, 'on', 'Switch on') : button(way, 'off', 'Switch off')}
<h2>Change</h2>
<form method="post" action="/settings/notices/${way.id}">
${wayFields(way.kind, { id: way.id, name: way.name, ...Object.fromEntries(Object.entries(way.settings).map(([key, value]) => [key, String(value)])) }, said?.isProblem ?? false)}
${way.kind !== 'webhook' && way.kind !== 'chat' && html`<p><small>Leave the ${way.kind === 'smtp' ? 'password' : 'key'} empty to keep it.</small></p>`}
<button name="do" value="change">Save</button></form>
<h2>Remove</h2>
<details><summary>Remove it for good</summary><p>Nobody is told by it any more.</p>${button(way, 'remove', 'Remove this way')}</details>
<p><a href="/settings/notices">All notices</a> · <a href="/audit">What was changed, and by whom</a></p>`,
});

/** Shown once, so it says how to go on. */
export const waySecretPage = ({ id, name }: WayView, secret: string): Page => ({
  title: 'The secret of a way',
  copies: true,
  body: html`<h1>${name}</h1>
<label for="secret">Copy this secret now, and give it to the receiver: it is shown only here</label>
<input type="text" id="secret" value="${secret}" readonly data-copy autocomplete="off">
<p>With it the receiver checks that what comes is from this Muster and was not changed, by <a href="https://www.standardwebhooks.com/">Standard Webhooks</a>. Then try it out.</p>
<p><a href="/settings/notices/${id}">Go on to it</a></p>`,
});

const button = ({ id }: WayView, value: string, words: string): Html =>
  html`<form method="post" action="/settings/notices/${id}"><button name="do" value="${value}">${words}</button></form>\n`;
