import { type Database, type Tx, rows } from '#src/platform/database/database';
import { isStorable } from '#src/platform/database/storable';
import { sessionBadge } from './badges.queries.ts';
import { LinkNotUsable, NameMissing } from './people.errors.ts';
import type { People } from './people.service.ts';
import type { PersonId, Role, SignedIn } from './people.types.ts';
import { IS_GOOD } from './session-is-good.ts';
import { peekLink, useLink } from './sign-in-links.ts';
import { hashOf, newToken } from './tokens.ts';

const DAYS = 30;
/** Writing "seen" at each request would cost a commit a click. */
const RENEW_AFTER_HOURS = 1;
/** So long nobody is asked once more who they are. */
const CONFIRMED_MINUTES = 10;

/** Who is at the door by a browser's session. Only hashes are kept. */
export class Sessions {
  constructor(
    private readonly database: Database,
    private readonly people: People,
  ) {}

  /** Whether signing in by this link has to ask for a name first: nobody has it yet. */
  async needsName(link: string): Promise<boolean> {
    const purpose = await peekLink(this.database, link);
    if (purpose !== 'admin') return purpose === 'invitation';
    const [admin] = await this.database.query(`select 1 from person where role = 'admin' limit 1`);
    return admin === undefined;
  }

  /**
   * Uses the link up and opens a session; the answer is the cookie's value.
   *
   * @throws LinkNotUsable, NameMissing
   */
  async signIn(link: string, name: string): Promise<string> {
    return this.database.transaction(async (tx) => {
      const called = name.trim();
      if (called.length > 80 || !isStorable(called)) throw new NameMissing();
      const purpose = await useLink(tx, link);
      // A practice link opens a practice (`openForPractice`), and nothing real.
      if (purpose === 'practice') throw new LinkNotUsable();
      const [admin] = await rows(tx, `select 1 from person where role = 'admin' limit 1`);
      if (called === '' && (purpose === 'invitation' || (purpose === 'admin' && !admin))) throw new NameMissing();

      const person = purpose === 'admin' ? await this.people.firstAdmin(tx, called) : await this.people.add(tx, called, 'responder');
      return this.open(tx, person.id);
    });
  }

  /** A session for somebody who only practises: they will see their own drill and nothing else. */
  async openForPractice(name: string): Promise<{ session: string; person: SignedIn['person'] }> {
    return this.database.transaction(async (tx) => {
      const person = await this.people.add(tx, name, 'guest');
      return { person, session: await this.open(tx, person.id) };
    });
  }

  /** `onRenewed`: it was asked after a while, and is good for 30 days from now. */
  async ofCookie(value: string, onRenewed: () => void = () => undefined): Promise<SignedIn | null> {
    const [found] = await this.database.query<Row & { stale: boolean; is_unconfirmed: boolean }>(
      `select p.own_id as id, p.name, p.role, s.incident_id, s.seen_at < clock_timestamp() - make_interval(hours => $2) as stale, s.confirmed_at < clock_timestamp() - make_interval(mins => $3) as is_unconfirmed
         from session s join one_person o on o.own_id = s.person_id join one_person p on p.own_id = o.at_the_door where s.token_hash = $1 and ${IS_GOOD}`,
      [hashOf(value), RENEW_AFTER_HOURS, CONFIRMED_MINUTES],
    );
    if (!found) return null;
    if (found.stale) {
      await this.renew(value);
      onRenewed();
    }
    return { ...toSignedIn(found, sessionBadge(hashOf(value))), isStale: found.is_unconfirmed };
  }

  /** Answers whose it was. */
  async end(value: string): Promise<PersonId | null> {
    const [ended] = await this.database.transaction((tx) =>
      rows<{ person_id: PersonId }>(tx, 'delete from session where token_hash = $1 returning person_id', [hashOf(value)]),
    );
    return ended?.person_id ?? null;
  }

  /** In a transaction, for whoever has shown who they are; the answer is the cookie's value. */
  async open(tx: Tx, person: PersonId): Promise<string> {
    const value = newToken();
    await tx.query(
      `insert into session (token_hash, person_id, expires_at) values ($1, $2, clock_timestamp() + make_interval(days => $3))`,
      [hashOf(value), person, DAYS],
    );
    return value;
  }

  /** Whoever has the session of this badge has shown again who they are. */
  async confirm(badge: string): Promise<void> {
    await this.database.query(`update session set confirmed_at = clock_timestamp() where token_hash = decode($1, 'hex')`, [
      badge.slice(sessionBadge(Buffer.alloc(0)).length),
    ]);
  }

  private async renew(value: string): Promise<void> {
    await this.database.query(
      'update session set seen_at = clock_timestamp(), expires_at = clock_timestamp() + make_interval(days => $2) where token_hash = $1',
      [hashOf(value), DAYS],
    );
  }
}

interface Row {
  id: string;
  name: string;
  role: Role;
  incident_id: string | null;
}

function toSignedIn(row: Row, badge: string): SignedIn {
  return { person: { id: row.id, name: row.name }, role: row.role, incidentId: row.incident_id, scopes: null, badge };
}
