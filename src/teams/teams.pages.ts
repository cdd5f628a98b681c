import { limits } from '#libs/war-room-protocol/vocabulary';
import type { ActorFact } from '#src/platform/log/event.types';
import { type Html, html } from '#src/platform/http/pages/html';
import type { Page } from '#src/platform/http/pages/layout';
import type { Team } from './teams.types.ts';

/** With forms for those who may change them. */
export const teamsPage = (teams: readonly Team[], mayChange: boolean): Page => ({
  title: 'Teams',
  body: html`<h1>Teams</h1>
<p>People who are called together: <code>/incident add @Payments</code>, or "Change who takes part" in a room. Whoever is in the team at that moment takes part from then on; who joins the team later does not.</p>
${teams.length === 0 && html`<p>There are no teams yet.</p>`}
${teams.map((team) => one(team, mayChange))}
${
  mayChange &&
  html`<h2>Make a team</h2>
<form method="post" action="/settings/teams"><label for="name">Name</label>
<input type="text" id="name" name="name" required maxlength="${limits.teamNameChars}" autocomplete="off">
<button class="primary">Make a team</button></form>`
}
<p><a href="/settings">All settings</a></p>`,
});

function one(team: Team, mayChange: boolean): Html {
  const { id, name, archived, members } = team;
  return html`<h2>${name}${archived && html` <small>archived</small>`}</h2>
${members.length === 0 ? html`<p>Nobody is in it yet.</p>` : html`<ul class="list">${members.map((member) => row(team, member, mayChange))}</ul>`}
${
  mayChange &&
  html`<form method="post" action="/settings/teams/${id}/members"><label for="add-${id}">Add somebody: their name, as Muster shows it</label>
<input type="text" id="add-${id}" name="person" required maxlength="${limits.nameChars}" autocomplete="off">
<button aria-label="Add to ${name}">Add</button></form>
<details><summary>Rename or archive ${name}</summary>
<form method="post" action="/settings/teams/${id}"><label for="name-${id}">Name</label>
<input type="text" id="name-${id}" name="name" value="${name}" required maxlength="${limits.teamNameChars}">
<label class="choice"><input type="checkbox" name="archived"${archived && html` checked`}>Archived: not offered any more</label>
<button aria-label="Save ${name}">Save</button></form></details>`
}\n`;
}

const row = (team: Team, { id, name }: ActorFact, mayChange: boolean): Html =>
  html`<li>${mayChange ? html`<form method="post" action="/settings/teams/${team.id}/members/${id}/remove">${name} <button aria-label="Take ${name} out of ${team.name}">Take out</button></form>` : name}</li>\n`;
