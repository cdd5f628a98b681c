import type { Content, Form, Inline } from '@musterhq/chat-port';
import { textContent } from '#libs/rich-text/text-content';
import type { Call, Reply, Verb } from '#src/conversation/conversation.types';
import { FormInvalid, tellPeople } from '#src/conversation/conversation.errors';
import { rows } from '#src/platform/database/database';
import type { ActorFact } from '#src/platform/log/event.types';
import * as errors from './incidents.errors.ts';
import { IncidentNotFound, PersonUnknown, UnknownSeverity, UnknownStatus } from './incidents.errors.ts';
import { isStatus } from './incident-states.ts';
import type { Changed, Incidents } from './incidents.service.ts';
import { type Severity, SEVERITIES, isSeverity } from './incidents.types.ts';

tellPeople(...Object.values(errors));

/** The incident's verbs, the same in every chat, in the war room and over the API. */
export function incidentVerbs(incidents: Incidents, roomUrl: (reference: string) => string): Verb[] {
  return [
    {
      name: 'declare',
      usage: 'declare What is broken',
      help: 'declare an incident; only a title is needed',
      inRoom: false,
      form: (text) => (text === '' ? declareForm : null),
      async run(call) {
        const ask = call.text ? { title: call.text } : fromForm(call.values);
        const incident = await incidents.declare(call.tx, ask, call.by, call.requestId);
        return { say: declared(incident.reference, roomUrl(incident.reference)), seq: null };
      },
    },
    {
      name: 'severity',
      usage: 'severity sev1 why',
      help: `how bad it is: ${SEVERITIES.map(({ name, guidance }) => `${name} (${guidance.toLowerCase()})`).join(', ')}`,
      inRoom: true,
      async run(call) {
        const [word = '', ...why] = call.text.split(/\s+/);
        const to = word.toUpperCase();
        if (!isSeverity(to)) throw new UnknownSeverity(word);
        return reply(
          await incidents.changeSeverity(call.tx, subject(call), to, call.by, call.requestId, why.join(' ')),
          `The severity is ${to}.`,
        );
      },
    },
    {
      name: 'status',
      usage: 'status identified',
      help: 'where it stands: investigating, identified, fixing or monitoring',
      inRoom: true,
      async run(call) {
        const to = call.text.toLowerCase();
        if (!isStatus(to)) throw new UnknownStatus(call.text);
        return reply(await incidents.changeStatus(call.tx, subject(call), to, call.by, call.requestId), `The status is ${to}.`);
      },
    },
    {
      name: 'lead',
      usage: 'lead me',
      help: 'take the lead, hand it to somebody by name, or "lead nobody"',
      inRoom: true,
      async run(call) {
        const to = await whoLeads(call);
        const changed = await incidents.changeLead(call.tx, subject(call), to, call.by, call.requestId);
        return reply(changed, to ? `${to.id === call.by.person.id ? 'You lead' : `${to.name} leads`} now.` : 'Nobody leads now.');
      },
    },
    {
      name: 'resolve',
      usage: 'resolve What will not happen again',
      help: 'end it, with one sentence: what will not happen again?',
      inRoom: true,
      form: (text) => (text === '' ? resolveForm : null),
      async run(call) {
        const learned = call.text || (call.values['learned']?.[0] ?? '');
        return reply(await incidents.resolve(call.tx, subject(call), learned, call.by, call.requestId), 'Resolved. Thank you.');
      },
    },
  ];
}

export const declareForm: Form = {
  id: 'declare',
  title: 'Declare an incident',
  submit: 'Declare',
  fields: [
    {
      id: 'title',
      label: 'What is broken?',
      required: true,
      t: 'line',
      max: 200,
      hint: 'A few words are enough. Everything can be changed later.',
    },
    {
      id: 'severity',
      label: 'How bad is it?',
      t: 'choice',
      value: ['SEV3'],
      options: SEVERITIES.map(({ name, label, guidance }) => ({ value: name, label: `${name} ${label}: ${guidance.toLowerCase()}` })),
    },
    { id: 'summary', label: 'What do you know so far?', t: 'text', max: 3_000 },
  ],
};

const resolveForm: Form = {
  id: 'resolve',
  title: 'Resolve the incident',
  submit: 'Resolve',
  fields: [
    {
      id: 'learned',
      label: 'What will not happen again?',
      required: true,
      t: 'text',
      max: 1_000,
      hint: 'One sentence. It is posted in the room and kept.',
    },
  ],
};

function fromForm(values: Call['values']): { title: string; severity: Severity; summary?: string } {
  const title = values['title']?.[0]?.trim() ?? '';
  const severity = values['severity']?.[0] ?? 'SEV3';
  const summary = values['summary']?.[0]?.trim();
  if (title === '' || title.length > 200) throw new FormInvalid({ title: 'Say what is broken in 1 to 200 characters.' });
  if (!isSeverity(severity)) throw new UnknownSeverity(severity);
  return { title, severity, ...(summary ? { summary } : {}) };
}

/** "me", "nobody", or the name of somebody who takes part, as the room shows it. */
async function whoLeads(call: Call): Promise<ActorFact | null> {
  const name = call.text.replace(/^@/, '').trim().toLowerCase();
  if (name === 'me' || name === '') return call.by.person;
  if (name === 'nobody') return null;
  const found = await rows<ActorFact>(
    call.tx,
    `select p.id, p.name from person p join participant t on t.person_id = p.id where t.incident_id = $1 and lower(p.name) = $2`,
    [subject(call), name],
  );
  if (found.length !== 1 || !found[0]) throw new PersonUnknown(call.text);
  return found[0];
}

/** The address as a link: chats do not make one of what an app says. */
function declared(reference: string, url: string): Content {
  const before = `${reference} is declared. Its room: `;
  const link: Inline = { t: 'link', href: url, c: [{ t: 'text', v: url }] };
  return { summary: `${before}${url}`, blocks: [{ t: 'p', c: [{ t: 'text', v: before }, link] }] };
}

function subject({ incidentId }: Call): string {
  if (incidentId === null) throw new IncidentNotFound('here');
  return incidentId;
}

function reply({ seq }: Changed, done: string): Reply {
  const say: Content = textContent(seq === null ? `Nothing to change. ${done}` : done);
  return { say, seq };
}
