import { createServer } from 'node:net';
import fc from 'fast-check';
import { AsOne } from '#src/people/as-one.service';
import { type Database } from '#src/platform/database/database';
import { Doorbell } from '#src/platform/doorbell/doorbell';
import { StreamLog } from '#src/platform/log/log';
import { Replays } from '#src/platform/quarantine/replays';
import { Vault } from '#src/platform/secrets/vault';
import { Addresses } from '#src/platform/outgoing/addresses';
import { MOST_ATTEMPTS } from '#src/webhooks/decide';
import { WebhookPost } from '#src/webhooks/webhook-post';
import { WebhookSender } from '#src/webhooks/webhook-sender';
import type { DeliveryView } from '#src/webhooks/webhooks.types';
import { useApp } from '#test/support/app';
import { freePort } from '#test/support/free-port';
import { until } from '#test/support/until';
import { FAILURES, type Receiver } from './receiver.ts';
import { useTold } from './told.ts';

const SOON = 1;
const HOURS_4 = 240;
const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

const app = useApp({ roles: ['web', 'ingest'], environment: { MUSTER_WEBHOOK_NETWORKS: 'loopback' } });
const told = useTold(app);

const LITTLE_PATIENCE_MS = 400;

/** A worker of its own, with more patience than a receiver needs on a busy machine. */
const aWorker = (addresses = new Addresses(['loopback']), database = app.database, patienceMs = 30_000): WebhookSender =>
  new WebhookSender(
    database,
    app.get(StreamLog),
    app.get(AsOne),
    new WebhookPost(new Vault(undefined), addresses, patienceMs),
    app.get(Doorbell),
    silent,
  );

async function look(minutesLater = 0, worker = aWorker()): Promise<void> {
  await told.noted();
  await worker.look(told.later(minutesLater));
}

const deliveries = async (id: string): Promise<DeliveryView[]> =>
  ((await app.api('GET', `/api/v1/webhooks/${id}/deliveries`)).body as { deliveries: DeliveryView[] }).deliveries;

async function aWebhook(facts: object = {}): Promise<{ id: string; receiver: Receiver }> {
  const receiver = await told.aReceiver();
  const { id } = await told.make({ url: receiver.url, ...facts });
  return { id, receiver };
}

interface Aside {
  readonly id: string;
  readonly kind: string;
  readonly what: string;
  readonly problem: string;
  readonly state: string;
}
const aside = async (): Promise<Aside[]> =>
  ((await app.api('GET', '/api/v1/operations/quarantine')).body as { quarantine: Aside[] }).quarantine.filter(
    ({ kind }) => kind === 'webhook',
  );

async function tryAgain(lies: Aside | undefined): Promise<void> {
  app.get(Replays).start();
  await app.api('POST', `/api/v1/operations/quarantine/${lies?.id ?? ''}/replay`);
  await until('it was tried', async () => (await aside()).every(({ state }) => state === 'aside'));
  await app.get(Replays).stop();
}

const idsOf = (receiver: Receiver, number: string): (string | undefined)[] =>
  receiver.of(number).map(({ headers }) => headers['webhook-id']);

afterEach(async () => {
  const { webhooks } = (await app.api('GET', '/api/v1/webhooks')).body as { webhooks: { id: string }[] };
  for (const { id } of webhooks) await app.api('DELETE', `/api/v1/webhooks/${id}`);
});

