import { uuidv7 } from 'uuidv7';
import { type AtTheDoor, actorOf } from '#src/people/people.types';
import { mustBeAllowed } from '#src/people/permissions.types';
import { type Database, type Tx, rows } from '#src/platform/database/database';
import { serverTime } from '#src/platform/database/server-time';
import type { StreamLog } from '#src/platform/log/log';
import { recordChange } from '#src/platform/log/organisation-log';
import type { Chats } from '#src/platform/chats/chats';
import type { Addresses } from '#src/platform/outgoing/addresses';
import { newSecret } from '#src/platform/outgoing/signature';
import type { Vault } from '#src/platform/secrets/vault';
import { chatsToWriteIn } from './chat-way.ts';
import { SecretNeeded, TooManyWays, WayNotFound } from './notifications.errors.ts';
import {
  type Tried,
  type WayId,
  type WayKind,
  type WayList,
  type WayMade,
  type WayToChange,
  type WaySettings,
  type WayToMake,
  type WayView,
  parseSettings,
} from './notifications.types.ts';
import type { Outcome } from './open-way.types.ts';
import type { KeptWay, OpenWays } from './open-ways.ts';
import { hostOf, usableSettings } from './usable-settings.ts';
import { noteWay } from './way-health.ts';
import { type WayQueries, madeOf, withAdvice } from './ways.queries.ts';

const MOST = 10;

interface Held {
  readonly kind: WayKind;
  readonly name: string;
  readonly settings: WaySettings;
  readonly secret: string | null;
  readonly isOn: boolean;
}

/** The ways by which people are told. For admins; each change is in the audit. */
export class Ways {
  constructor(
    private readonly database: Database,
    private readonly log: StreamLog,
    private readonly vault: Vault,
    private readonly addresses: Addresses,
    private readonly open: OpenWays,
    private readonly queries: WayQueries,
    private readonly chats: Pick<Chats, 'all'>,
  ) {}

  /** @throws NotAllowed */
  async list(by: AtTheDoor): Promise<WayList> {
    mustBeAllowed(by, 'notice.manage');
    return withAdvice(
      await this.queries.list(),
      chatsToWriteIn(this.chats).map(({ id, name }) => ({ id, name })),
    );
  }

  /** @throws NotAllowed, WayNotFound */
  async get(id: WayId, by: AtTheDoor): Promise<WayView> {
    mustBeAllowed(by, 'notice.manage');
    const [found] = await this.queries.list(id);
    if (!found) throw new WayNotFound();
    return found;
  }

  /** From now on people are told by it as well. It is tried out at once. @throws NotAllowed, AddressNotUsable, TooManyWays */
  async make(ask: WayToMake, by: AtTheDoor): Promise<WayMade> {
    mustBeAllowed(by, 'notice.manage');
    const id = uuidv7();
    const settings = usableSettings(ask.settings, this.addresses, this.chats);
    const made = ask.kind === 'webhook' ? newSecret() : null;
    const secret = made ?? ('secret' in ask && ask.secret ? ask.secret : null);
    await this.database.transaction(async (tx) => {
      // Of two who make the last one that there is room for, one waits for the other.
      await tx.query('select 1 from organisation for update');
      const [{ many }] = (await rows<{ many: number }>(tx, 'select count(*)::int as many from notice_way')) as [{ many: number }];
      if (many >= MOST) throw new TooManyWays(MOST);
      await tx.query('insert into notice_way (id, kind, name, settings, secret) values ($1, $2, $3, $4, $5)', [
        id,
        ask.kind,
        ask.name,
        JSON.stringify(settings),
        secret === null ? null : this.vault.seal(secret, id),
      ]);
      await this.record(tx, 'notice-way.made', by, ask.name, null, { kind: ask.kind, name: ask.name, settings });
    });
    return madeOf(await this.get(id, by), made);
  }

