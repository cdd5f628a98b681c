import { randomUUID } from 'node:crypto';
import type { ChatEvent } from '@musterhq/chat-port';
import fc from 'fast-check';
import { DataSource } from 'typeorm';
import { Artifacts } from '#src/artifacts/artifacts.service';
import { Incidents } from '#src/incidents/incidents.service';
import { People } from '#src/people/people.service';
import { dataSourceOptions } from '#src/platform/database/data-source';
import { Database, type Tx } from '#src/platform/database/database';
import { store } from '#src/platform/inbox/admit';
import type { ClaimedItem, Lane } from '#src/platform/inbox/inbox.types';
import { type WaitingItems, WaitingInPostgres } from '#src/platform/inbox/waiting-items';
import { StreamLog } from '#src/platform/log/log';
import type { Next } from '#src/rooms/deliveries/decide';
import { type Deliveries, DeliveriesInPostgres } from '#src/rooms/deliveries/deliveries';
import { enqueue } from '#src/rooms/deliveries/delivery-queue';
import type { Delivery } from '#src/rooms/deliveries/delivery.types';
import type { Made } from '#src/rooms/deliveries/record-outcome';
import type { Gap } from '#src/rooms/gaps/gap-store';
import { type Gaps, GapsInPostgres } from '#src/rooms/gaps/gaps';
import { MirrorTrouble } from '#src/rooms/gaps/mirror-trouble.service';
import { type Hearing, HearingInPostgres } from '#src/rooms/hearing';
import type { Swept, Unswept } from '#src/rooms/sweeps/sweep.types';
import { type Sweeps, SweepsInPostgres } from '#src/rooms/sweeps/sweeps';
import { Messages } from '#src/rooms/messages.service';
import { MARK_KINDS } from '#src/rooms/rooms.events';
import { MIRRORS_FOLLOWER } from '#src/rooms/rooms.types';
import { useApp } from '#test/support/app';
import { DeliveriesInMemory } from './memory/deliveries.ts';
import { GapsInMemory, trouble } from './memory/gaps.ts';
import { HearingInMemory } from './memory/hearing.ts';
import { SweepsInMemory } from './memory/sweeps.ts';
import { Tables } from './memory/tables.ts';
import { WaitingInMemory, storeInMemory } from './memory/waiting-items.ts';

const START = Date.UTC(2026, 0, 1);
const NEVER = new Promise<never>(() => undefined);
const OWNERS = [randomUUID(), randomUUID()] as const;
const CONTENT = { blocks: [{ t: 'p' as const, c: [{ t: 'text' as const, v: 'ours' }] }], summary: 'ours' };
const FAULT = { code: 'unavailable', scope: 'room' } as const;

/** One side: PostgreSQL, or the memory that is to be its equal. */
interface Side {
  readonly deliveries: readonly Deliveries[];
  readonly waiting: readonly WaitingItems<unknown>[];
  readonly gaps: Gaps;
  readonly sweeps: Sweeps;
  readonly hearing: Hearing<unknown>;
  readonly lanes: Map<string, Lane>;
  readonly items: Map<string, ClaimedItem>;
  transaction<T>(work: (tx: unknown) => Promise<T>): Promise<T>;
  enqueue(mirror: number, operation: 'send' | 'open-room', position: number, messageId: string | null): Promise<void>;
  admit(ids: readonly number[], gap: boolean): Promise<unknown>;
  trouble(how: 'suspect' | 'park' | 'catchUp'): Promise<void>;
  /** What the detector comes to believe; `provenAt` is null where it never saw the chat well. */
  believe(isDoubted: boolean, provenAt: number | null): Promise<void>;
  /** What all of it comes to. */
  state(): Promise<unknown>;
}

interface Step {
  readonly what: string;
  readonly passes: number;
  readonly a: number;
  readonly b: number;
  readonly flag: boolean;
}

/** What a step answers on one side, in words that can be compared. */
type Act = (side: Side, step: Step, context: Context) => Promise<unknown>;

interface Context {
  readonly now: number;
  readonly position: number;
  readonly instance: string;
  readonly incidents: readonly string[];
  readonly mirrors: readonly string[];
  readonly messageId: string;
}

const ms = (at: Date | null): number | null => at?.getTime() ?? null;

