import type { AdmittedTrouble } from '@musterhq/chat-port';
import { type Database, type Tx, rows } from '#src/platform/database/database';
import { clock } from './utc-clock.ts';

/** What was heard longer ago says nothing of now: several questions in a row have had no answer. */
const FRESH = `heard_at > clock_timestamp() - interval '5 minutes'`;

/** In a statement, as jsonb: the worst that the platform of a chat admits to. Null where that is nothing, or was not heard lately. */
export const worstAdmitted = (instance: string): string =>
  `(select f.admitted -> 0 from status_feed f where f.instance = ${instance} and f.${FRESH})`;

export async function worstAdmittedNow(tx: Tx, instance: string): Promise<AdmittedTrouble | null> {
  const [found] = await rows<{ admitted: AdmittedTrouble | null }>(tx, `select ${worstAdmitted('$1')} as admitted`, [instance]);
  return found?.admitted ?? null;
}

/** What a platform says of itself, beside what Muster sees. */
export interface PlatformsWord {
  readonly say: string;
  readonly href?: string;
}

interface Row {
  readonly instance: string;
  readonly asked_at: Date;
  readonly heard_at: Date | null;
  readonly is_fresh: boolean | null;
  readonly admitted: readonly AdmittedTrouble[];
  readonly problem: string | null;
}

/** By chat, for those whose platform is asked. `chats`: as people see them now. */
export async function platformsWords(
  database: Database,
  chats: readonly { readonly id: string; readonly name: string; readonly state: string }[],
): Promise<ReadonlyMap<string, PlatformsWord>> {
  const found = await database.query<Row>(
    `select instance, asked_at, heard_at, ${FRESH} as is_fresh, admitted, problem from status_feed where instance = any($1)`,
    [chats.map(({ id }) => id)],
  );
  return new Map(
    found.flatMap((row) => {
      const chat = chats.find(({ id }) => id === row.instance);
      return chat ? [[chat.id, wordOf(chat.name, IN_TROUBLE.has(chat.state), row)] as const] : [];
    }),
  );
}

const IN_TROUBLE: ReadonlySet<string> = new Set(['suspect', 'down', 'recovering']);

function wordOf(name: string, isInTrouble: boolean, { asked_at, heard_at, is_fresh, admitted, problem }: Row): PlatformsWord {
  if (heard_at === null || !is_fresh)
    return {
      say: `What ${name} says in public of how it is Muster does not know: it was asked at ${clock(asked_at)}. ${problem ?? 'The answer is not there yet.'}`,
    };
  const [worst] = admitted;
  const asked = `asked at ${clock(asked_at)}${problem === null ? '' : `, last answered at ${clock(heard_at)}`}`;
  if (!worst)
    return { say: `${name} says in public that nothing is wrong (${asked}).${isInTrouble ? ' Muster goes by what it sees itself.' : ''}` };
  const link = worst.href === undefined ? {} : { href: worst.href };
  return isInTrouble
    ? { say: `${name} says so too (${asked}): ${worst.title}.`, ...link }
    : { say: `${name} says in public that it has trouble (${asked}): ${worst.title}. Muster sees none of it here.`, ...link };
}
