import { type Database, type Tx, rows } from '#src/platform/database/database';
import { isStorable } from '#src/platform/database/storable';
import type { StreamLog } from '#src/platform/log/log';
import { recordChange } from '#src/platform/log/organisation-log';
import { isDeactivated } from './one-person.queries.ts';
import { type TouchedAnswer, challengeIn, checkTouched } from './passkey-answers.ts';
import type { PasskeyChallenges } from './passkey-challenges.ts';
import { PasskeyCopied, PasskeyNotKnown } from './passkeys.errors.ts';
import { AccountDeactivated } from './people.errors.ts';
import { type PersonId, WEB } from './people.types.ts';
import type { RelyingParty } from './relying-party.ts';
import type { Sessions } from './sessions.ts';

interface Kept {
  readonly id: string;
  readonly name: string;
  readonly person_id: PersonId;
  readonly person_name: string;
  readonly public_key: Buffer;
}

/** Passkeys that are touched: to come in, or to show once more who is there. Nobody but this database is asked. */
export class PasskeyTouches {
  constructor(
    private readonly database: Database,
    private readonly sessions: Sessions,
    private readonly challenges: PasskeyChallenges,
    private readonly log: StreamLog,
  ) {}

  /**
   * Opens a session of the person whose passkey was touched; the answer is the cookie's value.
   *
   * @throws PasskeyTryOver, PasskeyNotKnown, PasskeyRefused, PasskeyCopied, AccountDeactivated
   */
  async signIn(answer: TouchedAnswer, here: RelyingParty): Promise<string> {
    const challenge = challengeIn(answer);
    await this.challenges.take(challenge, 'sign-in', null);
    const passkey = await this.find(answer.id);
    const counter = await checkTouched(answer, challenge, passkey.public_key, here);
    const session = await this.database.transaction(async (tx) => {
      if (!(await counted(tx, passkey, counter))) return null;
      const [person] = await rows<{ is_deactivated: boolean }>(
        tx,
        `select ${isDeactivated('p.own_id')} as is_deactivated from one_person o join one_person p on p.own_id = o.at_the_door
          where o.own_id = $1 and p.role <> 'guest'`,
        [passkey.person_id],
      );
      if (!person) throw new PasskeyNotKnown();
      if (person.is_deactivated) throw new AccountDeactivated();
      return this.sessions.open(tx, passkey.person_id);
    });
    return session ?? this.refuseCopy(passkey);
  }

  private async find(credential: string): Promise<Kept> {
    const [found] = isStorable(credential)
      ? await this.database.query<Kept>(
          `select k.id, k.name, k.person_id, p.name as person_name, k.public_key from passkey k join one_person p on p.own_id = k.person_id where k.credential_id = $1`,
          [credential],
        )
      : [];
    if (!found) throw new PasskeyNotKnown();
    return found;
  }

  /** Whoever reads the audit is to see that somebody may have a copy: once a minute, and not each time that it is tried. @throws PasskeyCopied */
  private async refuseCopy({ id: passkey, name, person_id: id, person_name: whose }: Kept): Promise<never> {
    await this.database.transaction(async (tx) => {
      const news = await rows(
        tx,
        `update passkey set refused_at = clock_timestamp()
          where id = $1 and (refused_at is null or refused_at < clock_timestamp() - interval '1 minute') returning 1`,
        [passkey],
      );
      if (news.length === 0) return;
      await recordChange(tx, this.log, {
        type: 'person.passkey-refused',
        by: { id, name: whose },
        via: WEB,
        data: { what: whose, before: name, after: 'It counts less often than it was used: it may have been copied' },
      });
    });
    throw new PasskeyCopied(name);
  }
}

/** Whether its count went on, or it counts nothing; then it is kept. Of two touches with the same count, one succeeds. */
async function counted(tx: Tx, { id }: Kept, counter: number): Promise<boolean> {
  const went = await rows(
    tx,
    'update passkey set counter = $2, used_at = clock_timestamp() where id = $1 and (counter < $2 or (counter = 0 and $2 = 0)) returning 1',
    [id, counter],
  );
  return went.length > 0;
}