describe('What a receiver did not take', () => {
  it.each(Object.entries(FAILURES))('is sent again when it %s, under the same id, before what came later', async (_how, behaviour) => {
    const { id, receiver } = await aWebhook();
    const { number } = await app.anIncident();
    await app.says(number, 'It is the pool');
    receiver.behaves = behaviour;
    await look(0, aWorker(undefined, undefined, behaviour === FAILURES['never answers'] ? LITTLE_PATIENCE_MS : undefined));
    expect(receiver.seqs(number)).toEqual([1]);
    const [failed] = await deliveries(id);
    expect(failed).toMatchObject({ incident: number, seq: 1, outcome: 'failed', problem: expect.any(String) as string });
    expect(Date.parse(failed?.nextAt ?? '')).toBeGreaterThan(Date.parse(failed?.at ?? ''));

    receiver.well();
    await look();
    expect(receiver.seqs(number)).toEqual([1]);
    await look(SOON);

    expect(receiver.seqs(number)).toEqual([1, 1, 2]);
    const [first, again, next] = idsOf(receiver, number);
    expect([again === first, next === first]).toEqual([true, false]);
    const stamps = receiver.of(number).map(({ headers }) => Number(headers['webhook-timestamp']));
    expect(stamps[1]).toBeGreaterThan(stamps[0] ?? 0);
    expect((await deliveries(id)).map(({ seq, outcome, attempt }) => [seq, outcome, attempt])).toEqual([
      [2, 'received', 1],
      [1, 'received', 2],
      [1, 'failed', 1],
    ]);
  });

  it('is sent again when nothing listened there', async () => {
    const { id, receiver } = await aWebhook();
    const port = Number(new URL(receiver.url).port);
    await receiver.close();
    const { number } = await app.anIncident();
    await look();
    expect((await deliveries(id))[0]).toMatchObject({ status: null, problem: 'The connection was refused: nothing listens there.' });

    await receiver.open(port);
    await look(SOON);
    expect(receiver.seqs(number)).toEqual([1]);
  });

  it('is sent at once when its address was put right, or when a test was received', async () => {
    const { id, receiver: wrong } = await aWebhook();
    const right = await told.aReceiver();
    const { number } = await app.anIncident();
    wrong.behaves = right.behaves = FAILURES['answers 404'] as Receiver['behaves'];
    await look();
    await told.change(id, { url: right.url });
    await look();
    expect([wrong.seqs(number), right.seqs(number)]).toEqual([[1], [1]]);

    right.well();
    await app.api('POST', `/api/v1/webhooks/${id}/test`);
    await look();
    expect(right.seqs(number)).toEqual([1, 1]);
  });

  it('is received when it says so, and a receiver that goes on talking is hung up on', async () => {
    const { id, receiver } = await aWebhook();
    const { number } = await app.anIncident();
    let isOver = false;
    receiver.behaves = (_got, _request, response) => {
      response.writeHead(200);
      const talk = setInterval(() => response.write('x'.repeat(10_000)), 1);
      response.on('close', () => {
        clearInterval(talk);
        isOver = true;
      });
    };
    await look(0, aWorker(undefined, undefined, 60_000));
    await until('it is hung up on', () => isOver);
    await look(SOON);

    expect(receiver.seqs(number)).toEqual([1]);
    expect((await deliveries(id))[0]).toMatchObject({ outcome: 'received', status: 200 });
  });

  it('comes in order for each incident and once when it was taken, however the receiver fails', async () => {
    const ways = Object.values(FAILURES).filter((behaviour) => behaviour !== FAILURES['never answers']);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: -2, max: ways.length - 1 }), { maxLength: 12 }),
        fc.array(fc.nat({ max: 1 }), { minLength: 2, maxLength: 6 }),
        async (script, speakers) => {
          const { id, receiver } = await aWebhook();
          const incidents = [await app.anIncident(), await app.anIncident()];
          for (const speaker of speakers) await app.says(incidents[speaker]?.number ?? '', 'One more');
          const taken: [string, number][] = [];
          receiver.behaves = async (got, request, response) => {
            const way = ways[script.shift() ?? -1];
            if (way) return way(got, request, response);
            taken.push([got.data.incident.number, got.data.seq]);
            response.writeHead(200).end();
          };
          for (let round = 0; round <= 14; round++) await look(HOURS_4);

          for (const { number } of incidents) {
            const last = (await app.events(number)).length;
            expect(taken.filter(([one]) => one === number).map(([, seq]) => seq)).toEqual(Array.from({ length: last }, (_, at) => at + 1));
          }
          await app.api('DELETE', `/api/v1/webhooks/${id}`);
        },
      ),
      { numRuns: 8 },
    );
  }, 120_000);
});

