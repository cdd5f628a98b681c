import { FakeChat } from '#test/rooms/fake-chat';
import { useApp } from '#test/support/app';
import { until } from '#test/support/until';
import { Rehearsal, lineOf } from './rehearsal.ts';

describe('A drill in which the chat goes silent', () => {
  const fake = new FakeChat('fake');
  const app = useApp({ platforms: [fake.platform] });
  const drill = new Rehearsal(app, fake);
  let real: string;

  beforeAll(async () => {
    await fake.join(app);
    await app.anIncident({ title: 'Checkout is failing' });
    real = await fake.room(app, 'INC-1');
    await drill.breaks({ fault: 'silent' });
  }, 120_000);

  it('says in its number and its title what it is, also in the chat', async () => {
    const { body } = await app.api('GET', `/api/v1/incidents/${drill.number}`);

    expect(body).toMatchObject({ number: 'DRILL-1', kind: 'drill', title: 'Drill: The fake goes silent' });
    expect(fake.cards(drill.room).join()).toContain('DRILL-1 Drill: The fake goes silent');
  });

  it('is noticed by Muster, while the real incident hears and tells as ever', async () => {
    await fake.says('mia', drill.room, 'said in the drill, unheard');
    await fake.says('mia', real, 'said in the real one');
    await app.says('INC-1', 'and answered');
    await drill.says('parked');

    expect(await app.texts('INC-1')).toEqual(expect.arrayContaining(['said in the real one', 'and answered']));
    await until('the answer', () => fake.said(real).includes('and answered'));
    expect(await app.texts(drill.number)).not.toContain('said in the drill, unheard');
    expect((await fake.mirrors(app, 'INC-1')).map(({ state }) => state)).toEqual(['open']);
    expect((await app.api('GET', '/api/v1/chats')).body).toMatchObject({ chats: [{ id: 'fake', state: 'ok' }] });
  });

  it('ends with both histories the same, and scores what was seen', async () => {
    await app.says(drill.number, 'written in the war room');
    const report = await drill.ends();

    expect(await app.texts(drill.number)).toEqual(expect.arrayContaining(['said in the drill, unheard', 'written in the war room']));
    expect(fake.said(drill.room)).toContain('written in the war room');
    expect(lineOf(report, 'Muster says that')).toMatchObject({ came: expect.stringMatching(/^after [\d.]+ second/) });
    expect(lineOf(report, 'What was told in The fake')).toMatchObject({ is: 'kept' });
    expect(lineOf(report, 'What was written here')).toMatchObject({ is: 'kept', came: '1 of 1' });
    expect(lineOf(report, 'Ways to tell')).toMatchObject({ is: 'missed', improve: expect.stringContaining('/settings/notices') });
  });

  it('leaves nothing behind: its incident is over, its room closed and its chat gone', async () => {
    expect((await app.api('GET', `/api/v1/incidents/${drill.number}`)).body).toMatchObject({ category: 'post_incident' });
    expect(fake.chat.rooms().find(({ id }) => id === drill.room)).toMatchObject({ archived: true });
    expect(await app.database.query('select 1 from chat_instance where drill_of is not null')).toEqual([]);
    expect(
      await app.database.query(
        `select 1 from delivery where status in ('pending', 'sending', 'unknown') and mirror_id in (select id from mirror where state = 'closed')`,
      ),
    ).toEqual([]);
  });
});