const seen = (delivery: Delivery | null): unknown =>
  delivery && {
    mirror: delivery.mirrorId,
    room: delivery.room,
    position: delivery.position,
    part: delivery.part,
    parts: delivery.parts?.length ?? null,
    status: delivery.status,
    attempts: delivery.attempts,
    unended: delivery.unended,
    looks: delivery.looks,
    tried: ms(delivery.triedAt),
    next: ms(delivery.nextAt),
    settles: ms(delivery.settleAt),
    fault: delivery.fault?.code ?? null,
    again: delivery.again,
    isDigest: delivery.isDigest,
    mayBeAway: delivery.mayBeAway,
  };

const outcomes = (step: Step, { now }: Context): Next => {
  switch (step.b % 5) {
    case 0:
      return { to: 'sent' };
    case 1:
      return { to: 'pending', at: now + 700, fault: step.flag ? FAULT : null };
    case 2:
      return {
        to: 'unknown',
        lookAt: now + 100,
        settleAt: now + 40_000,
        fault: step.flag ? FAULT : null,
        ...(step.a % 2 === 0 ? { uncounted: true as const } : {}),
      };
    case 3:
      if (step.flag && step.a % 2 === 0) return { to: 'apart', fault: FAULT };
      return { to: 'refused', fault: { code: 'invalid', scope: 'message' } };
    default:
      return { to: 'needs-a-person', fault: null };
  }
};

const headsOf = async (side: Side, { instance }: Context): Promise<Delivery[]> =>
  (await (side.deliveries[0] as Deliveries).heads(instance, 'T')).sort((a, b) => (a.mirrorId < b.mirrorId ? -1 : 1));

/** The first of the room's lane, whoever works on it; its position tells it on both sides. */
async function pickDelivery(side: Side, step: Step, context: Context): Promise<Delivery | null> {
  const heads = await headsOf(side, context);
  return heads[step.a % Math.max(heads.length, 1)] ?? null;
}

function madeBy(step: Step, delivery: Delivery, next: Next, { instance }: Context): Made {
  if (next.to !== 'sent') return null;
  const room = { adapter: instance, tenant: 'T', room: `C-${delivery.mirrorId}` };
  if (delivery.operation === 'open-room') return { room: { ref: room, name: 'room', archived: false } };
  const id = `n${delivery.position}.${delivery.part}`;
  return step.flag ? { receipt: { message: { room: { ...room, room: delivery.room ?? '' }, id }, at: 0 } } : null;
}

const foundAt = ({ instance }: Context, mirrorId: string, { a, b }: Step) => ({
  room: { adapter: instance, tenant: 'T', room: `C-${mirrorId}` },
  id: `found${a}.${b}`,
});

const roomAt = (step: Step, { instance, mirrors }: Context) => ({ adapter: instance, tenant: 'T', room: `C-${mirrors[step.a % 2]}` });