describe('Trouble', () => {
  it('with one incident does not keep another one waiting', async () => {
    const { receiver } = await aWebhook();
    const [bad, good] = [await app.anIncident(), await app.anIncident()];
    await app.says(good.number, 'It is the pool');
    receiver.behaves = (got, _request, response) => void response.writeHead(got.data.incident.number === bad.number ? 500 : 200).end();
    await look();

    expect([receiver.seqs(bad.number), receiver.seqs(good.number)]).toEqual([[1], [1, 2]]);
  });

  it('with one event, which cannot be written down, is that of its incident alone', async () => {
    const { id, receiver } = await aWebhook();
    const [bad, good] = [await app.anIncident(), await app.anIncident()];
    await app.says(bad.number, 'It is the pool');
    await app.database.query(
      `update event set data = '{"messageId": "x", "text": {"a": 1}}' where stream_id = $1 and type = 'message.posted'`,
      [bad.id],
    );
    await app.says(good.number, 'It is the pool');
    await look();

    expect([receiver.seqs(bad.number), receiver.seqs(good.number)]).toEqual([[1], [1, 2]]);
    const [failed] = (await deliveries(id)).filter(({ outcome }) => outcome === 'failed');
    expect(failed).toMatchObject({
      incident: bad.number,
      seq: 2,
      attempt: 1,
      problem: expect.stringMatching(/^Muster could not write this event down/) as string,
    });
    expect(Date.parse(failed?.nextAt ?? '')).toBeGreaterThan(Date.now());
  });

  it('with one receiver does not keep another one waiting', async () => {
    const { receiver: hangs } = await aWebhook();
    const { receiver: good } = await aWebhook();
    hangs.behaves = FAILURES['never answers'] as Receiver['behaves'];
    const numbers: string[] = [];
    for (let n = 0; n < 6; n++) numbers.push((await app.anIncident()).number);
    const worker = aWorker(undefined, undefined, 60_000);
    const looking = look(0, worker);
    await until('the good one has everything', () => numbers.every((number) => good.seqs(number).length === 1));
    await until('the other one hangs', () => hangs.got.length >= 4);

    // No more at once than it is asked side by side, for it may hang for each of them.
    expect(hangs.got).toHaveLength(4);
    await hangs.close();
    await looking;
  });

  it('that lasts three days ends in silence that an admin is told of, and nothing is lost', async () => {
    const { id, receiver } = await aWebhook();
    const { number } = await app.anIncident();
    receiver.behaves = FAILURES['answers 500'] as Receiver['behaves'];
    for (let n = 0; n < MOST_ATTEMPTS; n++) await look(HOURS_4);
    expect(receiver.seqs(number)).toHaveLength(MOST_ATTEMPTS);
    expect(new Set(idsOf(receiver, number)).size).toBe(1);

    await app.says(number, 'Said while nobody is told');
    receiver.well();
    await look(HOURS_4);
    expect(receiver.seqs(number)).toHaveLength(MOST_ATTEMPTS);
    expect((await told.view(id)).off?.why).toBe('failed');
    const quarantine = await aside();
    expect(quarantine).toMatchObject([
      { kind: 'webhook', what: 'The webhook "Board", which is switched off', problem: 'It answered 500.' },
    ]);
    const { changes } = (await app.api('GET', '/api/v1/audit')).body as { changes: { type: string; by: unknown; what: string }[] };
    expect(changes).toContainEqual(expect.objectContaining({ type: 'webhook.switched-off', by: null, what: 'Board' }));

    await tryAgain(quarantine[0]);
    expect((await told.view(id)).off).toBeNull();
    await look(HOURS_4);
    expect(receiver.seqs(number).slice(MOST_ATTEMPTS)).toEqual([1, 2]);
  });

  it('with one event, while others are received, puts that event aside and goes on; it can be sent by itself later', async () => {
    const { id, receiver } = await aWebhook();
    const [bad, good] = [await app.anIncident(), await app.anIncident()];
    await app.says(bad.number, 'More than it takes');
    await app.says(bad.number, 'A word');
    const isTooMuch: Receiver['behaves'] = (got, _request, response) =>
      void response.writeHead(got.data.incident.number === bad.number && got.data.seq === 2 ? 413 : 204).end();
    receiver.behaves = isTooMuch;
    await look();
    await app.says(good.number, 'Another word');
    for (let n = 0; n < MOST_ATTEMPTS; n++) await look(HOURS_4);

    expect((await told.view(id)).off).toBeNull();
    expect([receiver.seqs(bad.number).at(-1), receiver.seqs(good.number)]).toEqual([3, [1, 2]]);
    const [lies] = await aside();
    expect(lies).toMatchObject({
      kind: 'webhook',
      what: 'The event message.posted, which the webhook "Board" was to be told',
      incident: bad.number,
      problem: 'It answered 413.',
    });

    await tryAgain(lies);
    expect(await aside()).toMatchObject([{ problem: 'It answered 413.', state: 'aside' }]);
    receiver.well();
    await tryAgain(lies);
    expect(await aside()).toEqual([]);
    expect([...new Set(receiver.seqs(bad.number))]).toEqual([1, 2, 3]);
    expect(receiver.seqs(bad.number).slice(-3)).toEqual([3, 2, 2]);
  });

  it('that Muster has with one event is not put down to the receiver', async () => {
    const { id, receiver } = await aWebhook();
    const { id: incidentId, number } = await app.anIncident();
    await app.says(number, 'It is the pool');
    await app.says(number, 'It is the pool indeed');
    await app.database.query(`update event set data = '{"messageId": "x", "text": {"a": 1}}' where stream_id = $1 and seq = 2`, [
      incidentId,
    ]);
    for (let n = 0; n < 4; n++) await look(HOURS_4);

    expect([(await told.view(id)).off, receiver.seqs(number)]).toEqual([null, [1, 3]]);
    const [lies] = await aside();
    expect(lies).toMatchObject({ incident: number, problem: expect.stringMatching(/^Muster could not write this event down/) as string });
    await app.api('POST', `/api/v1/operations/quarantine/${lies?.id ?? ''}/drop`, { why: 'Its log is read by hand' });
    expect(await aside()).toEqual([]);
  });

  it('that was ended where webhooks are looked after is no worry at /operations any more', async () => {
    const { id, receiver } = await aWebhook();
    await app.anIncident();
    receiver.behaves = FAILURES['answers 500'] as Receiver['behaves'];
    for (let n = 0; n < MOST_ATTEMPTS; n++) await look(HOURS_4);
    expect(await aside()).toHaveLength(1);

    await told.change(id, { on: true });

    expect(await aside()).toEqual([]);
  });

  it('is over at once when the receiver says that it is gone', async () => {
    const { id, receiver } = await aWebhook();
    const { number } = await app.anIncident();
    receiver.behaves = (_got, _request, response) => void response.writeHead(410).end();
    await look();
    receiver.well();
    await look(HOURS_4);

    expect(receiver.seqs(number)).toEqual([1]);
    expect((await told.view(id)).off?.why).toBe('gone');
  });
});

