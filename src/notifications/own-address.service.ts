import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { type AtTheDoor, actorOf } from '#src/people/people.types';
import { mustBeAllowed } from '#src/people/permissions.types';
import { type Database, rows } from '#src/platform/database/database';
import { serverTime } from '#src/platform/database/server-time';
import type { StreamLog } from '#src/platform/log/log';
import { recordChange } from '#src/platform/log/organisation-log';
import { newCode, spoken, unspoken } from '#src/platform/words/spoken-code';
import { mailOfPerson } from './addresses.queries.ts';
import { CodeJustSent, CodeNotSent, CodeNotUsable, NoMailWay } from './notifications.errors.ts';
import { type WayId, mailAddress } from './notifications.types.ts';
import type { OpenWays, KeptWay } from './open-ways.ts';
import { noteWay } from './way-health.ts';

const GOOD_MINUTES = 30;
const MOST_TRIES = 5;

/** `PUT /api/v1/me/mail`. `way`: by which way the code goes, for admins who want to know whether that one works. */
export const addressToSet = z.object({ address: mailAddress, way: z.optional(z.uuid()) });
/** `POST /api/v1/me/mail/confirm` */
export const codeToConfirm = z.object({ code: z.string().check(z.minLength(1), z.maxLength(40)) });

/** Where somebody is told when a chat is down. */
export const ownAddress = z.object({
  /** Their own, confirmed or not yet; null when they gave none. */
  address: z.nullable(z.string()),
  confirmedAt: z.nullable(z.string()),
  /** A code is on its way. */
  codeUntil: z.nullable(z.string()),
  /** Where they are told now: their own address once it is confirmed, or one that a chat vouches for; null for nowhere. */
  told: z.nullable(z.string()),
});
export type OwnAddressView = z.infer<typeof ownAddress>;

interface Row {
  readonly value: string | null;
  readonly confirmed_at: Date | null;
  readonly code_until: Date | null;
  readonly told: string | null;
}

/** A person's own mail address, which counts once they have shown that they read what is sent there. That also proves the way it went. */
export class OwnAddress {
  constructor(
    private readonly database: Database,
    private readonly log: StreamLog,
    private readonly ways: OpenWays,
    private readonly home: string,
  ) {}

  /** @throws NotAllowed */
  async get(by: AtTheDoor): Promise<OwnAddressView> {
    mustBeAllowed(by, 'notice.address');
    const [row] = await this.database.query<Row>(
      `select pa.value, pa.confirmed_at, case when pa.code_until > clock_timestamp() and pa.tries < $2 then pa.code_until end as code_until,
              ${mailOfPerson('p.id')} as told
         from person p left join person_address pa on pa.person_id = p.id and pa.kind = 'mail' where p.id = $1`,
      [by.person.id, MOST_TRIES],
    );
    return {
      address: row?.value ?? null,
      confirmedAt: row?.confirmed_at?.toISOString() ?? null,
      codeUntil: row?.code_until?.toISOString() ?? null,
      told: row?.told ?? null,
    };
  }

  /**
   * Sends a code there. Until it is confirmed nothing else is sent to it. Network.
   *
   * @throws NotAllowed, NoMailWay, CodeJustSent, CodeNotSent
   */
  async set({ address, way }: { readonly address: string; readonly way?: WayId | undefined }, by: AtTheDoor): Promise<OwnAddressView> {
    mustBeAllowed(by, way === undefined ? 'notice.address' : 'notice.manage');
    const servers = await this.database.query<KeptWay>(
      `select id, kind, settings, secret from notice_way where kind = 'smtp' and case when $1::uuid is null then off is null else id = $1 end
        order by problem is not null, proven_at desc nulls last`,
      [way ?? null],
    );
    if (servers.length === 0) throw new NoMailWay();
    const code = newCode();
    await this.keep(by, address, code);
    let problem = '';
    for (const server of servers) {
      const sent = await this.send(server, address, code);
      if (sent === null) {
        await this.database.query(`update person_address set way_id = $2 where person_id = $1 and kind = 'mail'`, [
          by.person.id,
          server.id,
        ]);
        return this.get(by);
      }
      problem = sent;
    }
    await this.database.query(`update person_address set code_hash = null, code_until = null where person_id = $1 and kind = 'mail'`, [
      by.person.id,
    ]);
    throw new CodeNotSent(problem);
  }

