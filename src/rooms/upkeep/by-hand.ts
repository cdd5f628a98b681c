import { NotYet } from '#src/platform/inbox/inbox.types';
import { type Tx, rows } from '#src/platform/database/database';

/**
 * Whether this is the chat telling us of a name that we gave it ourselves. Each is told once, so a person who gives the same
 * one later is heard.
 *
 * @throws NotYet while we are at it: it may be this one.
 */
export async function isOurName(tx: Tx, mirrorId: string, name: string): Promise<boolean> {
  const [atIt] = await rows(tx, `select 1 from delivery where mirror_id = $1 and operation = 'upkeep' and status = 'sending'`, [mirrorId]);
  if (atIt) throw new NotYet('The room is being seen to, and this may be the name that it was given.');
  const [ours] = await rows(
    tx,
    `update mirror set given_names = given_names[:array_position(given_names, $2) - 1] || given_names[array_position(given_names, $2) + 1:]
      where id = $1 and $2 = any(given_names) returning 1`,
    [mirrorId, name],
  );
  return ours !== undefined;
}

/**
 * Whoever archives it is told of as soon as we know that it was not ourselves: we tell of that when we hear how it went.
 *
 * @throws NotYet while we are at it
 */
export async function mustNotBeOurs(tx: Tx, mirrorId: string): Promise<void> {
  const [atIt] = await rows(
    tx,
    `select 1 from delivery d join mirror m on m.id = d.mirror_id where m.id = $1 and m.state <> 'archived' and m.archive_told is not null
        and d.operation = 'upkeep' and (d.status in ('sending', 'unknown') or (d.status = 'pending' and d.attempts > 0))`,
    [mirrorId],
  );
  if (atIt) throw new NotYet('The room is being archived, and this may be what the chat tells of it.');
}

/** Whatever name we would give it now, a person gave it another one after that. */
export async function namedByHand(tx: Tx, mirrorId: string): Promise<void> {
  await tx.query(
    `insert into mirror_upkeep (mirror_id, what, wanted, by_hand)
     select m.id, 'name', i.reference || ' ' || i.title, true from mirror m join incident i on i.id = m.incident_id where m.id = $1
     on conflict (mirror_id, what) do update set wanted = excluded.wanted, by_hand = true, fault = null`,
    [mirrorId],
  );
}

/** A topic that a person wrote is theirs; one that they took away is ours again. False when it is the one that we wrote. */
export async function topicByHand(tx: Tx, mirrorId: string, topic: string): Promise<boolean> {
  const theirs = await rows(
    tx,
    `insert into mirror_upkeep (mirror_id, what, wanted, by_hand) values ($1, 'topic', '', $2 <> '')
     on conflict (mirror_id, what) do update set by_hand = excluded.by_hand, wanted = '', fault = null
      where mirror_upkeep.by_hand or mirror_upkeep.wanted <> $2 returning 1`,
    [mirrorId, topic],
  );
  return theirs.length > 0;
}
