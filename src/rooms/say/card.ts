import type { Action, Block, Content } from '@musterhq/chat-port';
import { isOpenCategory, severities } from '#libs/war-room-protocol/vocabulary';
import type { Category } from '#src/incidents/incidents.types';

export interface CardFacts {
  readonly reference: string;
  readonly title: string;
  readonly summary: string | null;
  readonly severity: string;
  readonly status: string;
  readonly category: Category;
  readonly lead: string | null;
  readonly learned: string | null;
}

/** The incident at a glance, kept up to date in place in each chat. */
export function card(facts: CardFacts, warRoom: string): Content {
  const label = severities.find(({ name }) => name === facts.severity)?.label ?? '';
  const blocks: Block[] = [{ t: 'h', level: 2, c: [text(`${facts.reference} ${facts.title}`)] }];
  if (facts.summary) blocks.push({ t: 'p', c: [text(facts.summary)] });
  blocks.push({
    t: 'facts',
    rows: [
      { label: 'Severity', c: [text(`${facts.severity} ${label}`)] },
      { label: 'Status', c: [text(facts.status)] },
      { label: 'Lead', c: [text(facts.lead ?? 'nobody yet')] },
    ],
  });
  if (facts.learned) blocks.push({ t: 'quote', c: [text(`What will not happen again: ${facts.learned}`)] });
  blocks.push({ t: 'actions', items: actions(facts, warRoom) });
  return { blocks, summary: `${facts.reference} ${facts.severity} ${facts.title}: ${facts.status}` };
}

function actions(facts: CardFacts, warRoom: string): Action[] {
  const open: Action = { t: 'open', label: 'Open the war room', href: warRoom };
  if (facts.lead || !isOpenCategory(facts.category)) return [open];
  return [{ t: 'button', id: 'lead', label: 'Take the lead', value: 'me', tone: 'primary' }, open];
}

const text = (v: string) => ({ t: 'text', v }) as const;