describe('What was sent', () => {
  it('is forgotten after two weeks, and not before', async () => {
    const { id } = await aWebhook();
    await app.anIncident();
    await look();
    const DAY = 24 * 60;
    await aWorker().forget(told.later(13 * DAY));
    expect(await deliveries(id)).toHaveLength(1);

    await aWorker().forget(told.later(2 * DAY));

    expect(await deliveries(id)).toEqual([]);
  });
});

describe('Workers', () => {
  it('share the work: each event is sent once', async () => {
    const { receiver } = await aWebhook();
    const incidents = [await app.anIncident(), await app.anIncident(), await app.anIncident()];
    for (const { number } of incidents) for (let n = 0; n < 25; n++) await app.says(number, `Line ${n}`);
    await told.noted();

    // Time goes on while they work, as it does for them.
    const now = told.later();
    await Promise.all([aWorker().look(now), aWorker().look(now), aWorker().look(now)]);
    await look(SOON);

    for (const { number } of incidents) expect(receiver.seqs(number)).toEqual(Array.from({ length: 26 }, (_, at) => at + 1));
  });

  it('that die between sending and writing it down leave it to another, who sends it again under the same id', async () => {
    const { id, receiver } = await aWebhook();
    const { number } = await app.anIncident();
    let transactions = 0;
    const dying = Object.assign(Object.create(app.database) as Database, {
      transaction: (work: Parameters<Database['transaction']>[0]) =>
        ++transactions === 1 ? app.database.transaction(work) : Promise.reject(new Error('killed')),
    });
    await look(0, aWorker(undefined, dying));
    expect(receiver.seqs(number)).toEqual([1]);
    await look();
    expect(receiver.seqs(number)).toEqual([1]);

    await look(SOON);

    expect(receiver.seqs(number)).toEqual([1, 1]);
    expect(new Set(idsOf(receiver, number)).size).toBe(1);
    expect((await deliveries(id)).map(({ outcome }) => outcome)).toEqual(['received', 'unknown']);
  });
});

