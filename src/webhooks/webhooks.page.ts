import { type Html, html } from '#src/platform/http/pages/html';
import type { Page } from '#src/platform/http/pages/layout';
import { EVENT_TYPES, type WebhookView } from './webhooks.types.ts';

/** What somebody typed; shown again when it could not be used. */
export interface Draft {
  readonly name: string;
  readonly url: string;
  readonly types: readonly string[];
  readonly private: boolean;
  readonly drills: boolean;
}

export const EMPTY_DRAFT: Draft = { name: '', url: '', types: [], private: false, drills: false };

/** All webhooks, and a form for another one. */
export const webhooksPage = (webhooks: readonly WebhookView[], draft: Draft, problem: string | null): Page => ({
  title: 'Webhooks',
  body: html`<h1>Webhooks</h1>
<p>Other systems that are told what happens in rooms: signed, in order for each incident, tried again for three days.</p>
${webhooks.length === 0 ? html`<p>There is none yet.</p>` : html`<ul class="list">${webhooks.map(item)}</ul>`}
<h2>Make one</h2>
${problem !== null && html`<p class="problem" role="alert" id="problem">${problem}</p>`}
<form method="post" action="/settings/webhooks">
${factFields(draft, problem)}
<button class="primary">Make a webhook</button>
</form>
<p><a href="/settings">All settings</a></p>`,
});

/** The fields of one, for making it and for changing it. */
export function factFields(draft: Draft, problem: string | null): Html {
  return html`<label for="name">What is it for?</label>
<input type="text" id="name" name="name" value="${draft.name}" maxlength="40" required autocomplete="off">
<label for="url">Its address</label>
<input type="url" id="url" name="url" value="${draft.url}" maxlength="2000" required autocomplete="off" placeholder="https://…"${problem !== null && html` aria-describedby="problem"`}>
<fieldset><legend>It is told of</legend>
<label class="choice"><input type="checkbox" name="private" value="on"${draft.private && html` checked`}> <b>private incidents too</b>: whoever receives it reads them like those who take part</label>
<label class="choice"><input type="checkbox" name="drills" value="on"${draft.drills && html` checked`}> <b>drills too</b>, but never of practice with a pretend chat</label></fieldset>
<details${draft.types.length > 0 && html` open`}><summary>Only some of what happens</summary><fieldset><legend>None ticked: everything</legend>
${EVENT_TYPES.map((type) => html`<label class="choice"><input type="checkbox" name="types" value="${type}"${draft.types.includes(type) && html` checked`}> <code>${type}</code></label>\n`)}</fieldset></details>`;
}

/** A webhook's name and how it is, for a list of them. */
function item(webhook: WebhookView): Html {
  return html`<li><a href="/settings/webhooks/${webhook.id}"><b>${webhook.name}</b></a><br><small>${webhook.url}</small><br>${stateOf(webhook)}</li>\n`;
}

const OFF_BECAUSE: Readonly<Record<NonNullable<WebhookView['off']>['why'], string>> = {
  person: 'somebody switched it off',
  gone: 'its receiver said that it is gone (410)',
  failed: 'nothing could be sent to it for three days',
  restored: 'a backup was restored, and what waited may have been sent since',
};

export function stateOf({ off, waiting }: WebhookView): Html {
  if (off)
    return html`<span class="trouble">Off since ${moment(off.since)}: ${OFF_BECAUSE[off.why]}. What happens meanwhile is kept.</span>`;
  if (waiting.incidents === 0) return html`On. Nothing waits.`;
  const which = waiting.incidents === 1 ? '1 incident waits' : `${waiting.incidents} incidents wait`;
  return html`On. ${which}${waiting.nextAt && html`, the next is sent at ${moment(waiting.nextAt)}`}.`;
}

/** Shown once, so it says how to go on. */
export const secretPage = ({ id, name, previousSecretUntil }: WebhookView, secret: string): Page => ({
  title: 'The secret of a webhook',
  copies: true,
  body: html`<h1>${name}</h1>
<label for="secret">Copy this secret now, and give it to the receiver: it is shown only here</label>
<input type="text" id="secret" value="${secret}" readonly data-copy autocomplete="off">
<p>With it the receiver checks that what comes is from this Muster and was not changed, by <a href="https://www.standardwebhooks.com/">Standard Webhooks</a>. ${previousSecretUntil === null ? 'Then send it a test.' : html`The one before signs besides until ${moment(previousSecretUntil)}.`}</p>
<p><a href="/settings/webhooks/${id}">Go on to the webhook</a></p>`,
});

export const moment = (iso: string): string => `${iso.slice(0, 16).replace('T', ' ')} UTC`;
