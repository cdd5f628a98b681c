import { html } from '#src/platform/http/pages/html';
import type { Page } from '#src/platform/http/pages/layout';
import { clock, day, ZONE } from '../times.ts';
import type { Invitation } from './invitations.ts';

const THIS_MACHINE = /^(localhost|127\..+|\[::1\]|0\.0\.0\.0)$/;

export function invitationPage({ url, expiresAt }: Invitation): Page {
  const { hostname, origin } = new URL(url);
  return {
    title: 'Invitation',
    copies: true,
    body: html`<h1>An invitation for one person</h1>
<label for="link">Copy this link and send it to them</label>
<input type="text" id="link" value="${url}" readonly data-copy>
${THIS_MACHINE.test(hostname) && html`<p class="problem">Only this machine can open <code>${origin}</code>. For somebody elsewhere, start Muster with the address at which they reach it, <code>PUBLIC_URL=https://…</code> (<code>docs/configuration.md</code>), and invite again.</p>`}
<p>It works once, until ${day(expiresAt)} ${clock(expiresAt)} ${ZONE}. Whoever opens it says their name and is in as a responder. It is shown only now.</p>
<form method="post" action="/invitations"><button>Another invitation</button></form>
<p><a href="/">Back to the incidents</a></p>`,
  };
}
