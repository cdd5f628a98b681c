import type { RoleView } from '#libs/war-room-protocol/views';
import { CLOSES, isOpenCategory, kinds, severities } from '#libs/war-room-protocol/vocabulary';
import { type Html, html } from '#src/platform/http/pages/html';
import type { Draft } from './draft.ts';
import { mayHere } from './may-here.ts';
import type { RoomView } from './room-view.ts';

export interface FormState {
  /** For the hidden field of each form. */
  readonly id: string;
  readonly draft: Draft | null;
  readonly problem: string | null;
}

export const action = ({ incident }: RoomView): string => `/lite/i/${incident.number}`;

/** What was typed in this form, when it comes back. */
export const kept = (state: FormState, kind: Draft['do']): string => (state.draft?.do === kind ? state.draft.text : '');

export const hidden = (kind: Draft['do'], id: string): Html =>
  html`<input type="hidden" name="do" value="${kind}"><input type="hidden" name="id" value="${id}">`;

export const option = (value: string, label: string, chosen: string): Html =>
  html`<option value="${value}"${value === chosen && html` selected`}>${label}</option>`;

export function folded(view: RoomView, state: FormState, kind: Draft['do'], name: string, fields: Html): Html {
  return html`<details${state.draft?.do === kind && html` open`}><summary>${name}</summary>
<form method="post" action="${action(view)}">${hidden(kind, state.id)}${fields}</form></details>`;
}

export function severityForm(view: RoomView, state: FormState): Html {
  const chosen = kept(state, 'severity') || view.incident.severity;
  const reason = state.draft?.do === 'severity' ? state.draft.reason : '';
  return folded(
    view,
    state,
    'severity',
    'Change severity',
    html`<label for="severity">How bad is it?</label>
<select id="severity" name="text">${severities.map(({ name, label, guidance }) => option(name, `${name} ${label}: ${guidance.toLowerCase()}`, chosen))}</select>
<label for="reason">Why?</label><input type="text" id="reason" name="reason" value="${reason}">
<button>Change severity</button>`,
  );
}

/** Where it stands, and the moves that this calls for. */
export function statusForms(view: RoomView, state: FormState): Html {
  const { category } = view.incident;
  const forOthers = mayHere(view, 'incident.triage');
  if (category === 'triage' && !forOthers) return html``;
  if (category === 'triage') return html`${plainForm(view, state, 'accept', 'Accept')}${declineForm(view, state)}${mergeForm(view, state)}`;
  const goingOn = isOpenCategory(category);
  const wasTriaged = category === 'merged' || category === 'declined';
  return html`${!goingOn && (forOthers || !wasTriaged) && plainForm(view, state, 'reopen', 'Reopen')}${!wasTriaged && statusForm(view, state)}${view.closing.length > 0 && closeForm(view, state)}${goingOn && resolveForm(view, state)}${goingOn && forOthers && mergeForm(view, state)}`;
}

function statusForm(view: RoomView, state: FormState): Html {
  const chosen = kept(state, 'status') || view.incident.status;
  return folded(
    view,
    state,
    'status',
    'Change status',
    html`<label for="status">Where does it stand?</label>
<select id="status" name="text">${stayingOpen(view).map((status) => option(status, status, chosen))}</select>
<button>Change status</button>`,
  );
}

/** What it can be moved to and go on. */
export const stayingOpen = ({ statuses, closing }: RoomView): readonly string[] => statuses.filter((status) => !closing.includes(status));

function closeForm(view: RoomView, state: FormState): Html {
  return folded(
    view,
    state,
    'close',
    'Close without resolving',
    html`<p>${CLOSES}</p>
<label for="close">As what?</label>
<select id="close" name="text">${view.closing.map((status) => option(status, status, kept(state, 'close')))}</select>
<button>Close the incident</button>`,
  );
}

const plainForm = (view: RoomView, state: FormState, kind: Draft['do'], name: string): Html =>
  html`<form method="post" action="${action(view)}">${hidden(kind, state.id)}<button>${name}</button></form>`;

function lineForm(view: RoomView, state: FormState, kind: Draft['do'], name: string, asked: string, now = ''): Html {
  return folded(
    view,
    state,
    kind,
    name,
    html`<label for="${kind}">${asked}</label>
<input type="text" id="${kind}" name="text" value="${kept(state, kind) || now}" required>
<button>${name}</button>`,
  );
}

const declineForm = (view: RoomView, state: FormState): Html => lineForm(view, state, 'decline', 'Decline', 'Why is it no incident?');

const mergeForm = (view: RoomView, state: FormState): Html =>
  lineForm(view, state, 'merge', 'Merge into another', 'Which one is it the same as? Its number, such as INC-247.');

export const titleForm = (view: RoomView, state: FormState): Html =>
  lineForm(view, state, 'rename', 'Rename', 'What is broken?', view.incident.title);

export function summaryForm(view: RoomView, state: FormState): Html {
  return folded(
    view,
    state,
    'summary',
    'Change summary',
    html`<label for="summary">What is known, in a few sentences</label>
<textarea id="summary" name="text" rows="3">
${kept(state, 'summary') || (view.incident.summary ?? '')}</textarea>
<button>Change summary</button>`,
  );
}

/** Not for a drill: that stays one. */
export function kindForm(view: RoomView, state: FormState): Html {
  if (view.incident.kind === 'drill') return html``;
  const chosen = kept(state, 'kind') || view.incident.kind;
  return folded(
    view,
    state,
    'kind',
    'Change kind',
    html`<label for="kind">What sort of thing is it?</label>
<select id="kind" name="text">${kinds.filter(({ name }) => name !== 'drill').map(({ name, label, guidance }) => option(name, `${label}: ${guidance.toLowerCase()}`, chosen))}</select>
<button>Change kind</button>`,
  );
}

