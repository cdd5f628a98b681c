import { type Html, html } from '#src/platform/http/pages/html';
import type { Page } from '#src/platform/http/pages/layout';
import { goesOn } from '#src/platform/http/pages/goes-on';
import { GIVEN_ROLES } from './permissions.types.ts';
import type { Colleague } from './organisation-roles.service.ts';

interface PageOfPeople {
  readonly people: readonly Colleague[];
  readonly next: string | null;
  readonly more: boolean;
}

export const peoplePage = ({ people, ...rest }: PageOfPeople): Page => ({
  title: 'People',
  body: html`<h1>People</h1>
<p>A member declares, talks, changes severity and status, and takes the lead. A responder also accepts, declines and merges, gives roles to others and makes incidents private. An admin also changes settings.</p>
<p>Their sheet has the addresses and ten codes that let them in when no link reaches anybody: print it for whoever has none, and end the codes of whoever left.</p>
<ul class="list">${people.map(row)}</ul>
${goesOn(rest)}
<p><a href="/settings/people/joins">One person, several accounts</a></p>
<p><a href="/audit">What was changed, and by whom</a> · <a href="/settings">All settings</a></p>`,
});

function row({ id, name, role }: Colleague): Html {
  return html`<li><form method="post" action="/settings/people/${id}"><label for="role-${id}">${name}</label>
<select id="role-${id}" name="role">${GIVEN_ROLES.map((one) => html`<option${one === role && html` selected`}>${one}</option>`)}</select>
<button aria-label="Give ${name} this role">Save</button></form><a href="/sheet?for=${id}" aria-label="The sheet of ${name}">Sheet</a></li>\n`;
}
