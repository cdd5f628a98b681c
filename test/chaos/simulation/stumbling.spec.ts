import type { ChatAdapter } from '@musterhq/chat-port';
import { done, unknown } from '@musterhq/chat-port';
import { NEVER } from 'rxjs';
import { Turns } from '#src/platform/loops/turns';
import { DeliveryWorker } from '#src/rooms/deliveries/delivery-worker';
import { Bell } from './bell.ts';
import { DeliveriesInMemory } from './memory/deliveries.ts';
import { Tables } from './memory/tables.ts';
import { contentOf } from './simulated-chat.ts';
import { SimulatedTime } from './simulated-time.ts';

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const SECOND = 1_000;

/** What simulated nights found, each by itself: one message on its way to a chat, and what goes wrong on the way. */
describe('A delivery whose process or database stumbles', () => {
  let time: SimulatedTime;
  let tables: Tables;
  /** When a call to say it began. */
  let sends: number[];
  let seen: boolean;

  beforeEach(() => {
    time = new SimulatedTime(0);
    tables = new Tables(() => time.now());
    sends = [];
    seen = false;
    tables.mirrors.set('m', { id: 'm', incidentId: 'i', instance: 'chat', tenant: 'T', state: 'open', room: 'C1' });
    tables.deliveries.set('d', {
      ...{
        id: 'd',
        mirrorId: 'm',
        lane: 'room',
        position: 1,
        operation: 'send',
        messageId: 'x',
        content: contentOf('hello'),
        createdAt: 0,
      },
      ...{
        parts: null,
        part: 0,
        thread: null,
        status: 'pending',
        attempts: 0,
        unended: 0,
        looks: 0,
        triedAt: null,
        nextAt: 0,
        settleAt: null,
      },
      ...{ owner: null, claimUntil: null, fault: null, gapId: null, isDigest: false, digestId: null, again: null, lost: 0 },
    });
  });

  it('is looked for once more when the look that counts had begun before the settle time was over', async () => {
    const worker = work(new DeliveriesInMemory(tables, 'me'), {
      send: () => {
        time.later(35 * SECOND, () => (seen = true));
        return Promise.resolve(unknown({ code: 'timeout', scope: 'message' }));
      },
      look: async () => {
        const found = seen;
        await time.sleep(time.now() >= 29 * SECOND && time.now() < 35 * SECOND ? 12 * SECOND : 100);
        return found;
      },
    });
    await lasting(120 * SECOND);

    expect(sends).toHaveLength(1);
    expect(tables.deliveries.get('d')?.status).toBe('sent');
    await worker.stop();
  });

  it('is not sent any more by a process whose claim has ended meanwhile', async () => {
    const deliveries = new DeliveriesInMemory(tables, 'me');
    const keepParts = deliveries.keepParts.bind(deliveries);
    let slow = 1;
    deliveries.keepParts = async (...args) => {
      const kept = await keepParts(...args);
      if (slow-- > 0) await time.sleep(15 * SECOND);
      return kept;
    };
    const worker = work(deliveries, { send: () => Promise.resolve(done(receipt())), look: () => Promise.resolve(seen) });
    await lasting(120 * SECOND);

    expect(sends).toHaveLength(1);
    expect(sends[0]).toBeGreaterThanOrEqual(40 * SECOND);
    await worker.stop();
  });

  it('does not go to a person because the database was away three times', async () => {
    const deliveries = new DeliveriesInMemory(tables, 'me');
    const keepParts = deliveries.keepParts.bind(deliveries);
    let away = 3;
    deliveries.keepParts = (...args) => (away-- > 0 ? Promise.reject(new Error('the database is away')) : keepParts(...args));
    const worker = work(deliveries, { send: () => Promise.resolve(done(receipt())), look: () => Promise.resolve(seen) });
    await lasting(300 * SECOND);

    expect(tables.deliveries.get('d')?.status).toBe('sent');
    await worker.stop();
  });

  const lasting = (ms: number): Promise<void> =>
    time.run(ms, () => tables.deliveries.get('d')?.status === 'sent' && tables.now() > 60 * SECOND);

  const receipt = () => ({ message: { room: { adapter: 'chat', tenant: 'T', room: 'C1' }, id: '1' }, at: 0 });

  function work(
    deliveries: DeliveriesInMemory,
    chat: { send: () => ReturnType<ChatAdapter['messages']['send']>; look: () => Promise<boolean> },
  ): DeliveryWorker {
    const adapter: ChatAdapter = {
      capabilities: () => ({
        rev: '1',
        features: {},
        threads: 'none',
        limits: { textChars: 4_000 },
        rates: [],
        reconcile: 'key',
        echo: 'none',
        formsFrom: [],
      }),
      messages: {
        render: ({ blocks }) => ({ parts: blocks.map((body) => ({ body, chars: 1, bytes: 1 })), losses: [] }),
        send: () => {
          sends.push(time.now());
          return chat.send();
        },
        reconcile: async () => ((await chat.look()) ? { found: receipt() } : 'absent'),
      },
      health$: NEVER,
      close: () => Promise.resolve(),
    };
    const running = {
      id: 'chat',
      name: 'chat',
      plugin: 'chat',
      pretend: true,
      pace: 1,
      adapter,
      health: { state: 'ready', since: 0 },
    } as const;
    const said = { spec: null, members: null, thread: null, on: false };
    const worker = new DeliveryWorker(
      deliveries,
      { all: () => [running] },
      { for: ({ content }) => Promise.resolve({ ...said, content }) },
      new Bell(time, () => 1).of(() => true),
      quiet,
      undefined,
      undefined,
      time,
      new Turns(),
    );
    worker.start();
    return worker;
  }
});
