import type { Block, Content, Inline } from '@musterhq/chat-port';
import { summarise } from '#libs/rich-text/summarise';
import type { Call, Verb } from '#src/conversation/conversation.types';
import { openIncidents } from './open-incidents.queries.ts';

/** Muster's name alone, anywhere but in an incident's room: what goes on, and how to declare. */
export function whatGoesOnVerb(roomUrl: (reference: string) => string): Verb {
  return {
    name: 'what-goes-on',
    usage: 'what-goes-on',
    help: 'shows the incidents that go on and that you may see.',
    inRoom: false,
    late: 'answer',
    forThemAlone: true,
    async run(call) {
      const open = await openIncidents(call.tx, call.by.person, call.by.via.id);
      const items = open.map(({ reference, title }): Block[] => [
        p({ t: 'link', href: roomUrl(reference), c: [text(`${reference} ${title}`)] }),
      ]);
      const blocks: Block[] =
        items.length === 0
          ? [p(text('No incident goes on that you may see.'))]
          : [p(text('What goes on, the latest first:')), { t: 'list', ordered: false, items }];
      return { say: { blocks: [...blocks, declaring(call)], summary: summarise(blocks) } satisfies Content, seq: null };
    },
  };
}

const declaring = ({ buttons, prefix }: Call): Block =>
  buttons
    ? { t: 'actions', items: [{ t: 'button', id: 'declare', label: 'Declare an incident', tone: 'primary', opensForm: true }] }
    : p({ t: 'code', v: `${prefix}declare <what is broken>` }, text(' declares one.'));

const text = (v: string): Inline => ({ t: 'text', v });
const p = (...c: Inline[]): Block => ({ t: 'p', c });