const ACTS: Record<string, Act> = {
  queue: async (side, step, { position, messageId }) => side.enqueue(step.a % 2, step.flag ? 'send' : 'open-room', position, messageId),
  hold: (side, step, { instance }) => (side.deliveries[step.a % 2] as Deliveries).holdTenant(instance, 'T'),
  work: (side, _step, { instance }) => (side.deliveries[0] as Deliveries).tenantsWithWork(instance),
  heads: async (side, _step, context) => (await headsOf(side, context)).map(seen),
  head: async (side, step, { mirrors }) => seen(await (side.deliveries[0] as Deliveries).headOf(mirrors[step.a % 2] ?? '', 'room')),
  lost: async (side, step, { instance }) =>
    (await (side.deliveries[step.a % 2] as Deliveries).lost(instance, 'T'))
      .map((one) => ({ ...(seen(one) as object), isOurs: one.isOurs, order: one.position }))
      .sort((a, b) => a.order - b.order),
  claim: async (side, step, context) => {
    const delivery = await pickDelivery(side, step, context);
    return delivery && (side.deliveries[step.b % 2] as Deliveries).claim(delivery, 10_000);
  },
  gather: async (side, step, { mirrors }) => {
    const rule = { above: step.b, afterMs: 0, most: 2 + (step.a % 3), share: 1 };
    return (side.deliveries[0] as Deliveries).gather(mirrors[step.a % 2] ?? '', rule, step.flag ? 10_000 : 450);
  },
  keep: async (side, step, context) => {
    const delivery = await pickDelivery(side, step, context);
    const parts = Array.from({ length: 1 + (step.a % 3) }, () => ({ body: {}, chars: 1, bytes: 1 }));
    return delivery && (side.deliveries[step.b % 2] as Deliveries).keepParts(delivery, parts, null);
  },
  record: async (side, step, context) => {
    const head = await pickDelivery(side, step, context);
    // Now and then about the attempt before this one.
    const delivery = head && step.a === 5 ? { ...head, attempts: head.attempts - 1 } : head;
    const next = outcomes(step, context);
    return delivery && (side.deliveries[0] as Deliveries).record(delivery, next, madeBy(step, delivery, next, context), step.flag);
  },
  echo: async (side, step, context) => {
    const delivery = await pickDelivery(side, step, context);
    if (!delivery) return null;
    const part = step.b % 2;
    const ref = { room: { adapter: context.instance, tenant: 'T', room: delivery.room ?? '' }, id: `n${delivery.position}.${part}` };
    return side.transaction(async (tx) => {
      const known = await side.hearing.deliveryOf(tx, delivery.id);
      if (known) await side.hearing.settleByEcho(tx, known, { id: delivery.id, part }, { ref, at: context.now });
      return known && { mirror: known.mirrorId, incident: known.incidentId, operation: known.operation };
    });
  },
  say: async (side, step, context) => {
    const delivery = await pickDelivery(side, step, context);
    const deliveries = side.deliveries[0] as Deliveries;
    if (delivery?.operation !== 'send' || !(await deliveries.claim(delivery, 10_000))) return null;
    const parts = delivery.parts ?? Array.from({ length: 1 + (step.b % 3) }, () => ({ body: {}, chars: 1, bytes: 1 }));
    await deliveries.keepParts(delivery, parts, null);
    const begun = { ...delivery, attempts: delivery.attempts + 1, parts };
    return deliveries.record(begun, { to: 'sent' }, madeBy({ ...step, flag: true }, begun, { to: 'sent' }, context), true);
  },
  'rooms to sweep': async (side, _step, { instance }) => side.sweeps.rooms(instance),
  sweep: async (side, step, context) => {
    const { mirrors, now } = context;
    const mirrorId = mirrors[step.a % 2] as string;
    const due = await side.sweeps.due(mirrorId);
    const [first, ...others] = due;
    const nextAt = new Date(now + 1_000 * step.a);
    const again = (some: readonly Unswept[], found: boolean) => some.map((one) => ({ one, at: nextAt, looks: one.looks + 1, found }));
    const kinds: readonly Partial<Swept>[] = [
      { over: due },
      { again: again(due, step.flag) },
      { lost: due },
      { lost: first ? [first] : [], again: again(others, false) },
      { again: again(due, true), removed: [{ id: `n${step.b}.0`, kept: `n${step.b}.1` }] },
      {
        again: again(due, true),
        there: due.filter((one) => one.isDoubtful).map((one) => ({ one, message: foundAt(context, mirrorId, step) })),
      },
    ];
    await side.sweeps.record(mirrorId, { over: [], again: [], lost: [], removed: [], there: [], ...kinds[step.b % kinds.length] }, nextAt);
    return due.map(({ deliveryId: _, ...one }) => ({ ...one, at: ms(one.at), saidAt: ms(one.saidAt) }));
  },
  'see it go': async (side, step, { mirrors, position }) =>
    side.transaction(async (tx) => {
      const mirror = { id: mirrors[step.a % 2] as string, incidentId: '', surface: '' };
      for (let n = Math.max(position - 12, 1); n < position; n++) if (n % 6 === step.b) await side.hearing.sawGo(tx, mirror, `n${n}.0`);
    }),
  suspect: (side) => side.trouble('suspect'),
  park: (side) => side.trouble('park'),
  'catch up': (side) => side.trouble('catchUp'),
  believe: (side, { a, flag }, { now }) => side.believe(flag, a === 0 ? null : now - (a - 1) * 10_000),
  'close gaps': async (side, step) => {
    const found = await side.gaps.toClose();
    const one = found.sort((a, b) => (a.mirrorId < b.mirrorId ? -1 : 1))[step.a % Math.max(found.length, 1)];
    if (!one) return null;
    const { mirrorId, state, parked, room, from, to, cursor, untold: before } = one;
    const keptFrom = step.b % 3 === 0 ? new Date(from.getTime() + step.b * 1_000) : null;
    const untold = MARK_KINDS.filter((_, n) => (step.a + step.b + n) % 3 === 0);
    const stale: Gap = step.b % 7 === 0 ? { ...one, to: new Date(to.getTime() - 1) } : one;
    const done =
      state === 'reading'
        ? step.flag
          ? await side.gaps.allRead(stale, keptFrom, untold)
          : await side.gaps.keepPlace(stale, { cursor: `page ${step.b}`, notBefore: null, keptFrom, untold })
        : state === 'merging'
          ? await side.gaps.startPosting(one)
          : await side.gaps.close(one);
    return { mirrorId, state, parked, room, from: ms(from), to: ms(to), cursor, untold: before, done: done ?? null };
  },
  admit: (side, step) => side.admit([step.a, step.b, step.a + step.b], step.flag),
  lease: async (side, step) => {
    const held = step.flag ? [...side.lanes].flatMap(([key, lane]) => (key.startsWith(`${step.a % 2} `) ? [lane] : [])) : [];
    const leased = await (side.waiting[step.a % 2] as WaitingItems<unknown>).leaseLanes(10, held);
    for (const lane of leased) side.lanes.set(`${step.a % 2} ${lane.lane}`, lane);
    return leased.map(({ lane, seq, suspect }) => `${lane} ${seq} ${suspect}`).sort();
  },
  'claim an item': async (side, step) => {
    const mine = [...side.lanes].filter(([key]) => key.startsWith(`${step.a % 2} `)).sort(([a], [b]) => (a < b ? -1 : 1));
    const lane = mine[step.b % Math.max(mine.length, 1)]?.[1];
    const item = lane ? await (side.waiting[step.a % 2] as WaitingItems<unknown>).claimNext(lane) : null;
    if (!item) return null;
    side.items.set(`${step.a % 2}`, item);
    const { envelopeId, seq, claims, problem, occurredAt, gapId } = item;
    return { envelopeId, seq, claims, hasProblem: problem !== null, at: ms(occurredAt), isOfGap: gapId !== null };
  },
  finish: async (side, step) => {
    const item = side.items.get(`${step.a % 2}`);
    if (!item) return null;
    let wasDone = true;
    await (side.waiting[step.a % 2] as WaitingItems<unknown>)
      .finish(item, () => {
        wasDone = false;
        return step.b % 3 === 0 ? Promise.reject(new Error('no')) : Promise.resolve();
      })
      .catch(() => undefined);
    return { wasDone };
  },
  'put aside': async (side, step) => {
    const item = side.items.get(`${step.a % 2}`);
    return item && (side.waiting[step.a % 2] as WaitingItems<unknown>).putAside(item, 'deadly', () => Promise.resolve());
  },
  postpone: async (side, step) => {
    const item = side.items.get(`${step.a % 2}`);
    const waiting = side.waiting[step.a % 2] as WaitingItems<unknown>;
    if (!item) return null;
    return step.flag ? waiting.postpone(item, new Error('no')) : waiting.putBack(item, 200);
  },
  release: async (side, step) => {
    const lane = side.lanes.get(`${step.a % 2} lane ${step.b % 2}`);
    return lane && (side.waiting[step.a % 2] as WaitingItems<unknown>).releaseLane(lane, step.flag);
  },
  hear: (side, step, context) =>
    side.transaction(async (tx) => {
      const { hearing } = side;
      const mirror = await hearing.mirrorOf(tx, roomAt(step, context)).catch((error: Error) => error.name);
      if (mirror === null || typeof mirror === 'string') return mirror;
      const native = `n${step.b}`;
      const copy = await hearing.copyOf(tx, mirror, native);
      const answer = { mirror: mirror.id, incident: mirror.incidentId, ours: copy?.is_ours };
      if (!copy && step.flag) await hearing.bury(tx, mirror, { id: native });
      else if (!copy) {
        const person = await hearing.person(tx, { adapter: context.instance, tenant: 'T', user: 'mia' });
        if (!person) throw new Error('nobody has met Mia');
        await hearing.post(
          tx,
          mirror,
          { id: native },
          {
            incidentId: mirror.incidentId,
            id: context.messageId,
            text: 'said',
            mentions: [],
            by: { person, via: { id: context.instance, name: 'The chat' } },
            occurredAt: new Date(context.now),
          },
        );
      } else if (!step.flag && !copy.is_ours && (copy.message_id === null || copy.deleted_at !== null))
        await hearing.forget(tx, mirror, native);
      else if (copy.message_id && step.flag) await hearing.takeBack(tx, copy.message_id, { id: context.instance, name: 'The chat' });
      else if (copy.message_id) {
        const version = { eventId: randomUUID(), messageId: copy.message_id, at: new Date(context.now - step.passes) };
        const isOutdated = await hearing.isOutdated(tx, mirror.incidentId, version);
        await hearing.reword(tx, copy.message_id, `said ${step.a % 3}`);
        return { ...answer, isOutdated };
      }
      return { ...answer, known: copy && { deleted: ms(copy.deleted_at), isTombstone: copy.message_id === null } };
    }),
};

