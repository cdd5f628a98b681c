import { FakePlatform, fakePlugin } from '@musterhq/adapter-testkit';
import type { WayList, WayMade, WayView } from '#src/notifications/notifications.types';
import { WayCanaries } from '#src/notifications/way-canaries';
import { chatHealth } from '#src/outage/outage.queries';
import { Chats } from '#src/platform/chats/chats';
import { serverTime } from '#src/platform/database/server-time';
import { WatchedChat } from '#test/outage/watched-chat';
import { useApp } from '#test/support/app';
import { SomePerson } from '#test/support/person';
import { until } from '#test/support/until';
import { anAdmin } from '#test/war-room/pages/browser';

/** As short as a busy machine allows. */
const PACE = 400;

describe('Being told in another chat that one is down', () => {
  const fake = new WatchedChat();
  const other = new FakePlatform({ tenant: 'T2' });
  const plugin = { ...fakePlugin(other), id: 'other', name: 'Other chat' };
  const app = useApp({ platforms: [fake.platform, { plugin, fromEnvironment: () => ({ problems: ['It is joined by tests only.'] }) }] });
  let ana: SomePerson;
  let bo: SomePerson;

  beforeAll(async () => {
    ana = await SomePerson.of(app, 'Ana', 'admin');
    bo = await SomePerson.of(app, 'Bo', 'member');
    await fake.join(app);
    await app.database.query(`insert into chat_instance (id, plugin, name, config, pace) values ('other', 'other', 'Other', '{}', $1)`, [
      PACE,
    ]);
    await app.database.query(`insert into chat_tenant (instance, tenant) values ('other', 'T2')`);
    app.doorbell.ring({ topic: 'chats', id: 'other' });
    for (const [chat, tenant] of [
      ['fake', 'T1'],
      ['other', 'T2'],
    ]) {
      (chat === 'other' ? other : fake.chat).world.person('bo');
      await app.database.query(
        `insert into account (instance, tenant, native_user, person_id, profile_at) values ($1, $2, 'bo', $3, now())`,
        [chat, tenant, bo.id],
      );
    }
    await bothAre('ok');
  }, 60_000);

  beforeEach(async () => {
    await app.database.query('delete from notice_way');
    await app.database.query(`update incident set category = 'closed' where category <> 'closed'`);
  });

  const stateOf = async (chat: string): Promise<string | undefined> =>
    (await chatHealth(app.database, app.get(Chats))).find(({ id }) => id === chat)?.state;
  const bothAre = (state: string): Promise<unknown> =>
    until(`both are ${state}`, async () => (await stateOf('fake')) === state && (await stateOf('other')) === state, 40_000);
  const way = async (id: string): Promise<WayView> => (await ana.api('GET', `/api/v1/notices/ways/${id}`)).body;
  const by = async (chat: string): Promise<WayMade> => {
    const { status, body } = await ana.api('POST', '/api/v1/notices/ways', { kind: 'chat', name: `In ${chat}`, settings: { chat } });
    expect([status, body]).toEqual([201, expect.anything()]);
    return body;
  };
  const toldIn = (platform: FakePlatform, person: string) => {
    const room = platform.rooms().find(({ alone }) => alone === person);
    return room ? platform.observed(room.id) : [];
  };
  const later = async (seconds: number): Promise<Date> => new Date((await serverTime(app.database)).getTime() + seconds * 1_000);

  it('tells each who has an account there, alone, where to go, and nobody in the chat that fell', async () => {
    const [{ id: there }, { id: here }] = [await by('other'), await by('fake')];
    const incident = await bo.declares({ title: 'Checkout is failing' });
    await fake.roomOf(app, incident.number);

    fake.chat.down();
    await fake.becomes(app, 'down');
    await until('Bo is told', () => toldIn(other, 'bo').length === 1);
    const [told] = toldIn(other, 'bo');
    expect(JSON.stringify(told)).toMatch(/Fake is not answering/);
    expect(JSON.stringify(told)).toContain(`${app.url}/i/${incident.number}`);
    expect(await until('that is written down', async () => ((await way(there)).told === 1 ? way(there) : null))).toMatchObject({
      waiting: 0,
      problem: null,
    });
    expect(await way(here)).toMatchObject({ told: 0, waiting: 0, failed: 0 });

    await fake.chat.up();
    await fake.becomes(app, 'ok');
    await until('Bo is told that it is back', () => toldIn(other, 'bo').length === 2);
    expect(JSON.stringify(toldIn(other, 'bo')[1])).toMatch(/Fake answers again/);
    expect(toldIn(fake.chat, 'bo')).toEqual([]);
  });

  it('writes to nobody in another chat that is not relied on either', async () => {
    const { id } = await by('other');
    const incident = await bo.declares();
    await fake.roomOf(app, incident.number);
    const before = toldIn(other, 'bo').length;
    other.down();
    await until('the other one is down', async () => (await stateOf('other')) === 'down', 20_000);
    fake.chat.down();
    await fake.becomes(app, 'down');
    await until('the follower has come to the end', async () => {
      const left = await app.database.query(
        `select 1 from organisation o join stream s on s.id = o.stream_id join follower_cursor c on c.stream_id = s.id and c.follower = 'outage-notices'
          where c.seq < s.seq`,
      );
      return left.length === 0;
    });

    expect(await way(id)).toMatchObject({ told: 0, waiting: 0 });
    await app.get(WayCanaries).look(await later(120));
    expect(await way(id)).toMatchObject({ state: 'failing', problem: expect.stringMatching(/^Other: It is not relied on/) as string });

    await fake.chat.up();
    await other.up();
    await bothAre('ok');
    expect(toldIn(other, 'bo')).toHaveLength(before);
    await app.get(WayCanaries).look(await later(240));
    expect(await way(id)).toMatchObject({ state: 'proven', problem: null });
  });

  it('is proven by what Muster sees of that chat anyway, and stands beside the other ways', async () => {
    const { id } = await by('other');
    await app.get(WayCanaries).look(await later(120));
    expect(await way(id)).toMatchObject({ state: 'proven', needs: 'other', provenAt: expect.any(String) as string });
    const { chats } = (await ana.api('GET', '/api/v1/notices/ways')).body as WayList;
    expect(chats).toEqual([
      { id: 'fake', name: 'Fake' },
      { id: 'other', name: 'Other' },
    ]);
    expect((await ana.api('POST', '/api/v1/notices/ways', { kind: 'chat', name: 'x', settings: { chat: 'nowhere' } })).body).toMatchObject({
      detail: expect.stringMatching(/There is no chat of this name/) as string,
    });
  });

  it('is set up by somebody with a browser', async () => {
    const browser = await anAdmin(app);
    expect((await browser.open('/settings/notices')).body).toMatch(/<option value="other">Other<\/option>/);
    const made = await browser.send('/settings/notices', { kind: 'chat', name: 'In Other', chat: 'other' });
    expect((await browser.open(made.to ?? '')).body).toContain('It needs other.');
    expect((await browser.send(made.to ?? '', { kind: 'chat', name: 'Elsewhere', chat: 'other', do: 'change' })).body).toContain(
      '<h1>Elsewhere</h1>',
    );
  });
});
