import { CLOSES, isOpenCategory, kindLabel, kinds, openStatuses, severities } from '#libs/war-room-protocol/vocabulary';
import type { Content, Form } from '@musterhq/chat-port';
import { textContent } from '#libs/rich-text/text-content';
import type { Call, Reply, Verb } from '#src/conversation/conversation.types';
import { tellPeople } from '#src/conversation/conversation.errors';
import { NotAllowed } from '#src/people/people.errors';
import * as errors from './incidents.errors.ts';
import { IncidentNotFound, UnknownKind, UnknownSeverity } from './incidents.errors.ts';
import type { Request } from './incident-changes.ts';
import type { Statuses } from './statuses.service.ts';
import type { Changed, Incidents } from './incidents.service.ts';
import { isSeverity, kindCalled } from './incidents.types.ts';

const oneWord = (given: string): string => given.trim().replace(/\s+/g, '-');

/** Behind a status that closes the incident: it was asked, and is meant. */
const MEANT = /\s+yes$/;

tellPeople(...Object.values(errors), NotAllowed);

const SEVERITY_CHOICE = {
  word: 'severity',
  among: severities.map(({ name, guidance }) => `${name} (${guidance.toLowerCase()})`).join(', '),
};

const KIND_CHOICE = {
  word: 'kind',
  among: kinds
    .filter(({ name }) => name !== 'drill')
    .map(({ label, guidance }) => `${label.toLowerCase()} (${guidance.toLowerCase()})`)
    .join(', '),
};

/** The incident's verbs, the same in every chat, in the war room and over the API. */
export function incidentVerbs(incidents: Incidents, statuses: Statuses): Verb[] {
  return [
    {
      name: 'severity',
      usage: 'severity <sev1, sev2 or sev3> <why>',
      help: `says how bad it is: ${severities.map(({ name, guidance }) => `${name} (${guidance.toLowerCase()})`).join(', ')}.`,
      inRoom: true,
      async run(call) {
        const [word = '', ...why] = call.text.split(/\s+/);
        if (word === '') return asks(`The severity is ${(await incidents.get(call.tx, subject(call))).severity}.`, call, SEVERITY_CHOICE);
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
      // Those that Muster came with: an organisation's own are named where one of them is asked for.
      usage: `status <${openStatuses.slice(0, -1).join(', ')} or ${openStatuses.at(-1)}>`,
      help: 'says where it stands. Alone, it shows it.',
      inRoom: true,
      async run(call) {
        const to = call.text.toLowerCase();
        if (to === '') {
          const { status, category } = await incidents.get(call.tx, subject(call));
          const among = (await statuses.now(call.tx)).choices(category).join(', ');
          return asks(`The status is ${status}.`, call, { word: 'status', among: `${among}; "resolve" ends it` });
        }
        const { category } = await incidents.get(call.tx, subject(call));
        const table = await statuses.now(call.tx);
        const isMeant = MEANT.test(to) && table.within('canceled').includes(oneWord(to.replace(MEANT, '')));
        // People say "waiting for vendor", and the status is one word.
        const word = oneWord(isMeant ? to.replace(MEANT, '') : to);
        const status = table.choices(category).includes(word) ? word : to;
        if (!isMeant && isOpenCategory(category) && table.within('canceled').includes(status)) {
          const how = `Write ${call.prefix}status ${status} yes to close it, or ${call.prefix}resolve and one sentence.`;
          return { say: textContent(`${CLOSES} ${how}`), seq: null };
        }
        const changed = await incidents.changeStatus(call.tx, subject(call), status, call.by, call.requestId);
        return reply(changed, `${(await incidents.opened(call.tx, changed)) ? 'Reopened: the' : 'The'} status is ${status}.`);
      },
    },
    {
      name: 'reopen',
      usage: 'reopen',
      help: 'goes on with what was thought to be over.',
      inRoom: true,
      run: async (call) => reply(await incidents.reopen(call.tx, requestOf(call)), 'It is open again.'),
    },
    {
      name: 'rename',
      usage: 'rename <what is broken>',
      help: 'gives the incident a better title.',
      inRoom: true,
      run: async (call) => reply(await incidents.rename(call.tx, requestOf(call), call.text), 'Renamed.'),
    },
    {
      name: 'kind',
      usage: 'kind <standard, near-miss, planned, retrospective or test>',
      help: 'says what sort of thing it is. Alone, it shows it.',
      inRoom: true,
      async run(call) {
        if (call.text === '') return asks(`It is: ${kindLabel((await incidents.get(call.tx, subject(call))).kind)}.`, call, KIND_CHOICE);
        const to = kindCalled(call.text);
        if (to === null) throw new UnknownKind(call.text);
        return reply(await incidents.changeKind(call.tx, requestOf(call), to), `The kind is ${kindLabel(to).toLowerCase()}.`);
      },
    },
    {
      name: 'summary',
      usage: 'summary <what is known>',
      help: 'says in a few sentences what is known.',
      inRoom: true,
      async run(call) {
        if (call.text === '') {
          const { summary } = await incidents.get(call.tx, subject(call));
          return { say: textContent(summary ?? `There is no summary yet. Write ${call.prefix}summary and what is known.`), seq: null };
        }
        return reply(await incidents.summarise(call.tx, requestOf(call), call.text), 'The summary is changed.');
      },
    },
    {
      name: 'resolve',
      usage: 'resolve <one sentence: what will not happen again>',
      help: 'ends it.',
      inRoom: true,
      form: (text) => (text === '' ? resolveForm : null),
      async run(call) {
        const learned = call.text || (call.values['learned']?.[0] ?? '');
        return reply(await incidents.resolve(call.tx, subject(call), learned, call.by, call.requestId), 'Resolved. Thank you.');
      },
    },
  ];
}

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

/** The call as a request about the incident whose room it was made in. @throws IncidentNotFound */
export const requestOf = (call: Call): Request => ({ id: subject(call), by: call.by, requestId: call.requestId });

/** Nothing was chosen: what it is now, and what can be chosen. Changes nothing. */
function asks(now: string, { prefix }: Call, { word, among }: { word: string; among: string }): Reply {
  return { say: textContent(`${now} To change it, write ${prefix}${word} and one of these. Choose ${among}.`), seq: null };
}

function subject({ incidentId }: Call): string {
  if (incidentId === null) throw new IncidentNotFound('here');
  return incidentId;
}

export function reply({ seq }: Changed, done: string): Reply {
  const say: Content = textContent(seq === null ? `Nothing to change. ${done}` : done);
  return { say, seq };
}
