import { uuidv7 } from 'uuidv7';
import { Visibility } from '#src/incidents/visibility.queries';
import { type AtTheDoor, actorOf } from '#src/people/people.types';
import { mustBeAllowed } from '#src/people/permissions.types';
import { type Database, type Tx, rows } from '#src/platform/database/database';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import type { StreamLog } from '#src/platform/log/log';
import { recordChange } from '#src/platform/log/organisation-log';
import type { PageOf } from '#src/platform/http/paging';
import type { Addresses } from '#src/platform/outgoing/addresses';
import { newSecret } from '#src/platform/outgoing/signature';
import { usableUrl } from '#src/platform/outgoing/usable-url';
import type { Vault } from '#src/platform/secrets/vault';
import { goBackSince, goBackTo, passOverThePast, skipWaiting, startAnew } from './lanes.ts';
import { notAsideAnyMore, switchOn } from './switches.ts';
import { TooManyWebhooks, WebhookNotFound } from './webhooks.errors.ts';
import type { WebhookQueries } from './webhooks.queries.ts';
import type {
  DeliveryList,
  WebhookId,
  WebhookMade,
  WebhookReplayed,
  WebhookToChange,
  WebhookToMake,
  WebhookView,
} from './webhooks.types.ts';

/** Each is told a few incidents at once: many more, and the worker would do little else. */
const MOST = 20;
/** As long as it takes to give a receiver its new secret without hurry. */
const BOTH_GOOD = '1 day';

type Facts = Pick<WebhookView, 'name' | 'url' | 'types' | 'private' | 'drills'>;

type Held = Facts & { readonly isOn: boolean; readonly secret: string };

/** Where a replay begins: after a number of one incident's log, or at a time in all of them. */
export type From = { readonly incident: string; readonly after: number } | { readonly since: Date };

/** Other systems that are told what happens. For admins; each change is in the audit. */
export class Webhooks {
  constructor(
    private readonly database: Database,
    private readonly log: StreamLog,
    private readonly doorbell: Doorbell,
    private readonly vault: Vault,
    private readonly addresses: Addresses,
    private readonly queries: WebhookQueries,
  ) {}

  /** @throws NotAllowed */
  async list(by: AtTheDoor): Promise<WebhookView[]> {
    mustBeAllowed(by, 'webhook.manage');
    return this.queries.list(by);
  }

  /** @throws NotAllowed, WebhookNotFound */
  async get(id: WebhookId, by: AtTheDoor): Promise<WebhookView> {
    mustBeAllowed(by, 'webhook.manage');
    const [found] = await this.queries.list(by, id);
    if (!found) throw new WebhookNotFound();
    return found;
  }

  /** @throws NotAllowed, WebhookNotFound, BadRequest */
  async deliveries(id: WebhookId, page: PageOf, by: AtTheDoor): Promise<DeliveryList> {
    await this.get(id, by);
    return this.queries.deliveries(id, page, by);
  }

  /** From now on it is told what happens. `secret` is never shown again. @throws NotAllowed, AddressNotUsable, TooManyWebhooks */
  async make(ask: WebhookToMake, by: AtTheDoor): Promise<WebhookMade> {
    mustBeAllowed(by, 'webhook.manage');
    const facts: Facts = { ...ask, url: usableUrl(ask.url, this.addresses) };
    const id = uuidv7();
    const secret = newSecret();
    await this.database.transaction(async (tx) => {
      // Of two who make the last one that there is room for, one waits for the other.
      await tx.query('select 1 from organisation for update');
      const [{ many }] = (await rows<{ many: number }>(tx, 'select count(*)::int as many from webhook')) as [{ many: number }];
      if (many >= MOST) throw new TooManyWebhooks(MOST);
      await tx.query('insert into webhook (id, name, url, types, private, drills, secret) values ($1, $2, $3, $4, $5, $6, $7)', [
        id,
        facts.name,
        facts.url,
        facts.types,
        facts.private,
        facts.drills,
        this.vault.seal(secret, id),
      ]);
      await this.record(tx, 'webhook.made', by, facts.name, null, factsOf(facts));
    });
    return { ...(await this.get(id, by)), secret };
  }

  /**
   * Switched on, it is told what happened meanwhile, unless that is to be skipped. Allowed more than before, it is told of that
   * from now on, and the past is for `replay`. What waits is tried at once: the change may
   * be what was missing.
   *
   * @throws NotAllowed, WebhookNotFound, AddressNotUsable
   */
  async change(id: WebhookId, { on, missed, ...ask }: WebhookToChange, by: AtTheDoor): Promise<WebhookView> {
    mustBeAllowed(by, 'webhook.manage');
    const url = ask.url === undefined ? undefined : usableUrl(ask.url, this.addresses);
    await this.database.transaction(async (tx) => {
      const was = await hold(tx, id);
      const is: Facts = { ...factsOf(was), ...given(ask), ...(url === undefined ? {} : { url }) };
      await tx.query('update webhook set name = $2, url = $3, types = $4, private = $5, drills = $6 where id = $1', [
        id,
        is.name,
        is.url,
        is.types,
        is.private,
        is.drills,
      ]);
      await passOverThePast(tx, id, was);
      const before = { ...factsOf(was), on: was.isOn };
      const after = { ...factsOf(is), on: on ?? was.isOn };
      if (on === true && !was.isOn) await this.switchOn(tx, id, missed);
      if (on === false && was.isOn) await tx.query(`update webhook set off = 'person', off_at = clock_timestamp() where id = $1`, [id]);
      if (JSON.stringify(before) === JSON.stringify(after)) return;
      await startAnew(tx, this.doorbell, id);
      await this.record(tx, 'webhook.changed', by, is.name, before, after);
    });
    return this.get(id, by);
  }

