import { type ChatAdapter, type Page, done, refused } from '@musterhq/chat-port';
import { DeliveryWorker } from '#src/rooms/deliveries/delivery-worker';
import { CatchUp } from '#src/rooms/gaps/catch-up';
import { DeliveriesInMemory } from './memory/deliveries.ts';
import { GapsInMemory, trouble } from './memory/gaps.ts';
import { type DeliveryRow, Tables } from './memory/tables.ts';
import { SimulatedTime } from './simulated-time.ts';
import { NO_MARKS } from './worker-process.ts';

const START = Date.UTC(2026, 0, 1);
const MINUTE = 60_000;
const ROOMS = 100;
const LATER_MS = 90_000;
const quiet = { debug: nothing, info: nothing, warn: nothing, error: nothing };

const bell = { ring: nothing, listen: () => nothing };

describe('Catching up with a hundred rooms of a chat that allows fifty pages a minute', () => {
  it('asks nothing while the chat says later, then reads with half of what it allows, each room once', async () => {
    const time = new SimulatedTime(START);
    const tables = new Tables(() => time.now(), null);
    for (let n = 1; n <= ROOMS; n++)
      tables.mirrors.set(`m${n}`, { id: `m${n}`, incidentId: `i${n}`, instance: 'chat', tenant: 'T1', state: 'open', room: `C${n}` });
    trouble.park(tables, 'chat', START - 10 * MINUTE);
    trouble.catchUp(tables, 'chat', START);
    const asked: { at: number; room: string }[] = [];
    const adapter = {
      capabilities: () => ({ rates: [{ op: 'history', per: 'tenant', permits: 50, windowMs: MINUTE }] }),
      history: {
        page: ({ room }: { room: { room: string } }) => {
          asked.push({ at: time.now() - START, room: room.room });
          const later = refused({ code: 'rate-limited', scope: 'tenant', retryAfterMs: LATER_MS });
          return Promise.resolve(asked.length === 1 ? later : done<Page>({ envelopes: [], complete: true }));
        },
      },
    } as unknown as ChatAdapter;
    const chat = chatWith(adapter);
    const chats = { all: () => [chat], get: () => chat };
    const inbox = { admit: () => Promise.resolve(new Set<string>()) };
    const held = { holdTenant: () => Promise.resolve(true) };
    const catchUp = new CatchUp(new GapsInMemory(tables), held, inbox, NO_MARKS, chats, bell, quiet, time);

    catchUp.start();
    await time.run(START + 30 * MINUTE, () => [...tables.gaps.values()].every(({ state }) => state === 'closed'));
    await catchUp.stop();

    const [first, second, ...others] = asked.map(({ at }) => at);
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(LATER_MS);
    expect(new Set(asked.map(({ room }) => room)).size).toBe(ROOMS);
    expect(asked).toHaveLength(ROOMS + 1);
    for (const at of others) expect(asked.filter((one) => one.at > at - MINUTE && one.at <= at).length).toBeLessThanOrEqual(25);
    expect(time.now() - START).toBeLessThan(8 * MINUTE);
  });
});

describe('Looking for what nobody knows of in a hundred rooms of a chat that allows fifty looks a minute', () => {
  it('asks a quarter of what it allows, and asks for each', async () => {
    const time = new SimulatedTime(START);
    const tables = new Tables(() => time.now(), null);
    for (let n = 1; n <= ROOMS; n++) {
      tables.mirrors.set(`m${n}`, { id: `m${n}`, incidentId: `i${n}`, instance: 'chat', tenant: 'T1', state: 'open', room: `C${n}` });
      tables.deliveries.set(`d${n}`, nobodyKnows(`d${n}`, `m${n}`));
    }
    const asked: { at: number; room: string }[] = [];
    const adapter = {
      capabilities: () => ({ features: {}, limits: {}, rates: [{ op: 'history', per: 'tenant', permits: 50, windowMs: MINUTE }] }),
      messages: {
        reconcile: ({ room }: { room: { room: string } }) => {
          asked.push({ at: time.now() - START, room: room.room });
          return Promise.resolve({ found: { message: { room, id: '1' }, at: START } });
        },
      },
    } as unknown as ChatAdapter;
    const chats = { all: () => [chatWith(adapter)] };
    const nothingNew = { for: () => Promise.reject(new Error('Nothing new is said.')) };
    const worker = new DeliveryWorker(new DeliveriesInMemory(tables, 'w'), chats, nothingNew, bell, quiet, undefined, undefined, time);

    worker.start();
    await time.run(START + 20 * MINUTE, () => [...tables.deliveries.values()].every(({ status }) => status === 'sent'));
    await worker.stop();

    expect(new Set(asked.map(({ room }) => room)).size).toBe(ROOMS);
    expect(asked).toHaveLength(ROOMS);
    for (const { at } of asked) expect(asked.filter((one) => one.at > at - MINUTE && one.at <= at).length).toBeLessThanOrEqual(12);
  });

  const nobodyKnows = (id: string, mirrorId: string): DeliveryRow => ({
    id,
    mirrorId,
    lane: 'room',
    position: 1,
    operation: 'send',
    messageId: id,
    content: null,
    createdAt: START,
    parts: [{ bytes: '{}' }] as unknown as DeliveryRow['parts'],
    part: 0,
    thread: null,
    status: 'unknown',
    attempts: 1,
    unended: 0,
    looks: 0,
    triedAt: START - MINUTE,
    nextAt: START,
    settleAt: START,
    owner: null,
    claimUntil: null,
    fault: null,
    gapId: null,
    isDigest: false,
    digestId: null,
    again: null,
    lost: 0,
  });
});

const chatWith = (adapter: ChatAdapter) =>
  ({ id: 'chat', name: 'Chat', plugin: 'chat', pretend: true, pace: 1, adapter, health: { state: 'ready', since: 0 } }) as const;

function nothing(): void {
  return undefined;
}