const DELIVERING = [
  'queue',
  'hold',
  'work',
  'heads',
  'head',
  'lost',
  'gather',
  'claim',
  'claim',
  'claim',
  'keep',
  'keep',
  'record',
  'record',
  'echo',
  'believe',
];
const HEARING = [
  'admit',
  'lease',
  'lease',
  'claim an item',
  'claim an item',
  'claim an item',
  'finish',
  'finish',
  'put aside',
  'postpone',
  'release',
];
const MERGING = [
  'suspect',
  'park',
  'catch up',
  'catch up',
  'close gaps',
  'close gaps',
  'close gaps',
  'queue',
  'claim',
  'record',
  'hear',
  'hear',
  'admit',
];

const SWEEPING = [
  'queue',
  'queue',
  'say',
  'say',
  'say',
  'say',
  'claim',
  'record',
  'echo',
  'see it go',
  'rooms to sweep',
  'sweep',
  'sweep',
  'suspect',
  'catch up',
  'close gaps',
  'close gaps',
];

const walks = (...acts: readonly string[]) =>
  fc.array(
    fc.record<Step>({
      what: fc.constantFrom(...acts),
      passes: fc.constantFrom(0, 0, 1, 300, 3_000, 6_000, 45_000, ...(acts.includes('sweep') ? [150_000] : [])),
      a: fc.nat(5),
      b: fc.nat(5),
      flag: fc.boolean(),
    }),
    { minLength: 40, maxLength: 80, size: 'max' },
  );

