import type { SetupStep } from '@musterhq/chat-port';
import type { Database, Tx } from '#src/platform/database/database';

/** What somebody pasted into a chat's own pages, and when they said so. */
export interface Pasted {
  readonly given: string;
  readonly at: Date;
}

/** By step. */
export async function pastedInto(database: Database, instance: string): Promise<ReadonlyMap<string, Pasted>> {
  const found = await database.query<Pasted & { step: string }>('select step, given, at from chat_pasted where instance = $1', [instance]);
  return new Map(found.map(({ step, ...pasted }) => [step, pasted]));
}

/** Notes of these steps that what they give now is there. Nothing where the chat is not connected. */
export async function notePasted(tx: Tx, instance: string, steps: readonly SetupStep[]): Promise<void> {
  for (const { id, give } of steps)
    if (give && 'text' in give)
      await tx.query(
        `insert into chat_pasted (instance, step, given) select id, $2, $3 from chat_instance where id = $1
         on conflict (instance, step) do update set given = excluded.given, at = excluded.at`,
        [instance, id, give.text],
      );
}

/** The lines that were not in it. */
export const newIn = (now: string, before: string): string[] => {
  const known = new Set(before.split('\n').map((line) => line.trim()));
  return [...new Set(now.split('\n').map((line) => line.trim()))].filter((line) => !known.has(line));
};
