import { LEAD } from '#libs/war-room-protocol/roles';
import { limits } from '#libs/war-room-protocol/vocabulary';
import { type Html, html } from '#src/platform/http/pages/html';
import type { Page } from '#src/platform/http/pages/layout';
import { type RefusedForm, typed, whyRefused } from '#src/platform/http/pages/refused-form';
import type { IncidentRole } from './roles.types.ts';

const ALL = '/settings/roles';

export const rolesPage = (roles: readonly IncidentRole[], refused: RefusedForm | null = null): Page => ({
  title: 'Roles',
  body: html`<h1>Roles</h1>
<p>What somebody can be in an incident. Whoever takes a role is shown its instructions. A retired role is given to nobody any more; whoever has it keeps it.</p>
${roles.map((role) => form(role, refused))}
<h2>Add a role</h2>
<form method="post" action="${ALL}">${whyRefused(refused, ALL)}<label for="key">One word, to write: /role … me</label>
<input type="text" id="key" name="key" value="${typed(refused, ALL, 'key')}" required maxlength="${limits.roleKeyChars}">
${fields('new', { name: typed(refused, ALL, 'name'), instructions: typed(refused, ALL, 'instructions') })}<button class="primary">Add</button></form>
<p><a href="/audit">What was changed, and by whom</a> · <a href="/settings">All settings</a></p>`,
});

function form(role: IncidentRole, refused: RefusedForm | null): Html {
  const { key, name, retired } = role;
  const its = `${ALL}/${key}`;
  const now = { name: typed(refused, its, 'name', name), instructions: typed(refused, its, 'instructions', role.instructions) };
  return html`<h2>${name}${retired && html` <small>retired</small>`}</h2>
<form method="post" action="${its}">${whyRefused(refused, its)}<p class="muted">Written as <code>${key}</code></p>
${fields(key, now)}${key !== LEAD && html`<label class="choice"><input type="checkbox" name="retired"${retired && html` checked`}>Retired</label>`}
<button aria-label="Save ${name}">Save</button></form>\n`;
}

const fields = (key: string, { name, instructions }: Pick<IncidentRole, 'name' | 'instructions'>): Html =>
  html`<label for="name-${key}">Name</label>
<input type="text" id="name-${key}" name="name" value="${name}" required maxlength="${limits.roleNameChars}">
<label for="instructions-${key}">Instructions</label>
<textarea id="instructions-${key}" name="instructions" rows="3" maxlength="${limits.instructionsChars}">
${instructions}</textarea>`;
