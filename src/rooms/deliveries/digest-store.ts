import type { Content } from '@musterhq/chat-port';
import { type Tx, rows } from '#src/platform/database/database';
import { uuidFor } from '#src/platform/log/uuid-for';
import { type DigestRule, type Waiting, digestsOf } from './digest.ts';

/** More wait for another digest: nobody reads so much at once. */
const MOST = 2_000;

/**
 * Makes digests of what waits in a room's lane, if it is enough. Each is a delivery like any other, in the place of the first
 * that it holds, under a key that follows from what it holds; what it holds is gathered, and stands as it does. False when nothing was made.
 */
export async function gather(tx: Tx, mirrorId: string, rule: DigestRule, chars: number): Promise<boolean> {
  const lane = await rows<Waiting>(
    tx,
    `select id, operation, status, attempts, content, is_digest as "isDigest", digest_id is not null as "cameApart" from delivery
      where mirror_id = $1 and lane = 'room' and status in ('pending', 'sending', 'unknown') order by position, turn limit ${MOST} for update`,
    [mirrorId],
  );
  const digests = digestsOf(lane, rule, chars).map((held) => ({ id: uuidFor('digest', ...held), held }));
  const [first] = digests;
  if (!first) return false;
  for (const { id, held } of digests) {
    await tx.query(
      `insert into delivery (id, mirror_id, lane, position, operation, trace, turn, created_at, next_at, is_digest, digest_id)
       select $1, mirror_id, lane, position, 'send', trace, turn + 1, created_at, next_at, true, $3 from delivery where id = $2`,
      [id, held[0], first.id],
    );
    await tx.query(`update delivery set status = 'gathered', digest_id = $1 where id = any($2)`, [id, held]);
  }
  return true;
}

/**
 * What was gathered with this message waits by itself again, if nobody has tried to say it yet: what is edited or taken back
 * then was never said otherwise. What a person had said again may have been, before the database was restored.
 */
export async function scatter(tx: Tx, mirrorId: string, messageId: string): Promise<void> {
  const untried = await rows<{ id: string }>(
    tx,
    `select d.id from delivery d where d.mirror_id = $1 and d.is_digest and d.status = 'pending' and d.attempts = 0 and not d.may_repeat
        and exists (select 1 from delivery one where one.mirror_id = $1 and one.message_id = $2 and one.status = 'gathered' and one.digest_id = d.id)
      for update`,
    [mirrorId, messageId],
  );
  if (untried.length === 0) return;
  const all = await rows<{ id: string }>(
    tx,
    `select id from delivery where mirror_id = $1 and is_digest and status = 'pending' and attempts = 0 and not may_repeat for update`,
    [mirrorId],
  );
  const ids = all.map(({ id }) => id);
  await tx.query(`update delivery set status = 'pending', digest_id = null where digest_id = any($1) and status = 'gathered'`, [ids]);
  await tx.query('delete from delivery where id = any($1)', [ids]);
}

/** It could not be said as a whole, and nothing of it is there: each goes alone from here on, and what is wrong with one is that one's. */
export async function comeApart(tx: Tx, digestId: string): Promise<void> {
  await tx.query(
    `update delivery d set next_at = clock_timestamp(), ended_at = null,
            status = case when exists (select 1 from message g where g.id = d.message_id and g.deleted_at is not null) then 'canceled' else 'pending' end
      where d.digest_id = $1 and not d.is_digest and d.operation = 'send' and d.status in ('gathered', 'sent')`,
    [digestId],
  );
}

/** The digest in which a chat is, or will be, told of a message. It says the message as it reads now whenever it is said or edited. */
export async function rewordInDigest(tx: Tx, mirrorId: string, messageId: string, content: Content | null): Promise<string | null> {
  const [told] = await rows<{ digestId: string }>(
    tx,
    `update delivery d set content = coalesce($3, d.content) from delivery g
      where d.mirror_id = $1 and d.message_id = $2 and d.operation = 'send' and d.status in ('gathered', 'sent') and g.id = d.digest_id and g.status <> 'canceled'
     returning g.id as "digestId"`,
    [mirrorId, messageId, content ? JSON.stringify(content) : null],
  );
  return told?.digestId ?? null;
}

/** Whose copies a delivery is about. Null for a message's own. */
export const ABOUT_DIGEST = `case when d.is_digest then d.id when d.operation <> 'send' then d.digest_id end`;