describe('An event that ends the process', () => {
  it('three times in a row lies aside, and what came after it is sent; who was beside it is not blamed', async () => {
    const { id, receiver } = await aWebhook();
    const [bad, beside] = [await app.anIncident(), await app.anIncident()];
    await app.says(bad.number, 'After it');
    const die = async (): Promise<void> => {
      const dead = Object.assign(Object.create(app.database) as Database, {
        transaction: async (work: Parameters<Database['transaction']>[0]) => {
          const claimed = (await app.database.transaction(work)) as { incidentId?: string } | null | undefined;
          if (claimed?.incidentId === bad.id || n === 0) throw new Error('killed');
          return claimed;
        },
      });
      await look(SOON, aWorker(undefined, dead));
    };
    let n = 0;
    for (; n < 3; n++) await die();
    expect([receiver.seqs(bad.number), receiver.seqs(beside.number)]).toEqual([[], [1]]);
    await look(SOON);

    expect([receiver.seqs(bad.number), receiver.seqs(beside.number)]).toEqual([[2], [1]]);
    expect((await told.view(id)).off).toBeNull();
    const [lies] = await aside();
    expect(lies?.problem).toMatch(/^Muster ended three times while it sent this event/);
    await tryAgain(lies);
    expect([await aside(), receiver.seqs(bad.number)]).toEqual([[], [2, 1]]);
  });
});

describe('Sending again', () => {
  const replay = (id: string, incident: string, after: number) => app.api('POST', `/api/v1/webhooks/${id}/replay`, { incident, after });

  it('passes over nothing that waits before it', async () => {
    const { id, receiver } = await aWebhook();
    await told.change(id, { on: false });
    const { number } = await app.anIncident();
    await app.says(number, 'It is the pool');
    await told.noted();
    await replay(id, number, 1);
    await told.change(id, { on: true });
    await look();

    expect(receiver.seqs(number)).toEqual([1, 2]);
  });

  it('is not undone by the end of what was on its way', async () => {
    const { id, receiver } = await aWebhook();
    const { number } = await app.anIncident();
    await app.says(number, 'It is the pool');
    receiver.behaves = async (got, _request, response) => {
      if (got.data.seq === 2) {
        receiver.well();
        await replay(id, number, 0);
      }
      response.writeHead(204).end();
    };
    await look();
    await look(SOON);

    expect(receiver.seqs(number).slice(-2)).toEqual([1, 2]);
    expect(receiver.seqs(number).length).toBeGreaterThanOrEqual(4);
  });
});

describe('An address', () => {
  it('that is ours under another name is never connected to', async () => {
    let connections = 0;
    const inside = createServer((socket) => {
      connections++;
      socket.destroy();
    });
    const port = await freePort();
    await new Promise<void>((resolve) => inside.listen(port, resolve));
    const { id } = await told.make({ url: `https://localhost:${port}/hook` });
    await app.anIncident();
    await look(0, aWorker(new Addresses([])));
    inside.close();

    const [refused] = await deliveries(id);
    expect(refused).toMatchObject({ outcome: 'failed', status: null });
    expect(refused?.problem).toMatch(
      /^(127\.0\.0\.1|::1) is not an address on the internet\. If it is meant, name its network in MUSTER_WEBHOOK_NETWORKS/,
    );
    expect(connections).toBe(0);
  });
});
