import type { Content, Form } from '@musterhq/chat-port';
import { textContent } from '#libs/rich-text/text-content';
import { minutesOffered } from '#libs/war-room-protocol/updates';
import { limits, severities } from '#libs/war-room-protocol/vocabulary';
import { FormInvalid, NoIncidentHere, tellPeople } from '#src/conversation/conversation.errors';
import type { Call, Reply, Verb } from '#src/conversation/conversation.types';
import { UnknownSeverity } from '#src/incidents/incidents.errors';
import type { Request } from '#src/incidents/incidents.service';
import type { Statuses } from '#src/incidents/statuses.service';
import { isSeverity } from '#src/incidents/incidents.types';
import { IdUsedBefore } from '#src/platform/log/done-before';
import { isUuid } from '#src/platform/words/is-uuid';
import { mustBeMinutes } from './must-be-minutes.ts';
import type { Answered, Nudges } from './nudges.service.ts';
import * as errors from './updates.errors.ts';
import type { ToShare, Updates } from './updates.service.ts';

tellPeople(...Object.values(errors), IdUsedBefore);

/** Telling where it stands and answering a nudge, the same in every chat, in the war room and over the API. */
export function updateVerbs(updates: Updates, nudges: Nudges, statuses: Statuses): Verb[] {
  return [
    {
      name: 'update',
      usage: 'update <where it stands>',
      help: 'shares an update. In a chat, alone, it opens a form that also takes severity, status and when the next one comes.',
      inRoom: true,
      form: async (text, incidentId) => (text === '' ? updateForm(await statuses.choicesIn(incidentId)) : null),
      async run(call) {
        const seq = await updates.share(call.tx, requestOf(call), call.text === '' ? fromForm(call.values) : { text: call.text });
        return { say: textContent('The update is shared.'), seq };
      },
    },
    {
      name: 'snooze',
      usage: 'snooze <minutes>',
      help: 'puts off what Muster asks for. Alone, by ten minutes.',
      inRoom: true,
      late: 'tell',
      async run(call) {
        const { nudgeId, minutes } = putOff(call.text);
        return answered(await nudges.snooze(call.tx, requestOf(call), nudgeId, minutes));
      },
    },
    {
      name: 'skip',
      usage: 'skip',
      help: 'lets pass, this time, what Muster asks for.',
      inRoom: true,
      late: 'tell',
      run: async (call) => answered(await nudges.skip(call.tx, requestOf(call), isUuid(call.text) ? call.text : undefined)),
    },
  ];
}

/** The choice that changes nothing: a chat wants each to have a value. */
const AS_IS = 'as-is';
/** What a chat shows at once; the others can be written. */
const MOST_OPTIONS = 100;

const updateForm = (statuses: readonly string[]): Form => ({
  id: 'update',
  title: 'Share an update',
  submit: 'Share',
  fields: [
    { id: 'text', label: 'Where does it stand?', t: 'text', max: limits.updateChars, hint: 'What is known, what is being done.' },
    {
      id: 'severity',
      label: 'How bad is it?',
      t: 'choice',
      value: [AS_IS],
      options: [
        { value: AS_IS, label: 'As before' },
        ...severities.map(({ name, label, guidance }) => ({ value: name, label: `${name} ${label}: ${guidance.toLowerCase()}` })),
      ],
    },
    {
      id: 'status',
      label: 'Status',
      t: 'choice',
      value: [AS_IS],
      options: [
        { value: AS_IS, label: 'As before' },
        ...statuses.slice(0, MOST_OPTIONS - 1).map((status) => ({ value: status, label: status })),
      ],
    },
    {
      id: 'next',
      label: 'When does the next one come?',
      t: 'choice',
      value: [AS_IS],
      options: [
        { value: AS_IS, label: 'Not promised: Muster asks for it' },
        ...minutesOffered.map((minutes) => ({ value: String(minutes), label: `In ${minutes} minutes` })),
      ],
    },
  ],
});

function fromForm(values: Call['values']): ToShare {
  const chosen = (field: string): string | undefined => {
    const value = values[field]?.[0]?.trim();
    return value === '' || value === AS_IS ? undefined : value;
  };
  const [text, severity, status, next] = [chosen('text'), chosen('severity'), chosen('status'), chosen('next')];
  if (severity !== undefined && !isSeverity(severity)) throw new UnknownSeverity(severity);
  if (text && text.length > limits.updateChars) throw new FormInvalid({ text: `Say it in at most ${limits.updateChars} characters.` });
  return { text, severity, status, nextUpdateIn: next === undefined ? undefined : minutesOf(next) };
}

/** A button says which nudge it stands under; a person says how long. */
function putOff(text: string): { nudgeId?: string; minutes?: number } {
  if (text === '') return {};
  return isUuid(text) ? { nudgeId: text } : { minutes: minutesOf(text.replace(/\s*min(ute)?s?\.?$/i, '')) };
}

/** @throws MinutesNotUsable */
function minutesOf(text: string): number {
  const minutes = Number(text);
  mustBeMinutes(minutes, text);
  return minutes;
}

function answered({ seq, until }: Answered): Reply {
  if (seq === null && until === null) return { say: textContent('Nothing waits for that any more. Nothing was changed.'), seq };
  const before = seq === null ? 'Nothing to change: Muster does not ask before ' : 'Muster asks again ';
  if (until === null) return { say: textContent('Answered. Muster asks again when the next nudge is due.'), seq };
  return { say: at(seq === null ? before : `${before}at `, until), seq };
}

function at(words: string, moment: Date): Content {
  const clock = `${moment.toISOString().slice(11, 16)} UTC`;
  const blocks: Content['blocks'] = [
    {
      t: 'p',
      c: [
        { t: 'text', v: words },
        { t: 'time', at: moment.getTime(), style: 'clock' },
        { t: 'text', v: '.' },
      ],
    },
  ];
  return { blocks, summary: `${words}${clock}.` };
}

/** @throws NoIncidentHere */
function requestOf({ incidentId, by, requestId, text }: Call): Request {
  if (incidentId === null) throw new NoIncidentHere('update', `update ${text}`);
  return { id: incidentId, by, requestId };
}
