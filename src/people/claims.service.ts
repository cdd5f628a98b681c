import { type Tx, rows } from '#src/platform/database/database';
import { newCode, spoken, unspoken } from '#src/platform/words/spoken-code';
import { ClaimNotUsable } from './people.errors.ts';
import type { Joining } from './joining.service.ts';
import type { Actor, PersonId } from './people.types.ts';
import { hashOf } from './tokens.ts';

const MINUTES = 10;

/** Said in one place, to be written in the other. */
export interface ClaimCode {
  readonly code: string;
  readonly expiresAt: string;
}

/**
 * "This is me": whoever has both accounts shows it by taking a code from one to the other. It says how they are read and
 * carries no right over, since somebody else may have talked them into writing it.
 */
export class Claims {
  constructor(private readonly joining: Joining) {}

  /** A code for this person. An older one of theirs is good no more. */
  async begin(tx: Tx, { person }: Actor): Promise<ClaimCode> {
    const code = newCode();
    await tx.query('delete from person_claim where person_id = $1 or expires_at < clock_timestamp()', [person.id]);
    const [made] = await rows<{ expires_at: Date }>(
      tx,
      'insert into person_claim (code_hash, person_id, expires_at) values ($1, $2, clock_timestamp() + make_interval(mins => $3)) returning expires_at',
      [hashOf(code), person.id, MINUTES],
    );
    if (!made) throw new Error('an insert answered no row');
    return { code: spoken(code), expiresAt: made.expires_at.toISOString() };
  }

  /** They are whoever was given this code; answers how that one is called. @throws ClaimNotUsable, NotJoinable */
  async confirm(tx: Tx, given: string, { person, via }: Actor): Promise<{ name: string }> {
    const [used] = await rows<{ person_id: PersonId; name: string; is_over: boolean }>(
      tx,
      `with used as (delete from person_claim where code_hash = $1 returning person_id, expires_at < clock_timestamp() as is_over)
       select used.person_id, used.is_over, p.name from used join one_person p on p.own_id = used.person_id`,
      [hashOf(unspoken(given))],
    );
    if (!used || used.is_over) throw new ClaimNotUsable();
    if (used.person_id === person.id)
      throw new ClaimNotUsable('This code was said here. Write it in the other place, where you want to be known as the same person.');
    await this.joining.joinIn(tx, used.person_id, person.id, 'claim', { by: person, via });
    return { name: used.name };
  }
}
