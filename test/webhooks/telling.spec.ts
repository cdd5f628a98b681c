import { Webhook } from 'standardwebhooks';
import { FollowerRunners } from '#src/platform/followers/follower-runners';
import { useApp } from '#test/support/app';
import { SomePerson } from '#test/support/person';
import { FAILURES, type Receiver } from './receiver.ts';
import { useTold } from './told.ts';

const app = useApp({ roles: ['web', 'ingest'], environment: { MUSTER_WEBHOOK_NETWORKS: 'loopback' } });
const told = useTold(app);

/** One webhook of its own, and what it is told. */
async function aWebhook(facts: object = {}): Promise<{ id: string; secret: string; receiver: Receiver }> {
  const receiver = await told.aReceiver();
  const { id, secret } = await told.make({ url: receiver.url, ...facts });
  return { id, secret, receiver };
}

afterEach(async () => {
  const { webhooks } = (await app.api('GET', '/api/v1/webhooks')).body as { webhooks: { id: string }[] };
  for (const { id } of webhooks) await app.api('DELETE', `/api/v1/webhooks/${id}`);
});

describe('A webhook', () => {
  it('is told everything that happens from now on, in order, as the API shows it', async () => {
    const before = await app.anIncident();
    const { receiver } = await aWebhook();
    const { number, id } = await app.anIncident();
    await app.says(number, 'It is the *pool*');
    await app.does(number, 'severity', { to: 'SEV1' });
    await told.look();

    const events = await app.events(number);
    expect(receiver.of(number).map(({ type, data }) => ({ type, ...data }))).toEqual(
      events.map((event) => ({ type: event.type, incident: { id, number }, seq: event.seq, event })),
    );
    expect(receiver.of(before.number)).toEqual([]);
    expect(receiver.of(number)[0]?.headers).toMatchObject({ 'content-type': 'application/json' });
  });

  it('is told nothing from before it was made, also where Muster comes to that later', async () => {
    await told.noted();
    await app.get(FollowerRunners).stop();
    const { number } = await app.anIncident();
    const { receiver } = await aWebhook();
    await app.says(number, 'Now somebody listens');
    await app.get(FollowerRunners).start();
    await told.look();

    expect(receiver.seqs(number)).toEqual([2]);
  });

  it('is told of who has several accounts as one person, and by which of them', async () => {
    const [bea, other] = [await SomePerson.of(app, 'Bea'), await SomePerson.of(app, 'bea in chat')];
    const { receiver } = await aWebhook({ types: ['message.posted'] });
    const { number } = await app.anIncident();
    await other.does(number, 'message', { text: 'It is the pool' });
    await app.api('POST', '/api/v1/people/joins', { one: bea.id, other: other.id });
    await bea.does(number, 'message', { text: 'It was' });
    await told.look();

    const person = { id: bea.id, name: 'Bea' };
    expect(receiver.of(number).map(({ data }) => data)).toMatchObject([
      { event: { by: person }, accounts: [{ id: other.id, name: 'bea in chat', person }] },
      { event: { by: person } },
    ]);
    expect(receiver.of(number)[1]?.data).not.toHaveProperty('accounts');
  });

  it('can check with its secret that it comes from here, unchanged', async () => {
    const { receiver, secret } = await aWebhook();
    const { number } = await app.anIncident();
    await told.look();

    const [got] = receiver.of(number);
    const { headers, text } = got as NonNullable<typeof got>;
    // Time is in the hands of the test, and the library has its own clock: a second ago is good enough for both.
    expect(new Webhook(secret).verify(text, headers)).toMatchObject({ type: 'incident.declared', data: { seq: 1 } });
    expect(() => new Webhook(secret).verify(text.replace('failing', 'working'), headers)).toThrow();
  });

  it('is told only of what it asked for', async () => {
    const { id, receiver } = await aWebhook({ types: ['incident.severity-changed'] });
    const { number } = await app.anIncident();
    await app.says(number, 'Nobody there needs this');
    await app.does(number, 'severity', { to: 'SEV1' });
    await app.says(number, 'Nor this');
    await app.does(number, 'severity', { to: 'SEV2' });
    await told.look();

    expect(receiver.of(number).map(({ type }) => type)).toEqual(['incident.severity-changed', 'incident.severity-changed']);
    expect((await told.view(id)).waiting.incidents).toBe(0);
  });

  it('that asks for more is told more of what happens next, and not what was passed over; what waits still comes', async () => {
    const { id, receiver } = await aWebhook({ types: ['incident.declared'] });
    const { number } = await app.anIncident();
    await app.says(number, 'Nobody there needed this');
    await told.look();
    const waiting = await app.anIncident();
    await told.noted();

    await told.change(id, { types: ['incident.declared', 'message.posted'] });
    await app.says(number, 'This is wanted');
    await told.look();
    expect([receiver.seqs(number), receiver.seqs(waiting.number)]).toEqual([[1, 3], [1]]);

    await told.change(id, { types: null });
    await app.does(number, 'severity', { to: 'SEV1' });
    await told.look();
    expect(receiver.seqs(number)).toEqual([1, 3, 4]);
  });

  it('that is switched off is told nothing, and afterwards what happened meanwhile, or not, as somebody chooses', async () => {
    const { id, receiver } = await aWebhook();
    const { number } = await app.anIncident();
    await told.look();
    await told.change(id, { on: false });
    await app.says(number, 'Said while it is off');
    await told.look();
    expect(receiver.seqs(number)).toEqual([1]);

    await told.change(id, { on: true });
    await told.look();
    expect(receiver.seqs(number)).toEqual([1, 2]);

    await told.change(id, { on: false });
    await app.says(number, 'Said while it is off again');
    await told.noted();
    await told.change(id, { on: true, missed: 'skip' });
    await app.says(number, 'And said when it is on');
    await told.look();
    expect(receiver.seqs(number)).toEqual([1, 2, 4]);
  });

  it('is told nothing while its class of work is off', async () => {
    const { receiver } = await aWebhook();
    const { number } = await app.anIncident();
    await app.api('PUT', '/api/v1/operations/switches/webhooks', { off: true, why: 'the network is busy' });
    await told.look();
    expect(receiver.got).toEqual([]);

    await app.api('PUT', '/api/v1/operations/switches/webhooks', { off: null, why: 'calm again' });
    await told.look();
    expect(receiver.seqs(number)).toEqual([1]);
  });
});