export function privacyForm(view: RoomView, state: FormState): Html {
  if (!mayHere(view, 'incident.privacy')) return html``;
  const to = view.incident.isPrivate ? 'public' : 'private';
  return folded(
    view,
    state,
    'privacy',
    to === 'private' ? 'Make private' : 'Make public',
    html`<input type="hidden" name="text" value="${to}">
<p>${to === 'private' ? 'Only those who take part will see it.' : 'Everybody in the organisation will see it.'}</p>
<button>${to === 'private' ? 'Make private' : 'Make public'}</button>`,
  );
}

/** One role: what it asks of whoever has it, and who that is to be. */
export function roleForm(view: RoomView, state: FormState, { key, name, instructions, holder }: RoleView): Html {
  const { people, viewer } = view;
  const isOpen = state.draft?.do === 'role' && state.draft.role === key;
  const holds = holder === null || holder.id === viewer.person.id ? 'me' : holder.id;
  const chosen = isOpen ? state.draft.text : holds;
  // Handing on one's own is anybody's.
  const forOthers = mayHere(view, 'role.assign') || holder?.id === viewer.person.id;
  const others = people.filter(({ id }) => id !== viewer.person.id && (forOthers || id === holder?.id));
  return html`<details${isOpen && html` open`}><summary>Change ${name.toLowerCase()}</summary>
<form method="post" action="${action(view)}">${hidden('role', state.id)}<input type="hidden" name="role" value="${key}">
${instructions !== '' && html`<p>${instructions}</p>`}
<label for="role-${key}">Who?</label>
<select id="role-${key}" name="text">${option('me', `${viewer.person.name} (you)`, chosen)}${others.map(({ id, name: called }) => option(id, called, chosen))}${(forOthers || holder === null) && option('nobody', 'Nobody', chosen)}</select>
<button>Change ${name.toLowerCase()}</button></form></details>`;
}

/** Coming and going, and letting others in and out. */
export function participantForms(view: RoomView, state: FormState): Html {
  const { people, viewer } = view;
  const me = people.find(({ id }) => id === viewer.person.id);
  const others = people.filter(({ id }) => id !== viewer.person.id);
  const sent = kept(state, 'remove');
  const forOthers = mayHere(view, 'participant.add');
  return html`${(!me || me.observer) && plainForm(view, state, 'join', 'Take part')}${(!me || !me.observer) && plainForm(view, state, 'watch', 'Watch only')}${me && plainForm(view, state, 'leave', 'Leave')}
${forOthers && lineForm(view, state, 'add', 'Add somebody', 'Their name, as Muster shows it')}
${
  forOthers &&
  view.teams.length > 0 &&
  folded(
    view,
    state,
    'add-team',
    'Add a team',
    html`<label for="team">Which team?</label>
<select id="team" name="text">${view.teams.map((team) => option(team, team, kept(state, 'add-team')))}</select>
<p>${view.incident.isPrivate ? 'Those who are in it now will see this private incident. Whoever joins the team later will not.' : 'Those who are in it now take part. Whoever joins the team later does not.'}</p>
<button>Add the team</button>`,
  )
}
${
  forOthers &&
  others.length > 0 &&
  folded(
    view,
    state,
    'remove',
    'Send somebody out',
    html`<label for="remove">Whom?</label>
<select id="remove" name="text">${others.map(({ id, name }) => option(id, name, sent))}</select>
<button>Send out</button>`,
  )
}`;
}

/** Everything that a chat of the room did not take, or may not have. */
export function sayAgainForm(view: RoomView, state: FormState): Html | false {
  return (
    view.mirrors.some(({ doubtful, refused }) => doubtful.length + refused.length > 0) &&
    plainForm(view, state, 'say-again', 'Say again what is missing')
  );
}

function resolveForm(view: RoomView, state: FormState): Html {
  return folded(
    view,
    state,
    'resolve',
    'Resolve',
    html`<label for="learned">What will not happen again? One sentence, posted in the room and kept.</label>
<textarea id="learned" name="text" rows="2">
${kept(state, 'resolve')}</textarea>
<button>Resolve</button>`,
  );
}

/** The file is the last field: what was said of it has arrived when its bytes begin to. */
export function fileForm(view: RoomView, state: FormState): Html {
  return html`<details><summary>Add a file</summary>
<form method="post" action="${action(view)}/files" enctype="multipart/form-data"><input type="hidden" name="id" value="${state.id}">
<label for="alt">For a picture: what does it show?</label><input type="text" id="alt" name="alt" maxlength="500">
<label for="file">File</label><input type="file" id="file" name="file" required>
<button>Add the file</button></form></details>`;
}

export function messageForm(view: RoomView, state: FormState): Html {
  // The parser drops a line break right after the tag, so one is given to it: a text that begins with one keeps its own.
  return html`<form method="post" action="${action(view)}">${hidden('message', state.id)}
<label for="text">Write to the room</label>
<textarea id="text" name="text" rows="4"${state.draft?.do === 'message' && state.problem !== null && html` aria-invalid="true" aria-describedby="problem"`}>
${kept(state, 'message')}</textarea>
<button class="primary">Send</button> <a class="button" href="${action(view)}#end">Refresh</a>
</form>`;
}
