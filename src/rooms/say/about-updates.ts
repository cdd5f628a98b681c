import type { Action, Block, Content, Inline } from '@musterhq/chat-port';
import { fromMarkdown } from '#libs/rich-text/from-markdown';
import { summarise } from '#libs/rich-text/summarise';
import { UPDATE } from '#libs/war-room-protocol/waiting';
import type { LoggedEvent } from '#src/platform/log/event.types';
import { isUpdateEvent, type NudgeGiven, type UpdateShared } from '#src/updates/updates.events';

/** What a chat's room is told of updates, of what Muster asks for, and of the answers; null for anything else. */
export function updateLine(event: LoggedEvent, by: string): Content | null {
  if (isUpdateEvent(event, 'update.shared')) return update(event.data, by);
  if (isUpdateEvent(event, 'nudge.given')) return nudge(event.data, event.id);
  if (isUpdateEvent(event, 'nudge.snoozed'))
    return content(p(text(`${by} put off the ${nameOf(event.data.about)}. Muster asks again at `), clock(event.data.until)));
  if (isUpdateEvent(event, 'nudge.skipped')) return content(p(text(`${by} let the ${nameOf(event.data.about)} pass this time`)));
  return null;
}

function update({ text: told, severity, status, nextUpdateBy }: UpdateShared, by: string): Content {
  const facts = [severity, status].filter((fact) => fact !== undefined).join(', ');
  const next = nextUpdateBy === undefined ? [] : [text(`${facts ? '. ' : ''}Next update by `), clock(nextUpdateBy)];
  const last = facts || next.length > 0 ? [p(text(facts), ...next)] : [];
  return content({ t: 'p', c: [{ t: 'strong', c: [text(`Update by ${by}`)] }] }, ...(told ? fromMarkdown(told).blocks : []), ...last);
}

/** Asked with what answers it: doing it, later, or not this time. */
function nudge({ about, dueAt, to }: NudgeGiven, nudgeId: string): Content {
  const asked =
    about === UPDATE
      ? p(text(to ? `@${to.name}, an update was due at ` : 'An update was due at '), clock(dueAt), text('. Where does it stand?'))
      : p(text(`Nobody has taken the ${about}. Who does?`));
  const act: Action =
    about === UPDATE
      ? { t: 'button', id: 'update', label: 'Update', tone: 'primary', opensForm: true }
      : { t: 'button', id: about, label: `Take the ${about}`, value: 'me', tone: 'primary' };
  const items: Action[] = [
    act,
    { t: 'button', id: 'snooze', label: 'Snooze 10 min', value: nudgeId },
    { t: 'button', id: 'skip', label: 'Skip', value: nudgeId },
  ];
  return { ...content(asked, { t: 'actions', items }), summary: summarise([asked]) };
}

const nameOf = (about: string): string => (about === UPDATE ? 'next update' : `question who takes the ${about}`);

const content = (...blocks: Block[]): Content => ({ blocks, summary: summarise(blocks) });
const p = (...c: Inline[]): Block => ({ t: 'p', c });
const text = (v: string): Inline => ({ t: 'text', v });
const clock = (iso: string): Inline => ({ t: 'time', at: Date.parse(iso), style: 'clock' });
