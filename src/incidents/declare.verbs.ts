import { severities } from '#libs/war-room-protocol/vocabulary';
import type { Content, Form, Inline } from '@musterhq/chat-port';
import { FormInvalid } from '#src/conversation/conversation.errors';
import type { Call, Verb } from '#src/conversation/conversation.types';
import type { Declaring } from './declaring.service.ts';
import { UnknownSeverity } from './incidents.errors.ts';
import { type Severity, isSeverity } from './incidents.types.ts';

/** Declaring, from a line or from a form of three fields. */
export function declareVerb(declaring: Declaring, roomUrl: (reference: string) => string): Verb {
  return {
    name: 'declare',
    aliases: ['new'],
    usage: 'declare <what is broken>',
    help: 'declares a new incident. "new" is the same.',
    inRoom: false,
    form: (text) => (text === '' ? declareForm : null),
    async run(call) {
      const ask = call.text ? { title: call.text } : fromForm(call.values);
      const incident = await declaring.declare(call.tx, ask, call.by, call.requestId);
      return { say: declared(incident.reference, roomUrl(incident.reference)), seq: null, incidentId: incident.id };
    },
  };
}

const declareForm: Form = {
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
      options: severities.map(({ name, label, guidance }) => ({ value: name, label: `${name} ${label}: ${guidance.toLowerCase()}` })),
    },
    { id: 'summary', label: 'What do you know so far?', t: 'text', max: 3_000 },
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

/** The address as a link: chats do not make one of what an app says. */
function declared(reference: string, url: string): Content {
  const before = `${reference} is declared. Its room: `;
  const link: Inline = { t: 'link', href: url, c: [{ t: 'text', v: url }] };
  return { summary: `${before}${url}`, blocks: [{ t: 'p', c: [{ t: 'text', v: before }, link] }] };
}