  /**
   * Where it goes is proven anew. A password or key stays with the host that it was given for.
   *
   * @throws NotAllowed, WayNotFound, AddressNotUsable, SecretNeeded, ZodError
   */
  async change(id: WayId, ask: WayToChange, by: AtTheDoor): Promise<WayView> {
    mustBeAllowed(by, 'notice.manage');
    await this.database.transaction(async (tx) => {
      const was = await hold(tx, id);
      const settings =
        ask.settings === undefined ? was.settings : usableSettings(parseSettings(was.kind, ask.settings), this.addresses, this.chats);
      const secret = was.kind === 'webhook' || !ask.secret ? null : ask.secret;
      if (was.secret !== null && secret === null && was.kind !== 'webhook' && hostOf(settings) !== hostOf(was.settings))
        throw new SecretNeeded();
      const is = { name: ask.name ?? was.name, on: ask.on ?? was.isOn };
      const isAnother = secret !== null || JSON.stringify(settings) !== JSON.stringify(was.settings);
      await tx.query(
        `update notice_way set name = $2, settings = $3, secret = coalesce($4, secret), off = case when $5 then null else coalesce(off, 'person') end,
                off_at = case when $5 then null else coalesce(off_at, clock_timestamp()) end where id = $1`,
        [id, is.name, JSON.stringify(settings), secret === null ? null : this.vault.seal(secret, id), is.on],
      );
      // What was wrong may be put right, so nothing waits any longer for it.
      await tx.query(
        `update notice_way set proven_at = case when $2 then null else proven_at end, answered_at = case when $2 then null else answered_at end,
                problem = case when $2 then null else problem end, failures = 0, rests_until = null, canary_at = clock_timestamp() where id = $1`,
        [id, isAnother],
      );
      const before = { name: was.name, on: was.isOn, settings: was.settings };
      const after = { ...is, settings, ...(secret === null ? {} : { secret: 'another one' }) };
      if (JSON.stringify(before) !== JSON.stringify({ ...is, settings }) || secret !== null)
        await this.record(tx, 'notice-way.changed', by, is.name, before, after);
    });
    return this.get(id, by);
  }

  /** Nobody is told by it any more, and what was told is forgotten. @throws NotAllowed, WayNotFound */
  async remove(id: WayId, by: AtTheDoor): Promise<void> {
    mustBeAllowed(by, 'notice.manage');
    await this.database.transaction(async (tx) => {
      const { kind, name, settings } = await hold(tx, id);
      await tx.query('delete from notice_way where id = $1', [id]);
      await this.record(tx, 'notice-way.removed', by, name, { kind, name, settings }, null);
    });
  }

  /** Once, while somebody waits for what becomes of it; also one that is off. Network. @throws NotAllowed, WayNotFound */
  async tryOut(id: WayId, by: AtTheDoor): Promise<Tried> {
    mustBeAllowed(by, 'notice.manage');
    const [kept] = await this.database.query<KeptWay>('select id, kind, settings, secret from notice_way where id = $1', [id]);
    if (!kept) throw new WayNotFound();
    const { outcome, proves } = await this.attempt(kept);
    await noteWay(this.database, id, outcome, proves, await serverTime(this.database));
    const way = await this.get(id, by);
    if (outcome.to !== 'told') return { ...way, received: false, say: outcome.problem };
    return {
      ...way,
      received: true,
      say: proves
        ? 'It was received.'
        : way.kind !== 'smtp'
          ? 'It answers. That something arrives there is not proven yet.'
          : 'The mail server lets Muster in. That mail arrives is proven by a code: confirm your own address.',
    };
  }

  private async attempt(kept: KeptWay): Promise<{ outcome: Outcome; proves: boolean }> {
    const open = this.open.open(kept);
    if ('problem' in open) return { outcome: { to: 'later', of: 'way', problem: open.problem }, proves: false };
    try {
      return await open.tryOut(new AbortController().signal);
    } finally {
      open.close();
    }
  }

  private async record(tx: Tx, type: string, by: AtTheDoor, what: string, before: unknown, after: unknown): Promise<void> {
    const { person, via } = actorOf(by);
    await recordChange(tx, this.log, { type, by: person, via, data: { what, before, after } });
  }
}

/** For what is about to be changed. @throws WayNotFound */
async function hold(tx: Tx, id: WayId): Promise<Held> {
  const [found] = await rows<Held>(
    tx,
    'select kind, name, settings, secret, off is null as "isOn" from notice_way where id = $1 for update',
    [id],
  );
  if (!found) throw new WayNotFound();
  return found;
}