  /** It is told nothing any more, and what was sent to it is forgotten. @throws NotAllowed, WebhookNotFound */
  async remove(id: WebhookId, by: AtTheDoor): Promise<void> {
    mustBeAllowed(by, 'webhook.manage');
    await this.database.transaction(async (tx) => {
      const was = await hold(tx, id);
      await tx.query('delete from webhook where id = $1', [id]);
      await notAsideAnyMore(tx, id, 'It was removed.');
      await this.record(tx, 'webhook.removed', by, was.name, factsOf(was), null);
    });
  }

  /** A new secret, shown this once. The one before it signs besides for a day, if it can be read still. @throws NotAllowed, WebhookNotFound */
  async rotate(id: WebhookId, by: AtTheDoor): Promise<WebhookMade> {
    mustBeAllowed(by, 'webhook.manage');
    const secret = newSecret();
    await this.database.transaction(async (tx) => {
      const { name, secret: before } = await hold(tx, id);
      const bothGoodFor = this.vault.canOpen(before, id) ? BOTH_GOOD : null;
      await tx.query(
        `update webhook set previous_secret = case when $3::interval is not null then secret end,
                previous_until = clock_timestamp() + $3::interval, secret = $2 where id = $1`,
        [id, this.vault.seal(secret, id), bothGoodFor],
      );
      await this.record(tx, 'webhook.secret-rotated', by, name, null, { bothGoodFor });
    });
    return { ...(await this.get(id, by)), secret };
  }

  /**
   * Sends again, in order, under the same ids. What is before that and waits is sent first, so nothing is ever passed over.
   *
   * @throws NotAllowed, WebhookNotFound, IncidentNotFound
   */
  async replay(id: WebhookId, from: From, by: AtTheDoor): Promise<WebhookReplayed> {
    mustBeAllowed(by, 'webhook.manage');
    const heldBack = await this.database.transaction(async (tx) => {
      const incidentId = 'incident' in from ? await new Visibility(this.database).named(tx, from.incident, by) : null;
      const { name } = await hold(tx, id);
      if ('since' in from) await goBackSince(tx, id, from.since);
      else if (incidentId) await goBackTo(tx, { webhookId: id, incidentId }, from.after);
      await this.record(
        tx,
        'webhook.replayed',
        by,
        name,
        null,
        'since' in from ? { since: from.since.toISOString() } : { incidentId, after: from.after },
      );
      return whyHeldBack(tx, id, incidentId);
    });
    this.doorbell.ring({ topic: 'webhooks', id });
    return { ...(await this.get(id, by)), heldBack };
  }

  private async switchOn(tx: Tx, id: WebhookId, missed: 'send' | 'skip'): Promise<void> {
    if (missed === 'skip') await skipWaiting(tx, id);
    await switchOn(tx, this.doorbell, id);
    await notAsideAnyMore(tx, id, 'It was switched on.');
  }

  private async record(tx: Tx, type: string, by: AtTheDoor, what: string, before: unknown, after: unknown): Promise<void> {
    const { person, via } = actorOf(by);
    await recordChange(tx, this.log, { type, by: person, via, data: { what, before, after } });
  }
}

/** For what is about to be changed. @throws WebhookNotFound */
async function hold(tx: Tx, id: WebhookId): Promise<Held> {
  const [found] = await rows<Held>(
    tx,
    'select name, url, types, private, drills, secret, off is null as "isOn" from webhook where id = $1 for update',
    [id],
  );
  if (!found) throw new WebhookNotFound();
  return found;
}

/** Null when nothing holds it back. An incident is asked about only where one is named. */
async function whyHeldBack(tx: Tx, id: WebhookId, incidentId: string | null): Promise<string | null> {
  const [held] = await rows<{ off: boolean; practice: boolean; private: boolean; drill: boolean }>(
    tx,
    `select w.off is not null as off, i.practice_instance is not null as practice, i.private and not w.private as private,
            i.kind = 'drill' and not w.drills as drill from webhook w left join incident i on i.id = $2 where w.id = $1`,
    [id, incidentId],
  );
  if (held?.practice) return 'Practice with a pretend chat never leaves the machine, so nothing of it is sent.';
  if (held?.private) return 'It is not sent now: this webhook is not told of private incidents. Allow it that, and ask again.';
  if (held?.drill) return 'It is not sent now: this webhook is not told of drills. Allow it that, and ask again.';
  return held?.off ? 'It is not sent now: the webhook is off. Switched on, it sends this again, in order.' : null;
}

const factsOf = ({ name, url, types, private: isPrivate, drills }: Facts): Facts => ({ name, url, types, private: isPrivate, drills });

/** Without what was left out. */
const given = (ask: Partial<Record<keyof Facts, unknown>>): Partial<Facts> =>
  Object.fromEntries(Object.entries(ask).filter(([, value]) => value !== undefined));