  /** @throws NotAllowed, CodeNotUsable */
  async confirm(given: string, by: AtTheDoor): Promise<OwnAddressView> {
    mustBeAllowed(by, 'notice.address');
    const way = await this.database.transaction(async (tx) => {
      const [used] = await rows<{ way_id: WayId | null }>(
        tx,
        `update person_address set confirmed_at = clock_timestamp(), code_hash = null, code_until = null
          where person_id = $1 and kind = 'mail' and code_hash = $2 and code_until > clock_timestamp() and tries < $3 returning way_id`,
        [by.person.id, hashOf(unspoken(given)), MOST_TRIES],
      );
      if (used) await this.record(tx, 'person.address-confirmed', by);
      return used ?? null;
    });
    if (way === null) {
      await this.database.query(`update person_address set tries = tries + 1 where person_id = $1 and kind = 'mail' and tries < $2`, [
        by.person.id,
        MOST_TRIES,
      ]);
      throw new CodeNotUsable();
    }
    if (way.way_id !== null) await noteWay(this.database, way.way_id, { to: 'told' }, true, await serverTime(this.database));
    return this.get(by);
  }

  /** @throws NotAllowed */
  async remove(by: AtTheDoor): Promise<OwnAddressView> {
    mustBeAllowed(by, 'notice.address');
    await this.database.transaction(async (tx) => {
      const gone = await rows(tx, `delete from person_address where person_id = $1 and kind = 'mail' returning 1`, [by.person.id]);
      if (gone.length > 0) await this.record(tx, 'person.address-removed', by);
    });
    return this.get(by);
  }

  private async keep(by: AtTheDoor, address: string, code: string): Promise<void> {
    const kept = await this.database.query(
      `insert into person_address as pa (person_id, kind, value, code_hash, code_until)
       values ($1, 'mail', $2, $3, clock_timestamp() + make_interval(mins => $4))
       on conflict (person_id, kind) do update set value = excluded.value, code_hash = excluded.code_hash, code_until = excluded.code_until, tries = 0,
         way_id = null, confirmed_at = case when pa.value = excluded.value then pa.confirmed_at end
         where pa.code_until is null or pa.code_until < excluded.code_until - interval '1 minute' returning 1`,
      [by.person.id, address, hashOf(code), GOOD_MINUTES],
    );
    if (kept.length === 0) throw new CodeJustSent();
  }

  /** Null when the mail server took it; else why not. */
  private async send(server: KeptWay, address: string, code: string): Promise<string | null> {
    const open = this.ways.open(server);
    if ('problem' in open) return open.problem;
    try {
      const content = {
        title: `${spoken(code)} is your code for Muster`,
        paragraphs: [
          `Your code is ${spoken(code)}. Enter it in Muster under Settings, Your mail, within ${GOOD_MINUTES} minutes.`,
          'Then you are told here when a chat is down during an incident that you take part in. If you did not ask for it, do nothing.',
        ],
        links: [{ text: 'Muster', href: `${this.home}/settings/mail` }],
        of: { id: 'muster', name: 'Muster' },
      };
      const id = crypto.randomUUID();
      const outcome = await open.tell({ id, about: id, part: 'begun', address, content }, new AbortController().signal);
      await noteWay(this.database, server.id, outcome, false, await serverTime(this.database));
      return outcome.to === 'told' ? null : outcome.problem;
    } finally {
      open.close();
    }
  }

  /** Never with the address: the audit is kept for ever. */
  private async record(tx: Parameters<typeof recordChange>[0], type: string, by: AtTheDoor): Promise<void> {
    const { person, via } = actorOf(by);
    await recordChange(tx, this.log, { type, by: person, via, data: { what: person.name, before: null, after: null } });
  }
}

const hashOf = (code: string): Buffer => createHash('sha256').update(code).digest();
