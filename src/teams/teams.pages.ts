import { limits } from '#libs/war-room-protocol/vocabulary';
import type { ActorFact } from '#src/platform/log/event.types';
import { type Html, html } from '#src/platform/http/pages/html';
import type { Page } from '#src/platform/http/pages/layout';
import { type RefusedForm, typed, whyRefused } from '#src/platform/http/pages/refused-form';
import type { Team } from './teams.types.ts';

const ALL = '/settings/teams';

/** With forms for those who may change them. */
export const teamsPage = (teams: readonly Team[], mayChange: boolean, refused: RefusedForm | null = null): Page => ({
  title: 'Teams',
  body: html`<h1>Teams</h1>
<p>People who are called together: <code>/incident add @Payments</code>, or "Change who takes part" in a room. Whoever is in the team at that moment takes part from then on; who joins the team later does not.</p>
${teams.length === 0 && html`<p>There are no teams yet.</p>`}
${teams.map((team) => one(team, mayChange, refused))}
${
  mayChange &&
  html`<h2>Make a team</h2>
<form method="post" action="${ALL}">${whyRefused(refused, ALL)}<label for="name">Name</label>
<input type="text" id="name" name="name" value="${typed(refused, ALL, 'name')}" required maxlength="${limits.teamNameChars}" autocomplete="off">
<button class="primary">Make a team</button></form>`
}
<p><a href="/settings">All settings</a></p>`,
});

function one(team: Team, mayChange: boolean, refused: RefusedForm | null): Html {
  const { id, name, archived, members } = team;
  const [its, adding] = [`${ALL}/${id}`, `${ALL}/${id}/members`];
  return html`<h2>${name}${archived && html` <small>archived</small>`}</h2>
${members.length === 0 ? html`<p>Nobody is in it yet.</p>` : html`<ul class="list">${members.map((member) => row(team, member, mayChange))}</ul>`}
${
  mayChange &&
  html`<form method="post" action="${adding}">${whyRefused(refused, adding)}<label for="add-${id}">Add somebody: their name, as Muster shows it</label>
<input type="text" id="add-${id}" name="person" value="${typed(refused, adding, 'person')}" required maxlength="${limits.nameChars}" autocomplete="off">
<button aria-label="Add to ${name}">Add</button></form>
<details${refused?.action === its && html` open`}><summary>Rename or archive ${name}</summary>
<form method="post" action="${its}">${whyRefused(refused, its)}<label for="name-${id}">Name</label>
<input type="text" id="name-${id}" name="name" value="${typed(refused, its, 'name', name)}" required maxlength="${limits.teamNameChars}">
<label class="choice"><input type="checkbox" name="archived"${archived && html` checked`}>Archived: not offered any more</label>
<button aria-label="Save ${name}">Save</button></form></details>`
}\n`;
}

const row = (team: Team, { id, name }: ActorFact, mayChange: boolean): Html =>
  html`<li>${mayChange ? html`<form method="post" action="/settings/teams/${team.id}/members/${id}/remove">${name} <button aria-label="Take ${name} out of ${team.name}">Take out</button></form>` : name}</li>\n`;
