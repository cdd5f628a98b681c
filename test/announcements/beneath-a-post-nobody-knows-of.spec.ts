import type { ObservedMessage } from '@musterhq/adapter-testkit';
import { FakeChat } from '#test/rooms/fake-chat';
import { useApp } from '#test/support/app';
import { until } from '#test/support/until';

describe('What people answer beneath an announcement before Muster knows that it is there', () => {
  // Its own voice does not come back: only the chat's answer, or looking, tells which message the post is.
  const fake = new FakeChat('fake', { echo: 'none' });
  const app = useApp({ roles: ['web', 'ingest', 'worker'], platforms: [fake.platform] });
  let everyone: string;
  beforeAll(async () => {
    await fake.join(app);
    everyone = fake.chat.addRoom('everyone', ['mia']).id;
    const { status } = await app.api('PUT', '/api/v1/announcements/fake/everyone', {
      room: everyone,
      severity: 'SEV2',
      kinds: ['standard'],
    });
    expect(status).toBe(200);
  });
  afterEach(async () => {
    fake.chat.heal();
    await app.database.query('delete from surface_health');
  });

  it('is said in the incident, though it came while the post was being said', async () => {
    fault('silent-after');
    const { number } = await app.anIncident({ title: 'Checkout is failing', severity: 'SEV1' });
    const post = await until('the post', () => postOf('Checkout is failing'));

    await answer(post, 'ACME cannot pay either');

    await until('the answer', async () => (await app.texts(number)).includes('ACME cannot pay either'));
  });

  it('is said in the incident, though it came while nobody knew whether the post is there', async () => {
    // So it is not given up before the test has had its time.
    await app.database.query(`insert into surface_health (instance, tenant, state) values ('fake', $1, 'suspect')`, [fake.chat.tenant]);
    fault('reset-after');
    fake.chat.fault('history', 'error-before', Infinity);
    const { number } = await app.anIncident({ title: 'Search is slow', severity: 'SEV1' });
    const post = await until('the post', () => postOf('Search is slow'));
    await until('nobody knows of it', async () => (await unknown()) === 1);

    await answer(post, 'Bolt cannot pay');
    await until('it was taken up', () => takenUp('Bolt cannot pay'));
    fake.chat.heal();

    await until('the answer', async () => (await app.texts(number)).includes('Bolt cannot pay'));
  });

  it('keeps nobody waiting who writes beside it', async () => {
    await app.database.query(`insert into surface_health (instance, tenant, state) values ('fake', $1, 'suspect')`, [fake.chat.tenant]);
    fault('reset-after');
    fake.chat.fault('history', 'error-before', Infinity);
    await app.anIncident({ title: 'Mail is down', severity: 'SEV1' });
    await until('nobody knows of it', async () => (await unknown()) === 1);

    await fake.says('mia', everyone, 'of something else');

    await fake.heard(app);
  });

  const fault = (how: 'silent-after' | 'reset-after') =>
    fake.chat.fault('send', how, 1, { room: { adapter: 'fake', tenant: fake.chat.tenant, room: everyone } });

  const postOf = (title: string): ObservedMessage | undefined => fake.chat.observed(everyone).find(({ text }) => text.includes(title));

  async function answer({ id }: ObservedMessage, text: string): Promise<void> {
    await fake.chat.say('mia', everyone, text, { thread: Number(id) });
  }

  async function unknown(): Promise<number> {
    const found = await app.database.query(
      `select 1 from delivery d join announcement a on a.mirror_id = d.mirror_id where d.status = 'unknown'`,
    );
    return found.length;
  }

  async function takenUp(text: string): Promise<boolean> {
    const found = await app.database.query(`select 1 from inbox where position($1 in body::text) > 0 and (status = 'done' or claims > 0)`, [
      text,
    ]);
    return found.length > 0;
  }
});
