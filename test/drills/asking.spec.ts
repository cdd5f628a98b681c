import { DrillHost } from '#src/drills/drill-host';
import type { DrillView } from '#src/drills/drills.types';
import { FakeChat } from '#test/rooms/fake-chat';
import { useApp } from '#test/support/app';
import { SomePerson } from '#test/support/person';
import { until } from '#test/support/until';
import { Receiver } from '#test/webhooks/receiver';
import { Rehearsal, lineOf } from './rehearsal.ts';

describe('Asking for a drill', () => {
  const fake = new FakeChat('fake');
  const app = useApp({
    platforms: [fake.platform],
    environment: { MUSTER_WEBHOOK_NETWORKS: 'loopback', MUSTER_SECRET: 'the secret that this Muster seals with' },
  });
  const board = new Receiver();

  beforeAll(() => board.open());
  afterAll(() => board.close());

  /** Everything that the board was told of a chat that fell or came back, and not of whether it still listens. */
  const told = (): string[] => board.got.map(({ text }) => text).filter((text) => /drill/i.test(text));

  it('says that no chat is there whose outage could be rehearsed', async () => {
    const { status, body } = await app.api('POST', '/api/v1/drills', { fault: 'silent' });

    expect([status, body]).toMatchObject([400, { detail: expect.stringContaining('/practice') }]);
  });

  it('is for responders, and one goes on at a time', async () => {
    await fake.join(app);
    const cy = await SomePerson.of(app, 'Cy', 'member');
    const refused = await cy.api('POST', '/api/v1/drills', { fault: 'silent' });
    const drill = new Rehearsal(app, fake);
    await drill.breaks({ fault: 'writes' });
    const second = await app.api('POST', '/api/v1/drills', { fault: 'silent' });
    await drill.ends();

    expect(refused).toMatchObject({ status: 403, body: { detail: 'You may not begin or stop a drill. Ask a responder.' } });
    expect([second.status, second.body]).toMatchObject([409, { detail: expect.stringContaining(drill.number) }]);
  }, 180_000);

  it('pages nobody unless it is asked for, and then says before anything else that nothing is broken', async () => {
    await app.api('POST', '/api/v1/notices/ways', { kind: 'webhook', name: 'Board', settings: { url: board.url } });
    const quiet = new Rehearsal(app, fake);
    await quiet.breaks({ fault: 'writes' });
    await quiet.says('parked');
    await quiet.ends();
    const before = told().length;

    const loud = new Rehearsal(app, fake);
    await loud.breaks({ fault: 'writes', tells: true });
    await until('the board is told', () => told().length > 0, 60_000);
    const report = await loud.ends();

    expect(before).toBe(0);
    expect(told()[0]).toContain('DRILL, nothing is broken: The fake is taken to be down');
    expect(lineOf(report, 'People are told by two ways')).toMatchObject({ is: 'missed', came: 'by Board' });
    expect(lineOf(report, 'Everybody who is to be told')).toMatchObject({ came: expect.stringMatching(/^1 of 1/) });
  }, 240_000);

  it('goes on where the process died that played it, and ends', async () => {
    const drill = new Rehearsal(app, fake);
    await drill.breaks({ fault: 'silent' });
    const host = app.get(DrillHost);
    await host.stop();
    const { body } = await app.api('POST', `/api/v1/drills/${drill.id}/stop`);
    expect((body as DrillView).phase).toBe('broken');
    host.start();

    expect(await drill.is('over')).toMatchObject({ cutShort: 'stopped' });
  }, 180_000);

  it('counts who of those who take part came into the war room', async () => {
    const [ana, bo] = [await SomePerson.of(app, 'Ana'), await SomePerson.of(app, 'Bo')];
    await app.database.query(`insert into team (id, name) values (gen_random_uuid(), 'Payments')`);
    await app.database.query(`insert into team_member (team_id, person_id) select id, unnest($1::uuid[]) from team`, [[ana.id, bo.id]]);
    const drill = new Rehearsal(app, fake);
    await drill.breaks({ fault: 'silent', team: 'Payments' });
    await ana.does(drill.number, 'message', { text: 'I am here' });
    const report = await drill.ends();

    expect(lineOf(report, 'go on in the war room')).toMatchObject({
      came: '1 of 3',
      is: 'missed',
      improve: expect.stringMatching(/^2 of 3 did not/),
    });
  }, 180_000);
});
