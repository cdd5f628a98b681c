import { type Html, html } from '#src/platform/http/pages/html';
import type { Page } from '#src/platform/http/pages/layout';
import { type RefusedForm, typed, whyRefused } from '#src/platform/http/pages/refused-form';
import { type Category, FIXED_CATEGORIES, type StatusRow } from './incidents.types.ts';

const ALL = '/settings/statuses';

/** The categories that can hold several, as an incident goes through them. */
const SHOWN = {
  active: 'Active',
  paused: 'Paused',
  post_incident: 'Resolved, and looked back on',
  closed: 'Closed',
  canceled: 'Canceled',
} as const satisfies Partial<Record<Category, string>>;

export const statusesPage = (statuses: readonly StatusRow[], refused: RefusedForm | null = null): Page => ({
  title: 'Statuses',
  body: html`<h1>Statuses</h1>
<p>Where an incident can stand, in your own words. The groups are fixed, and Muster counts on them; an incident enters a group at its first status. Those that Muster came with stay. An archived one is not offered any more, and incidents that stand at it keep it; a renamed one likewise.</p>
<p>The groups ${FIXED_CATEGORIES.join(', ')} have one status each.</p>
${Object.entries(SHOWN).map(([category, label]) =>
  group(
    label,
    statuses.filter((status) => status.category === category),
    refused,
  ),
)}
<h2>Add a status</h2>
<form method="post" action="${ALL}">${whyRefused(refused, ALL)}<label for="name">One word, to write: /status …</label>
<input type="text" id="name" name="name" value="${typed(refused, ALL, 'name')}" required maxlength="30" autocomplete="off">
<label for="category">Where does it belong?</label>
<select id="category" name="category">${Object.entries(SHOWN).map(([category, label]) => html`<option value="${category}"${typed(refused, ALL, 'category') === category && html` selected`}>${label}</option>`)}</select>
<button class="primary">Add</button></form>
<p><a href="/audit">What was changed, and by whom</a> · <a href="/settings">All settings</a></p>`,
});

const group = (label: string, statuses: readonly StatusRow[], refused: RefusedForm | null): Html =>
  html`<h2>${label}</h2>
<ol class="list">${statuses.map((status, at) => row(status, at + 1, refused))}</ol>\n`;

function row({ name, shipped, archived }: StatusRow, place: number, refused: RefusedForm | null): Html {
  const [its, removing] = [`${ALL}/${name}`, `${ALL}/${name}/remove`];
  const isOpen = refused !== null && [its, removing].includes(refused.action);
  return html`<li>${name}${shipped && html` <small>came with Muster</small>`}${archived && html` <small>archived</small>`}
<details${isOpen && html` open`}><summary>Change ${name}</summary>
<form method="post" action="${its}">${whyRefused(refused, its)}${
    !shipped &&
    html`<label for="name-${name}">One word</label>
<input type="text" id="name-${name}" name="name" value="${typed(refused, its, 'name', name)}" required maxlength="30">`
  }
<label for="place-${name}">Its place in the group</label>
<input type="number" id="place-${name}" name="place" value="${place}" min="1" max="1000" required>
${!shipped && html`<label class="choice"><input type="checkbox" name="archived"${archived && html` checked`}>Archived</label>`}
<button aria-label="Save ${name}">Save</button></form>${
    !shipped &&
    html`
<form method="post" action="${removing}">${whyRefused(refused, removing)}<button aria-label="Remove ${name}">Remove</button> <small>Only while no incident stands at it.</small></form>`
  }</details></li>\n`;
}
