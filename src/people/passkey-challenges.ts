import { randomBytes } from 'node:crypto';
import type { Database } from '#src/platform/database/database';
import { isStorable } from '#src/platform/database/storable';
import type { PersonId } from './people.types.ts';
import { PasskeyTryOver } from './passkeys.errors.ts';
import { hashOf } from './tokens.ts';

const MINUTES = 5;

/** What the signature is for: one that was given to come in makes no new passkey. */
export type ChallengePurpose = 'make' | 'sign-in' | 'confirm';

/** What devices are asked to sign. Each is good once, for what it was made for and for whoever asked. */
export class PasskeyChallenges {
  constructor(private readonly database: Database) {}

  async create(purpose: ChallengePurpose, person: PersonId | null): Promise<string> {
    const challenge = randomBytes(32).toString('base64url');
    await this.database.query(
      `insert into passkey_challenge (hash, purpose, person_id, expires_at) values ($1, $2, $3, clock_timestamp() + make_interval(mins => $4))`,
      [hashOf(challenge), purpose, person, MINUTES],
    );
    return challenge;
  }

  /** Uses it up, whatever becomes of the answer to it: of many who bring the same at once, one goes on. @throws PasskeyTryOver */
  async take(challenge: string, purpose: ChallengePurpose, person: PersonId | null): Promise<void> {
    const [taken] = isStorable(challenge)
      ? await this.database.query(
          `delete from passkey_challenge where hash = $1 and purpose = $2 and person_id is not distinct from $3::uuid and expires_at > clock_timestamp() returning 1`,
          [hashOf(challenge), purpose, person],
        )
      : [];
    if (!taken) throw new PasskeyTryOver();
  }
}
