import * as z from 'zod/mini';
import { person, severityName, statusName } from './vocabulary.ts';

const said = z.object({ at: z.string(), by: z.nullable(person), text: z.string() });

/** What whoever takes over a role has to know, as the room's log told it at that moment. Times are ISO 8601, UTC. */
export const handOverCard = z.object({
  title: z.string(),
  summary: z.optional(z.string()),
  /** When it was declared. */
  since: z.string(),
  severity: severityName,
  status: statusName,
  /** Who has which other role. */
  roles: z.array(z.object({ name: z.string(), person })),
  /** The last one. */
  update: z.optional(said),
  /** When the next one is due, where one is waited for. */
  nextUpdate: z.optional(z.string()),
  /** What Muster asked for and nobody answered: "update", or the key of a role. */
  asked: z.array(z.string()),
  /** What people added to the timeline, the newest at most. */
  entries: z.array(said),
  /** How many messages stand there. Their words do not stand here: whoever deletes a message means all of it. */
  pinned: z.number(),
});
export type HandOverCard = z.infer<typeof handOverCard>;

/** Words, and times that each surface writes as its readers want them. */
export type Words = readonly (string | { readonly at: string })[];

/** The card as every surface shows it: what it is about, and what is to be known of that. */
export function handOverRows(card: HandOverCard): readonly { readonly name: string; readonly words: Words }[] {
  const row = (name: string, ...words: Words): { name: string; words: Words } => ({ name, words });
  const told = ({ at, by, text }: z.infer<typeof said>): Words => [{ at }, `${by ? ` ${by.name}` : ''}: ${text}`];
  return [
    row('What', `${card.title}, since `, { at: card.since }),
    ...(card.summary ? [row('Known', card.summary)] : []),
    row('Severity', card.severity),
    row('Status', card.status),
    ...card.roles.map(({ name, person: { name: who } }) => row(name, who)),
    row('Last update', ...(card.update ? told(card.update) : ['none yet'])),
    ...(card.nextUpdate ? [row('Next update', 'due at ', { at: card.nextUpdate })] : []),
    ...card.asked.map((about) => row('Unanswered', about === 'update' ? 'an update was asked for' : `nobody has taken the ${about}`)),
    ...card.entries.map((one) => row('Timeline', ...told(one))),
    ...(card.pinned > 0
      ? [row('Pinned', card.pinned === 1 ? 'a message, on the timeline' : `${card.pinned} messages, on the timeline`)]
      : []),
  ];
}
