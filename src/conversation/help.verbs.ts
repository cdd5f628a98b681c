import type { Block, Content } from '@musterhq/chat-port';
import type { Verb } from './conversation.types.ts';
import type { Verbs } from './verbs.service.ts';

/** What can be written here, in the words that work here, what is most needed first. */
export function helpVerb(verbs: Verbs): Verb {
  return {
    name: 'help',
    usage: 'help',
    help: 'shows what can be written.',
    inRoom: false,
    late: 'answer',
    run({ incidentId, prefix }) {
      const inRoom = verbs.all().filter((verb) => verb.inRoom);
      const anywhere = verbs.all().filter((verb) => !verb.inRoom);
      const groups = incidentId === null ? [] : group('This incident. Replace what stands in <>:', inRoom, prefix);
      const blocks = [...groups, ...group(incidentId === null ? 'Replace what stands in <>:' : 'Anywhere:', anywhere, prefix)];
      return Promise.resolve({ say: { blocks, summary: 'What you can write here' } satisfies Content, seq: null });
    },
  };
}

function group(title: string, verbs: readonly Verb[], prefix: string): Block[] {
  const items = verbs.map(({ usage, help }): Block[] => [
    {
      t: 'p',
      c: [
        { t: 'code', v: `${prefix}${usage}` },
        { t: 'text', v: ` ${help}` },
      ],
    },
  ]);
  return [
    { t: 'p', c: [{ t: 'strong', c: [{ t: 'text', v: title }] }] },
    { t: 'list', ordered: false, items },
  ];
}
