import { useApp } from '#test/support/app';
import { until } from '#test/support/until';
import { heads } from '#src/rooms/deliveries/delivery-store';
import { FakeChat } from './fake-chat.ts';
import { sweepOnlyWhenAsked } from './sweeps-when-asked.ts';

/** More than are made of a post before a person is asked about it. */
const MANY_LOOKS = 15;

describe('A post of which nobody knows whether the chat has it', () => {
  // Its own voice does not come back: only looking can tell.
  const fake = new FakeChat('fake', { echo: 'none' }, false, 200);
  const app = useApp({ roles: ['web', 'ingest', 'worker'], platforms: [fake.platform] });
  let number: string;
  let room: string;
  beforeAll(async () => {
    await fake.join(app);
    // So nothing but looking for posts of which nobody knows asks for history.
    await sweepOnlyWhenAsked(app);
  });
  beforeEach(async () => {
    ({ number } = await app.anIncident());
    room = await fake.room(app, number);
    await fake.told(app);
  });
  afterEach(async () => {
    fake.chat.heal();
    await app.database.query('delete from surface_health');
  });

  it.each([
    ['whose detector saw it well for the last time before that', 'ok', '-1 hour', 'reset-after'],
    ['whose detector saw it well for the last time before that', 'ok', '-1 hour', 'reset-before'],
    ['that is doubted', 'suspect', '1 hour', 'reset-after'],
    ['that is doubted', 'suspect', '1 hour', 'reset-before'],
  ] as const)(
    'rests for as long as it cannot be looked for in a chat %s (%s, %s, %s), and is there once afterwards',
    async (_which, state, proven, how) => {
      await believed(state, proven);
      fake.chat.fault('history', 'error-before', Infinity);
      fake.chat.fault('send', how);

      const messageId = await app.says(number, 'nobody knows');
      await looked();

      expect((await fake.mirrors(app, number))[0]).toMatchObject({ waiting: [messageId], doubtful: [] });
      fake.chat.heal();
      await fake.told(app);
      expect(fake.said(room)).toEqual(['nobody knows']);
      expect(await givenUp()).toBe(0);
    },
  );

  it('is a person’s to decide where looking fails and the chat is seen to be well', async () => {
    await believed('ok', '1 hour');
    fake.chat.fault('history', 'error-before', Infinity);
    fake.chat.fault('send', 'reset-before');

    const messageId = await app.says(number, 'nobody knows');
    await fake.told(app);

    expect((await fake.mirrors(app, number))[0]).toMatchObject({ waiting: [], doubtful: [messageId] });
  });

  /** What the detector has come to know: how the chat is, and when it last saw it well. */
  async function believed(state: string, proven: string): Promise<void> {
    await app.database.query(
      `insert into surface_health (instance, tenant, state, detector) values ('fake', $1, $2,
         jsonb_build_object('blind', null, 'provenAt', floor(extract(epoch from clock_timestamp() + $3::interval) * 1000)))`,
      [fake.chat.tenant, state, proven],
    );
  }

  async function looked(): Promise<void> {
    const before = fake.chat.requests('history');
    await until('it was looked for again and again', () => fake.chat.requests('history') - before > MANY_LOOKS, 30_000);
  }

  async function givenUp(): Promise<number> {
    const found = await app.database.query(
      `select 1 from quarantine q join delivery d on q.key ->> 0 = d.id::text join mirror m on m.id = d.mirror_id join incident i on i.id = m.incident_id where i.reference = $1`,
      [number],
    );
    return found.length;
  }
});

describe('The farewell to a public room', () => {
  const fake = new FakeChat('fake');
  const app = useApp({ roles: ['web', 'ingest', 'worker'], platforms: [fake.platform] });
  beforeAll(() => fake.join(app));

  it('waits while its chat is down, as every post does', async () => {
    const { number } = await app.anIncident();
    const room = await fake.room(app, number);
    await fake.told(app);
    const { tenant } = fake.chat;
    await app.database.query(`insert into surface_health (instance, tenant, state) values ('fake', $1, 'down')`, [tenant]);

    await app.does(number, 'privacy', { private: true });
    await until('it is to be said', async () => (await farewells()) === 1);

    expect((await heads(app.database, 'fake', tenant)).filter(({ operation }) => operation === 'send')).toEqual([]);
    expect(fake.said(room)).toEqual([]);
    await app.database.query('delete from surface_health');
    await until('it is said', () => fake.said(room).join().includes('This incident is private now'));
  });

  async function farewells(): Promise<number> {
    const found = await app.database.query(
      `select 1 from delivery d join mirror m on m.id = d.mirror_id where m.state = 'closed' and d.operation = 'send'`,
    );
    return found.length;
  }
});
