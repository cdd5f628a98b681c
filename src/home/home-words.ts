import type { Block, Content, Inline, RoomRef } from '@musterhq/chat-port';

/** An incident that goes on, as one person sees it. */
export interface Running {
  readonly reference: string;
  readonly title: string;
  readonly severity: string;
  readonly status: string;
  readonly lead: string | null;
  readonly warRoom: string;
  /** Its room in the chat where this is read. */
  readonly room: RoomRef | null;
  /** They lead it, and the next update was due then. */
  readonly overdueSince: string | null;
  /** They take part, and nobody leads it. */
  readonly needsLead: boolean;
}

/** What a person finds on Muster's page in their chat: what waits for them, then what goes on. */
export function homePage(running: readonly Running[], more: number, all: string): Content {
  const waiting = running.flatMap(waits);
  const blocks: Block[] = [
    { t: 'actions', items: [{ t: 'button', id: 'declare', label: 'Declare an incident', tone: 'primary', opensForm: true }] },
    heading('What waits for you'),
    ...(waiting.length === 0 ? [p(text('Nothing.'))] : waiting),
    heading('What goes on'),
    ...(running.length === 0 ? [p(text('No incident goes on that you may see.'))] : running.map(row)),
    p(
      ...(more > 0 ? [text(`And ${more} more. `)] : []),
      link(all, 'All incidents'),
      text(' are in the war room. This page is as it was when you opened it.'),
    ),
  ];
  return { blocks, summary: 'Incidents' };
}

function waits({ reference, title, warRoom, overdueSince, needsLead }: Running): Block[] {
  const incident = link(warRoom, `${reference} ${title}`);
  return [
    ...(overdueSince === null ? [] : [p(incident, text(': an update was due at '), clock(overdueSince), text('.'))]),
    ...(needsLead ? [p(incident, text(': nobody leads it. Who does?'))] : []),
  ];
}

function row({ reference, title, severity, status, lead, warRoom, room }: Running): Block {
  const where: Inline[] = room === null ? [] : [text(' · '), { t: 'room', ref: room }];
  return p(
    strong(link(warRoom, `${reference} ${title}`)),
    text(` · ${severity}, ${status} · ${lead ? `led by ${lead}` : 'nobody leads it'}`),
    ...where,
  );
}

const heading = (v: string): Block => ({ t: 'h', level: 2, c: [text(v)] });
const p = (...c: Inline[]): Block => ({ t: 'p', c });
const text = (v: string): Inline => ({ t: 'text', v });
const strong = (...c: Inline[]): Inline => ({ t: 'strong', c });
const link = (href: string, v: string): Inline => ({ t: 'link', href, c: [text(v)] });
const clock = (iso: string): Inline => ({ t: 'time', at: Date.parse(iso), style: 'clock' });
