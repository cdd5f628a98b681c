import { uuidv7 } from 'uuidv7';
import { NOT_DECLARED, type Waiting, waitingAfter } from '#libs/war-room-protocol/waiting';
import { FakeChat } from '#test/rooms/fake-chat';
import { useApp } from '#test/support/app';
import { SomePerson } from '#test/support/person';
import { until } from '#test/support/until';
import { aResponder, PlainBrowser } from '#test/war-room/pages/browser';

const ALL = { text: 'We roll back the 03:05 deploy', severity: 'SEV1', status: 'fixing', nextUpdateIn: 20 };
const MINUTE = 60_000;

describe('Sharing an update', () => {
  const fake = new FakeChat('fake');
  const app = useApp({ roles: ['web', 'ingest', 'worker'], platforms: [fake.platform] });
  let ana: SomePerson;
  let bo: SomePerson;

  beforeAll(async () => {
    await fake.join(app);
    ana = await SomePerson.of(app, 'Ana');
    bo = await SomePerson.of(app, 'Bo', 'member');
  });

  const waiting = async (number: string): Promise<Waiting> =>
    ((await app.api('GET', `/api/v1/incidents/${number}/snapshot`)).body as { waiting: Waiting }).waiting;
  const told = async (number: string, after: number) =>
    (await app.events(number)).filter(({ seq, type }) => seq > after && !type.startsWith('mirror'));

  it('tells text, severity, status and when the next one comes in one, and makes the changes in it', async () => {
    const { number } = await ana.declares();
    await fake.room(app, number);

    const { status } = await bo.does(number, 'update', ALL);

    expect(status).toBe(200);
    const events = await told(number, 1);
    expect(events.map(({ type, by }) => [type, by?.name])).toEqual([
      ['incident.severity-changed', 'Bo'],
      ['incident.status-changed', 'Bo'],
      ['participant.joined', 'Bo'],
      ['update.shared', 'Bo'],
    ]);
    const shared = events.at(-1);
    expect(shared).toMatchObject({ data: { text: ALL.text, severity: 'SEV1', status: 'fixing' } });
    const promised = shared?.type === 'update.shared' ? Date.parse(shared.data.nextUpdateBy ?? '') : 0;
    expect(Math.abs(promised - Date.parse(shared?.at ?? '') - 20 * MINUTE)).toBeLessThan(5_000);
    expect((await app.api('GET', `/api/v1/incidents/${number}`)).body).toMatchObject({ severity: 'SEV1', status: 'fixing' });
  });

  it('says nothing of what it does not tell, and changes nothing that is so already', async () => {
    const { number } = await ana.declares();

    await ana.does(number, 'update', { severity: 'SEV3', text: 'Still looking' });

    expect((await told(number, 1)).map(({ type, data }) => [type, data])).toEqual([
      ['update.shared', { text: 'Still looking', html: 'Still looking', severity: 'SEV3' }],
    ]);
  });

  it('is done once, however often it is asked for', async () => {
    const { number } = await ana.declares();
    const id = uuidv7();

    const answers = await Promise.all([1, 2, 3].map(() => ana.does(number, 'update', ALL, id)));

    const [{ seq } = { seq: 0 }] = await app.events(number, 'update.shared');
    expect(answers.map(({ body }) => body)).toEqual([{ seq }, { seq }, { seq }]);
    expect(await app.events(number, 'update.shared')).toHaveLength(1);
    for (const other of [
      { ...ALL, text: 'Another' },
      { ...ALL, nextUpdateIn: 30 },
    ])
      expect(await ana.does(number, 'update', other, id)).toMatchObject({ status: 409 });
  });

  it('is not done by half', async () => {
    const { number } = await ana.declares();

    const answer = await ana.does(number, 'update', { ...ALL, status: 'no such status' });

    expect(answer.status).toBe(400);
    expect(await told(number, 1)).toEqual([]);
    expect((await app.api('GET', `/api/v1/incidents/${number}`)).body).toMatchObject({ severity: 'SEV3' });
  });

  it('says what is missing', async () => {
    const { number } = await ana.declares();
    expect(await ana.does(number, 'update', {})).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('Give at least one of them.') as string },
    });
    expect((await ana.does(number, 'update', { nextUpdateIn: 0 })).status).toBe(400);
    expect((await ana.does(number, 'update', { nextUpdateIn: 2_000 })).status).toBe(400);
  });

  it('is not there for whoever may not see the incident', async () => {
    const { number } = await ana.declares({ private: true });
    expect((await bo.does(number, 'update', { text: 'Hello' })).status).toBe(404);
    expect((await bo.does(number, 'snooze', {})).status).toBe(404);
  });

  it('is what is waited for, for whoever opens the room and for whoever reads its log', async () => {
    const { number } = await ana.declares();
    await ana.does(number, 'update', ALL);
    await ana.does(number, 'lead', { to: 'me' });

    const now = await waiting(number);

    expect(now).toEqual((await app.events(number)).reduce(waitingAfter, NOT_DECLARED));
    expect(now).toMatchObject({ last: { text: ALL.text, by: { name: 'Ana' } }, waits: [{ about: 'update' }] });
  });

  it('is told by the war room’s own words, and read in each of its rooms', async () => {
    const { number } = await ana.declares();
    const room = await fake.room(app, number);

    expect((await ana.does(number, 'command', { text: '/update **We** roll back' })).body).toMatchObject({ say: 'The update is shared.' });

    const text = (await ana.api('GET', `/i/${number}.txt`)).body as string;
    expect(text.split('\n').filter((line) => /Update by Ana(?: \(\/update\))?: \*\*We\*\* roll back/.test(line))).toHaveLength(2);
    expect(text).toMatch(/^Next update in (29|30) min$/m);
    await until('the chat is told', () =>
      fake.said(room).some((line) => line.includes('Update by Ana (web: /update)') && line.includes('roll back')),
    );
  });

  it('is told in a chat by one line', async () => {
    const { number } = await ana.declares();
    const room = await fake.room(app, number);

    await fake.chat.command('mia', room, 'incident', 'update We roll back');

    expect(await app.events(number, 'update.shared')).toMatchObject([
      { by: { name: 'mia' }, via: { id: 'fake' }, data: { text: 'We roll back' } },
    ]);
  });

  it('is told in a chat by a form with all of it', async () => {
    const { id, number } = await ana.declares();
    const room = await fake.room(app, number);

    await fake.chat.command('mia', room, 'incident', 'update');
    const { form } = fake.chat.forms().at(-1) ?? {};
    expect(form).toMatchObject({
      id: 'update',
      state: expect.stringContaining(id) as string,
      fields: [{ id: 'text' }, { id: 'severity' }, { id: 'status' }, { id: 'next' }],
    });
    await fake.chat.submit(
      'mia',
      'update',
      { text: ['Half is back'], severity: ['SEV2'], status: ['as-is'], next: ['15'] },
      { state: form?.state ?? '' },
    );

    const [shared] = await app.events(number, 'update.shared');
    expect(shared?.data).toMatchObject({ text: 'Half is back', severity: 'SEV2', nextUpdateBy: expect.any(String) as string });
    expect((await app.api('GET', `/api/v1/incidents/${number}`)).body).toMatchObject({ severity: 'SEV2', status: 'investigating' });
  });

  it('lets in whoever a colleague brought into the private room, as speaking there does', async () => {
    const { number } = await ana.declares({ private: true });
    const room = await until('the room', async () => {
      const [mirror] = await app.database.query<{ room: string }>(
        'select m.room from mirror m join incident i on i.id = m.incident_id where i.reference = $1 and m.room is not null',
        [number],
      );
      return mirror?.room;
    });

    await fake.chat.command('zoe', room, 'incident', 'update We roll back');

    const { events } = (await ana.api('GET', `/api/v1/incidents/${number}/events`)).body as { events: { type: string; by: object }[] };
    expect(events.filter(({ type }) => type === 'participant.joined' || type === 'update.shared')).toMatchObject([
      { type: 'participant.joined', by: { name: 'zoe' } },
      { type: 'update.shared', by: { name: 'zoe' } },
    ]);
  });

  it('resolves by a form as well, which knows where it was asked for', async () => {
    const { number } = await ana.declares();
    const room = await fake.room(app, number);

    await fake.chat.command('mia', room, 'incident', 'resolve');
    await fake.chat.submit('mia', 'resolve', { learned: ['Deploys wait'] }, { state: fake.chat.forms().at(-1)?.form.state ?? '' });

    expect((await app.api('GET', `/api/v1/incidents/${number}`)).body).toMatchObject({ status: 'resolved', learned: 'Deploys wait' });
  });

  it('is shared from the page without a script, which says what was told last and when the next one is due', async () => {
    const { number } = await ana.declares();
    const browser = await aResponder(app, 'Cy');
    const before = await browser.open(`/lite/i/${number}`);
    expect(before.body).toMatch(/Next update in (29|30) min/);

    const sent = await browser.send(`/lite/i/${number}`, {
      ...PlainBrowser.hidden(before, 'Share the update'),
      text: 'Half is back',
      severity: 'SEV2',
      status: '',
      next: '15',
    });

    expect(sent.status).toBe(303);
    const { body } = await browser.open(`/lite/i/${number}`);
    expect(body).toContain('Half is back');
    expect(body).toMatch(/Next update in 1[45] min/);
    expect((await app.api('GET', `/api/v1/incidents/${number}`)).body).toMatchObject({ severity: 'SEV2', status: 'investigating' });
  });
});