describe('What is private, and what is practice', () => {
  it('stays here, unless an admin says that this webhook is told', async () => {
    const usual = await aWebhook();
    const trusted = await aWebhook({ private: true });
    const { number } = await app.anIncident({ private: true } as object);
    await told.look();

    expect(usual.receiver.got).toEqual([]);
    expect(trusted.receiver.seqs(number).length).toBeGreaterThan(0);
    expect((await told.view(usual.id)).waiting.incidents).toBe(0);
  });

  it('stands still while an incident is private, and goes on where it stood when it is public again', async () => {
    const { id, receiver } = await aWebhook();
    const { number } = await app.anIncident();
    await app.does(number, 'privacy', { private: true });
    await app.says(number, 'Between us');
    await told.look();
    expect(receiver.got).toEqual([]);
    expect((await told.view(id)).waiting.incidents).toBe(0);

    await app.does(number, 'privacy', { private: false });
    await told.look();
    expect(receiver.seqs(number)).toEqual((await app.events(number)).map(({ seq }) => seq));
  });

  it('is told from the moment that an admin says so, and not what happened before', async () => {
    const { id, receiver } = await aWebhook();
    const { number } = await app.anIncident({ private: true } as object);
    const drill = await app.anIncident();
    await app.database.query(`update incident set kind = 'drill' where reference = $1`, [drill.number]);
    await app.get(FollowerRunners).stop();
    await app.says(number, 'Between us');
    const before = (await app.events(number)).length;

    await told.change(id, { private: true, drills: true });
    await app.get(FollowerRunners).start();
    await told.look();
    expect(receiver.got).toEqual([]);

    await app.says(number, 'Between us and the receiver');
    await app.says(drill.number, 'It burns');
    await told.look();
    expect([receiver.seqs(number), receiver.seqs(drill.number)]).toEqual([[before + 1], [2]]);

    await app.api('POST', `/api/v1/webhooks/${id}/replay`, { incident: number });
    await told.look();
    expect(receiver.seqs(number).slice(1)).toEqual(Array.from({ length: before + 1 }, (_, at) => at + 1));
  });

  it('is said to be held back when it is to be sent again, and so is everything while the webhook is off', async () => {
    const { id } = await aWebhook();
    const [hidden, open] = [await app.anIncident({ private: true } as object), await app.anIncident()];
    const heldBack = async (incident: string): Promise<string | null> =>
      ((await app.api('POST', `/api/v1/webhooks/${id}/replay`, { incident })).body as { heldBack: string | null }).heldBack;

    expect(await heldBack(hidden.number)).toMatch(/not told of private incidents/);
    expect(await heldBack(open.number)).toBeNull();
    await told.change(id, { on: false });
    expect(await heldBack(open.number)).toMatch(/the webhook is off/);
  });

  it('is in no list and no number of an admin who does not take part', async () => {
    const { id, receiver } = await aWebhook({ private: true });
    const { number } = await app.anIncident({ private: true } as object);
    receiver.behaves = FAILURES['answers 500'] as Receiver['behaves'];
    await told.look();
    const seen = async (): Promise<[number, number]> => {
      const { deliveries } = (await app.api('GET', `/api/v1/webhooks/${id}/deliveries`)).body as { deliveries: unknown[] };
      return [deliveries.length, (await told.view(id)).waiting.incidents];
    };
    expect(await seen()).toEqual([1, 1]);

    await app.database.query('delete from participant where incident_id = (select id from incident where reference = $1)', [number]);

    expect(await seen()).toEqual([0, 0]);
  });

  it('is a drill, which is told of only to whom wants that; and a practice, which never leaves', async () => {
    const usual = await aWebhook();
    const drilling = await aWebhook({ drills: true });
    const { number } = await app.anIncident();
    const practised = await app.anIncident();
    await app.database.query(`update incident set kind = 'drill' where reference in ($1, $2)`, [number, practised.number]);
    await app.database.query(`update incident set practice_instance = 'pretend' where reference = $1`, [practised.number]);
    await app.says(number, 'It burns');
    await app.says(practised.number, 'It burns here too');
    await told.look();

    expect(usual.receiver.got.filter(({ type }) => type === 'message.posted')).toEqual([]);
    expect(drilling.receiver.seqs(number)).toContain(2);
    expect(drilling.receiver.seqs(practised.number)).toEqual([]);
  });
});
