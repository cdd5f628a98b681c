import { type Html, html } from '#src/platform/http/pages/html';
import type { Page } from '#src/platform/http/pages/layout';
import type { DeliveryView, WebhookView } from './webhooks.types.ts';
import { factFields, moment, stateOf } from './webhooks.page.ts';

export interface Said {
  readonly text: string;
  readonly isProblem: boolean;
}

/** One webhook: how it is, what was sent to it lately, and everything that can be done with it. */
export const webhookPage = (webhook: WebhookView, deliveries: readonly DeliveryView[], said: Said | null): Page => ({
  title: webhook.name,
  body: html`<h1>${webhook.name}</h1>
${said && html`<p class="${said.isProblem ? 'problem' : 'say'}" role="${said.isProblem ? 'alert' : 'status'}" id="problem">${said.text}</p>`}
<p>${stateOf(webhook)}</p>
${button(webhook, 'test', 'Send a test')}
${webhook.off ? html`${button(webhook, 'on', 'Switch on, and send what happened meanwhile')}${button(webhook, 'skip', 'Switch on, from now on')}` : button(webhook, 'off', 'Switch off')}
<h2>Sent lately</h2>
${deliveries.length === 0 ? html`<p>Nothing was sent within two weeks.</p>` : html`<ol class="flow" reversed>${deliveries.map(sent)}</ol>`}
<h2>Send again</h2>
<p>In order, and under the same <code>webhook-id</code> as before: a receiver that keeps those knows what it has.</p>
<form method="post" action="/settings/webhooks/${webhook.id}">
<label for="incident">Incident</label><input type="text" id="incident" name="incident" required autocomplete="off" placeholder="INC-247">
<label for="after">After which number of its log (0: all of it)</label><input type="text" inputmode="numeric" id="after" name="after" value="0" autocomplete="off">
<button name="do" value="replay">Send this incident again</button></form>
<form method="post" action="/settings/webhooks/${webhook.id}">
<label for="hours">Everything of the last hours</label><input type="text" inputmode="numeric" id="hours" name="hours" required autocomplete="off">
<button name="do" value="replay-hours">Send the last hours again</button></form>
<h2>Secret</h2>
${webhook.previousSecretUntil && html`<p>The secret before this one signs besides until ${moment(webhook.previousSecretUntil)}.</p>`}
${button(webhook, 'rotate', 'Make a new secret')}
<h2>Change</h2>
<form method="post" action="/settings/webhooks/${webhook.id}">
${factFields({ ...webhook, types: webhook.types ?? [] }, said?.isProblem ? said.text : null)}
<button name="do" value="change">Save</button></form>
<h2>Remove</h2>
<details><summary>Remove it for good</summary><p>Its receiver is told nothing any more. What happens is in the rooms.</p>${button(webhook, 'remove', 'Remove this webhook')}</details>
<p><a href="/settings/webhooks">All webhooks</a> · <a href="/audit">What was changed, and by whom</a></p>`,
});

function button({ id }: WebhookView, value: string, words: string): Html {
  return html`<form method="post" action="/settings/webhooks/${id}"><button name="do" value="${value}">${words}</button></form>\n`;
}

function sent({ at, type, incident, seq, attempt, problem, outcome, nextAt }: DeliveryView): Html {
  const came: Readonly<Record<DeliveryView['outcome'], string>> = {
    received: 'Received.',
    sending: 'On its way.',
    failed: problem ?? 'It was not received.',
    unknown: 'Muster ended before the answer came, and sends it again.',
  };
  return html`<li><time datetime="${at}">${at.slice(0, 19).replace('T', ' ')}</time> <code>${type}</code>${incident && html` of <a href="/lite/i/${incident}">${incident}</a>, number ${seq}`}${attempt > 1 && html`, try ${attempt}`}: ${outcome === 'failed' ? html`<span class="trouble">${came[outcome]}</span>` : came[outcome]}${nextAt && html` Again at ${moment(nextAt)}.`}</li>\n`;
}
