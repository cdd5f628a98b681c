import { html } from '#src/platform/http/pages/html';
import type { Page } from '#src/platform/http/pages/layout';
import { clock, day, ZONE } from '../times.ts';
import type { Invitation } from './invitations.ts';

export function invitationPage({ url, expiresAt }: Invitation): Page {
  return {
    title: 'Invitation',
    home: '/lite',
    body: html`<h1>An invitation for one person</h1>
<label for="link">Copy this link and send it to them</label>
<input type="text" id="link" value="${url}" readonly>
<p>It works once, until ${day(expiresAt)} ${clock(expiresAt)} ${ZONE}. Whoever opens it says their name and is in as a responder. It is shown only now.</p>
<form method="post" action="/invitations"><button>Another invitation</button></form>
<p><a href="/lite">Back to the incidents</a></p>`,
  };
}