describe('The memory that bad nights are simulated on', () => {
  const app = useApp({ roles: ['web'] });
  let source: DataSource;
  let database: Database;
  let streams: StreamLog;

  beforeAll(async () => {
    // The time of every statement is ours to say: an unqualified name is looked for here first.
    await app.database.query('create schema simulated');
    await app.database.query('create table simulated.time (now timestamptz)');
    await app.database.query('insert into simulated.time values (now())');
    await app.database.query(
      `create function simulated.clock_timestamp() returns timestamptz language sql volatile as 'select now from simulated.time'`,
    );
    // How a room looks is not simulated: nobody says it twice, and nothing that is said waits for it.
    await app.database.query(`create function simulated.not_looked_after() returns trigger language plpgsql as 'begin return null; end'`);
    await app.database.query(
      `create trigger not_looked_after before insert on delivery for each row when (new.lane = 'upkeep') execute function simulated.not_looked_after()`,
    );
    const options = dataSourceOptions(app.databaseUrl, 2);
    const extra = options.extra as { options: string };
    source = await new DataSource({
      ...options,
      extra: { ...extra, options: `${extra.options} -c search_path=simulated,public,pg_catalog` },
    } as never).initialize();
    database = new Database(source);
    streams = new StreamLog(database, app.doorbell);
    for (const table of ['delivery', 'inbox'])
      await app.database.query(
        `alter table ${table} alter column ${table === 'inbox' ? 'admitted_at' : 'created_at'} set default simulated.clock_timestamp()`,
      );
  }, 60_000);
  afterAll(() => source.destroy());

  it.each([
    ['what is to be said', DELIVERING],
    ['what was heard', HEARING],
    ['what an outage left', MERGING],
    ['what chats say they have', SWEEPING],
    ['all of it', [...DELIVERING, ...HEARING, ...MERGING, ...SWEEPING]],
  ])(
    'answers as PostgreSQL does about %s, in whatever order it is asked, and comes to the same',
    async (_what, acts) => {
      await fc.assert(
        fc.asyncProperty(walks(...acts), async (walk) => {
          let now = START;
          const context = {
            instance: `chat ${randomUUID()}`,
            incidents: [randomUUID(), randomUUID()],
            mirrors: [randomUUID(), randomUUID()].sort(),
          };
          const postgres = await inPostgres(context);
          const memory = inMemory(context, () => now);
          let position = 1;
          for (const step of walk) {
            now += step.passes;
            position++;
            await app.database.query('update simulated.time set now = $1', [new Date(now)]);
            const here: Context = { ...context, now, position, messageId: randomUUID() };
            const act = ACTS[step.what] as Act;
            const [expected, got] = [await act(postgres, step, here), await act(memory, step, here)];
            expect({ step, answer: got ?? null }).toEqual({ step, answer: expected ?? null });
          }
          expect(await memory.state()).toEqual(await postgres.state());
        }),
        { numRuns: 12, endOnFailure: true },
      );
    },
    120_000,
  );

  function inMemory({ instance, incidents, mirrors }: Pick<Context, 'instance' | 'incidents' | 'mirrors'>, now: () => number): Side {
    const tables = new Tables(now);
    mirrors.forEach((id, n) => {
      const isOpen = n === 0;
      const incidentId = incidents[n] as string;
      const room = isOpen ? `C-${id}` : null;
      tables.mirrors.set(id, { id, incidentId, instance, tenant: 'T', state: isOpen ? 'open' : 'opening', room });
    });
    return {
      deliveries: OWNERS.map((owner) => new DeliveriesInMemory(tables, owner)),
      waiting: OWNERS.map((owner) => new WaitingInMemory(tables, owner, NEVER, () => 0)),
      gaps: new GapsInMemory(tables),
      sweeps: new SweepsInMemory(tables),
      hearing: new HearingInMemory() as Hearing<unknown>,
      lanes: new Map(),
      items: new Map(),
      transaction: (work) => tables.transaction(NEVER, () => work(tables)),
      enqueue: (mirror, operation, position, messageId) => {
        const id = tables.newId();
        tables.deliveries.set(id, {
          ...{
            id,
            mirrorId: mirrors[mirror] as string,
            lane: 'room',
            position,
            operation,
            content: operation === 'send' ? CONTENT : null,
            createdAt: now(),
            parts: null,
            part: 0,
          },
          ...{ messageId: operation === 'send' ? messageId : null, thread: null, status: 'pending', attempts: 0, unended: 0, looks: 0 },
          ...{
            triedAt: null,
            nextAt: now(),
            settleAt: null,
            owner: null,
            claimUntil: null,
            fault: null,
            gapId: null,
            again: null,
            lost: 0,
            isDigest: false,
            digestId: null,
          },
        });
        return Promise.resolve();
      },
      admit: async (ids, isOfGap) => {
        const gapId = isOfGap
          ? ([...tables.gaps.values()].filter(({ state }) => state !== 'closed').sort((a, b) => (a.mirrorId < b.mirrorId ? -1 : 1))[0]
              ?.id ?? null)
          : null;
        const fresh = await storeInMemory(
          tables,
          ids.map((id) => admission(instance, id, gapId)),
        );
        return [...fresh].sort();
      },
      trouble: (how) => {
        const at = now() - (how === 'catchUp' ? 0 : 1_000);
        return Promise.resolve(trouble[how](tables, instance, at));
      },
      believe: (isDoubted, provenAt) => {
        tables.health.set(instance, { isDoubted, provenAt });
        return Promise.resolve();
      },
      state: () =>
        Promise.resolve({
          mirrors: [...tables.mirrors.values()].map(({ id, state, room }) => ({ id, state, room })),
          deliveries: [...tables.deliveries.values()]
            .map(({ mirrorId, position, status, part, attempts, unended, looks, again, lost, gapId, isDigest, digestId }) => ({
              ...{ mirrorId, position, status, part, attempts, unended, looks, again, lost, isDigest },
              isOfGap: gapId !== null,
              isInDigest: digestId !== null,
            }))
            .sort((a, b) => a.position - b.position || Number(a.isDigest) - Number(b.isDigest)),
          unswept: [...tables.unswept.values()]
            .map(({ deliveryId, part, nativeId, at, saidAt, seen, looks, dueAt }) => {
              const position = tables.deliveries.get(deliveryId)?.position;
              return `${position}.${part} ${nativeId} ${at} ${saidAt} ${seen} ${looks} ${dueAt}`;
            })
            .sort(),
          inbox: [...tables.inbox.values()].map((row) => `${row.lane} ${row.seq} ${row.status} ${row.claims}`).sort(),
          lanes: [...tables.lanes.values()].map(({ lane, seq, done }) => `${lane} ${seq} ${done}`).sort(),
          copies: [...tables.copies.values()].map(({ nativeId, messageId, part }) => `${nativeId} ${messageId !== null} ${part}`).sort(),
          messages: [...tables.messages.values()].map(({ text, deletedAt }) => `${text} ${deletedAt !== null}`).sort(),
          told: [...tables.log.values()]
            .flat()
            .map(({ type }) => type)
            .filter(isCompared)
            .sort(),
          putAside: tables.putAside.size,
        }),
    };
  }

  async function inPostgres({ instance, incidents, mirrors }: Pick<Context, 'instance' | 'incidents' | 'mirrors'>): Promise<Side> {
    for (const [n, id] of mirrors.entries()) {
      const incident = await app.anIncident({ title: instance });
      const isOpen = n === 0;
      await database.query(
        `insert into mirror (id, incident_id, instance, tenant, surface, state, room) values ($1, $2, $3, 'T', 'The chat', $4, $5)`,
        [id, incident.id, instance, isOpen ? 'open' : 'opening', isOpen ? `C-${id}` : null],
      );
      // What is said is queued by hand here, so no follower has to be waited for.
      await database.query(
        `insert into follower_cursor (follower, stream_id, seq) values ($1, $2, 1000000) on conflict (follower, stream_id) do update set seq = excluded.seq`,
        [MIRRORS_FOLLOWER, incident.id],
      );
      (incidents as string[])[n] = incident.id;
    }
    // Lanes are leased whosever they are.
    await database.query('delete from inbox_lane');
    await app.get(People).meet({ adapter: instance, tenant: 'T', user: 'mia' });
    const trouble = new MirrorTrouble(streams, app.doorbell);
    const ofHere = `mirror_id in (select id from mirror where instance = $1)`;
    return {
      deliveries: OWNERS.map((owner) => new DeliveriesInPostgres(database, streams, owner)),
      waiting: OWNERS.map((owner) => new WaitingInPostgres(database, app.doorbell, owner)) as WaitingItems<unknown>[],
      gaps: new GapsOfOne(new GapsInPostgres(database, streams), instance),
      sweeps: new SweepsInPostgres(database, streams),
      hearing: new HearingInPostgres(
        streams,
        new Messages(database, streams, app.get(Incidents)),
        app.get(People),
        app.get(Artifacts),
      ) as Hearing<unknown>,
      lanes: new Map(),
      items: new Map(),
      transaction: (work) => database.transaction((tx) => work(tx)),
      enqueue: (mirror, operation, position, messageId) =>
        database.transaction(async (tx) => {
          if (operation === 'send') await addMessage(tx, incidents[mirror] as string, messageId as string);
          const content = operation === 'send' ? { messageId: messageId as string, content: CONTENT } : {};
          await enqueue(tx, app.doorbell, { mirrorId: mirrors[mirror] as string, position, operation, ...content });
          await tx.query('update delivery set next_at = simulated.clock_timestamp() where mirror_id = $1 and position = $2', [
            mirrors[mirror],
            position,
          ]);
        }),
      admit: async (ids, isOfGap) => {
        const [gap] = isOfGap
          ? await database.query<{ id: string }>(`select id from gap where state <> 'closed' and ${ofHere} order by mirror_id`, [instance])
          : [];
        const fresh = await store(
          database,
          ids.map((id) => admission(instance, id, gap?.id ?? null)),
        );
        return [...fresh].sort();
      },
      trouble: async (how) => {
        const [{ now }] = (await database.query<{ now: Date }>('select now from simulated.time')) as [{ now: Date }];
        await database.transaction((tx) => {
          const surface = { instance, tenant: 'T' };
          if (how === 'catchUp') return trouble.catchUp(tx, surface, now);
          return trouble[how](tx, surface, new Date(now.getTime() - 1_000), 'why');
        });
      },
      believe: async (isDoubted, provenAt) => {
        await database.query(
          `insert into surface_health (instance, tenant, state, detector) values ($1, 'T', $2, $3)
           on conflict (instance, tenant) do update set state = excluded.state, detector = excluded.detector`,
          [instance, isDoubted ? 'suspect' : 'ok', JSON.stringify({ provenAt, blind: null })],
        );
      },
      state: async () => ({
        mirrors: await database.query('select id, state, room from mirror where instance = $1 order by id', [instance]),
        deliveries: await database.query(
          `select mirror_id as "mirrorId", position::int, status, part, attempts, unended, looks, again, lost, is_digest as "isDigest", gap_id is not null as "isOfGap", digest_id is not null as "isInDigest"
             from delivery where ${ofHere} order by position, is_digest`,
          [instance],
        ),
        unswept: await lines(
          `select d.position || '.' || u.part || ' ' || coalesce(u.native_id, 'null') || ' ' || ${epoch('u.at')} || ' ' || ${epoch('u.said_at')} || ' ' || u.seen || ' ' || u.looks || ' ' || ${epoch('u.due_at')} as line
             from unswept u join delivery d on d.id = u.delivery_id join mirror m on m.id = u.mirror_id where m.instance = $1`,
          instance,
        ),
        inbox: await lines(`select lane || ' ' || seq || ' ' || status || ' ' || claims as line from inbox where instance = $1`, instance),
        lanes: await lines(`select lane || ' ' || seq || ' ' || done as line from inbox_lane where instance = $1`, instance),
        copies: await lines(
          `select native_id || ' ' || (message_id is not null) || ' ' || part as line from message_copy where ${ofHere}`,
          instance,
        ),
        messages: await lines(
          `select text || ' ' || (deleted_at is not null) as line from message where author is not null and incident_id in (select incident_id from mirror where instance = $1)`,
          instance,
        ),
        told: (
          await lines('select type as line from event where stream_id in (select incident_id from mirror where instance = $1)', instance)
        ).filter(isCompared),
        putAside: (
          await database.query(
            `select 1 from quarantine where key ->> 0 = $1 or key ->> 0 in (select id::text from delivery where ${ofHere})`,
            [instance],
          )
        ).length,
      }),
    };
  }

  async function lines(sql: string, instance: string): Promise<string[]> {
    return (await database.query<{ line: string }>(sql, [instance])).map(({ line }) => line).sort();
  }
});

