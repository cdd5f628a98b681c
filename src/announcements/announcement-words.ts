import type { Block, Content, Inline } from '@musterhq/chat-port';
import { fromMarkdown } from '#libs/rich-text/from-markdown';
import { textContent } from '#libs/rich-text/text-content';
import type { Audience } from '#libs/war-room-protocol/announcements';
import { isOpenCategory, kindLabel, severities } from '#libs/war-room-protocol/vocabulary';
import type { Category, Kind, Severity } from '#src/incidents/incidents.types';

/** Where people write about it in a chat. */
export interface Room {
  readonly instance: string;
  readonly tenant: string;
  readonly room: string;
  readonly name: string;
  readonly surface: string;
  readonly permalink: string | null;
  /** In the workspace in which the post stands. */
  readonly isHere: boolean;
}

export interface AnnouncedFacts {
  readonly reference: string;
  readonly title: string;
  readonly summary: string | null;
  readonly severity: Severity;
  readonly status: string;
  readonly category: Category;
  readonly kind: Kind;
  readonly learned: string | null;
  readonly lead: string | null;
  readonly rooms: readonly Room[];
  readonly warRoom: string;
  /** What was told last, and when. */
  readonly update: { readonly text: string; readonly at: string } | null;
  readonly nextUpdateBy: string | null;
}

/** An incident for those who take no part in it: kept up to date in place. */
export function announcement(audience: Audience, facts: AnnouncedFacts): Content {
  const { reference, title, severity, status } = facts;
  const blocks: Block[] = [
    { t: 'h', level: 2, c: [text(`${reference} ${title}`)] },
    ...(audience === 'support' ? whatCustomersSee(facts) : known(facts)),
    { t: 'facts', rows: rowsOf(facts) },
    ...lastUpdate(facts),
    ...ending(facts),
    whereToWrite(audience, facts),
    { t: 'actions', items: [{ t: 'open', label: 'Open the war room', href: facts.warRoom }] },
  ];
  return { blocks, summary: `${reference} ${severity} ${title}: ${status}` };
}

/** In place of what must not, or need not, be shown any more. It names nothing. */
export const farewell = (isPrivate: boolean): Content =>
  textContent(
    isPrivate ? 'This incident is private now, and is not shown here any more.' : 'This incident is not announced here any more.',
  );

/** Said by itself, so that nobody has to look at the post to learn it. */
export function overOrAgain(
  isOver: boolean,
  { reference, title, learned }: Pick<AnnouncedFacts, 'reference' | 'title' | 'learned'>,
): Content {
  if (!isOver) return textContent(`${reference} ${title} goes on again. The post above says where it stands.`);
  return textContent(`${reference} ${title} is over.${learned ? ` What will not happen again: ${learned}` : ''}`);
}

const guidanceOf = (severity: Severity): string => severities.find(({ name }) => name === severity)?.guidance ?? '';

const known = ({ summary }: AnnouncedFacts): Block[] => (summary ? [p(text(summary))] : []);

/** Nobody may have written it down yet: then it says so, for support asks that first. */
const whatCustomersSee = ({ summary, title, severity, reference }: AnnouncedFacts): Block[] => [
  p(
    strong('What customers see: '),
    text(
      summary ??
        `${title} (${guidanceOf(severity).toLowerCase()}). Nobody has written more yet: it stands here once ${reference} has a summary.`,
    ),
  ),
];

function rowsOf({ severity, status, kind, lead, nextUpdateBy, category }: AnnouncedFacts): { label: string; c: Inline[] }[] {
  const label = severities.find(({ name }) => name === severity)?.label ?? '';
  return [
    { label: 'Severity', c: [text(`${severity} ${label}`)] },
    { label: 'Status', c: [text(status)] },
    { label: 'Lead', c: [text(lead ?? 'nobody yet')] },
    ...(kind === 'standard' ? [] : [{ label: 'Kind', c: [text(kindLabel(kind).toLowerCase())] }]),
    ...(nextUpdateBy !== null && isOpenCategory(category) ? [{ label: 'Next update', c: [clock(nextUpdateBy)] }] : []),
  ];
}

const lastUpdate = ({ update }: AnnouncedFacts): Block[] =>
  update === null ? [] : [p(strong('Latest update, '), clock(update.at)), ...fromMarkdown(update.text).blocks];

function ending({ category, learned }: AnnouncedFacts): Block[] {
  if (isOpenCategory(category)) return [];
  return [p(strong('It is over.'), text(learned ? ` What will not happen again: ${learned}` : ''))];
}

/** The thread beneath the post is read: nobody has to leave it. */
function whereToWrite(audience: Audience, { rooms, warRoom, category }: AnnouncedFacts): Block {
  const theWarRoom: Inline = { t: 'link', href: warRoom, c: [text('the war room')] };
  if (!isOpenCategory(category)) return p(text('What happened stands in '), theWarRoom, text('.'));
  const whom = audience === 'support' ? 'Questions, and what customers tell you' : 'Seen something';
  const others = rooms.flatMap((room) => [roomLink(room), text(' or ')]);
  return p(text(`${whom}? Answer this post: it is read in the incident. People work on it in `), ...others, theWarRoom, text('.'));
}

function roomLink({ isHere, instance, tenant, room, name, surface, permalink }: Room): Inline {
  if (isHere) return { t: 'room', ref: { adapter: instance, tenant, room } };
  const words = text(`${name} (${surface})`);
  return permalink === null ? words : { t: 'link', href: permalink, c: [words] };
}

const p = (...c: Inline[]): Block => ({ t: 'p', c });
const text = (v: string): Inline => ({ t: 'text', v });
const strong = (v: string): Inline => ({ t: 'strong', c: [text(v)] });
const clock = (iso: string): Inline => ({ t: 'time', at: Date.parse(iso), style: 'clock' });
