import { minutesOffered, nudgeWords } from '#libs/war-room-protocol/updates';
import { isOpenCategory, severities } from '#libs/war-room-protocol/vocabulary';
import { type Html, html } from '#src/platform/http/pages/html';
import { clock } from '../times.ts';
import { action, folded, type FormState, hidden, kept, option, stayingOpen } from './forms.ts';
import type { RoomView } from './room-view.ts';

/** Where it stands, all in one form; of what is over, resolving has told it. */
export function updateForm(view: RoomView, state: FormState): Html {
  if (!isOpenCategory(view.incident.category)) return html``;
  const { severity = '', status = '', next = '' } = state.draft?.do === 'update' ? state.draft : {};
  return folded(
    view,
    state,
    'update',
    'Share an update',
    html`<label for="update">Where does it stand?</label>
<textarea id="update" name="text" rows="3">
${kept(state, 'update')}</textarea>
<label for="update-severity">How bad is it?</label>
<select id="update-severity" name="severity">${option('', 'As before', severity)}${severities.map(({ name, label }) => option(name, `${name} ${label}`, severity))}</select>
<label for="update-status">Status</label>
<select id="update-status" name="status">${option('', 'As before', status)}${stayingOpen(view).map((name) => option(name, name, status))}</select>
<label for="next">When does the next one come?</label>
<select id="next" name="next">${option('', 'Not promised: Muster asks for it', next)}${minutesOffered.map(String).map((minutes) => option(minutes, `In ${minutes} minutes`, next))}</select>
<button>Share the update</button>`,
  );
}

/** What Muster asks for, with the two answers that are no deed. */
export function nudgeForms(view: RoomView, state: FormState): Html {
  const asked = view.waiting.waits.flatMap(({ about, nudge, askedFor }) =>
    nudge !== null && askedFor !== null ? [{ about, nudge, dueAt: askedFor }] : [],
  );
  return html`${asked.map(
    (one) => html`<p class="trouble">${nudgeWords(one, clock)}</p>
${answer(view, state, 'snooze', one.nudge, 'Snooze 10 min')}${answer(view, state, 'skip', one.nudge, 'Skip')}`,
  )}`;
}

const answer = (view: RoomView, state: FormState, kind: 'snooze' | 'skip', nudge: string, name: string): Html =>
  html`<form method="post" action="${action(view)}">${hidden(kind, state.id)}<input type="hidden" name="text" value="${nudge}"><button>${name}</button></form>`;