/** The database has every walk's gaps. */
class GapsOfOne implements Gaps {
  readonly keepPlace: Gaps['keepPlace'];
  readonly allRead: Gaps['allRead'];
  readonly startPosting: Gaps['startPosting'];
  readonly close: Gaps['close'];

  constructor(
    private readonly gaps: Gaps,
    private readonly instance: string,
  ) {
    this.keepPlace = gaps.keepPlace.bind(gaps);
    this.allRead = gaps.allRead.bind(gaps);
    this.startPosting = gaps.startPosting.bind(gaps);
    this.close = gaps.close.bind(gaps);
  }

  olderThreads(gap: Gap): Promise<string[]> {
    return this.gaps.olderThreads(gap);
  }

  async toClose(): Promise<Gap[]> {
    return (await this.gaps.toClose()).filter(({ instance }) => instance === this.instance);
  }
}

async function addMessage(tx: Tx, incidentId: string, id: string): Promise<void> {
  await tx.query('insert into message (id, incident_id, text) values ($1, $2, $3)', [id, incidentId, 'ours']);
}

const epoch = (column: string): string => `(extract(epoch from ${column}) * 1000)::bigint`;

/** What the memory tells besides is not told by what it stands for. */
const isCompared = (type: string): boolean => ['message.posted', 'gap.closed'].includes(type);

function admission(instance: string, id: number, gapId: string | null) {
  const event: ChatEvent = {
    type: 'member',
    room: { adapter: instance, tenant: 'T', room: 'C' },
    user: { adapter: instance, tenant: 'T', user: 'U' },
    change: 'joined',
  };
  const envelope = { id: `e${id}`, lane: `lane ${id % 2}`, at: START + id, redelivery: 0, event };
  return { instance, envelope, gapId, trace: '0'.repeat(32) };
}
