import { randomUUID } from 'node:crypto';
import type { Envelope } from '@musterhq/chat-port';
import type { RoomEvent } from '#libs/war-room-protocol/events';
import type { IncidentView } from '#libs/war-room-protocol/views';
import { Conversation } from '#src/conversation/conversation.service';
import { Verbs } from '#src/conversation/verbs.service';
import type { People } from '#src/people/people.service';
import { Chats } from '#src/platform/chats/chats';
import type { Database } from '#src/platform/database/database';
import { Inbox } from '#src/platform/inbox/inbox';
import type { InboxItem } from '#src/platform/inbox/inbox.types';
import { useApp } from '#test/support/app';
import { SomePerson } from '#test/support/person';
import { until } from '#test/support/until';
import { FakeChat } from '#test/rooms/fake-chat';

describe('Asking in a chat', () => {
  const fake = new FakeChat('fake');
  const app = useApp({ roles: ['web', 'ingest', 'worker'], platforms: [fake.platform] });
  let lobby: string;

  beforeAll(async () => {
    await fake.join(app);
    lobby = fake.chat.addRoom('lobby', ['mia']).id;
  });
  afterEach(() => fake.chat.heal());

  it('declares by one line, and tells the person its number and where its room is', async () => {
    const answer = await ask('mia', lobby, 'Checkout is failing');

    expect(answer).toContain('INC-1 is declared');
    expect(answer).toContain(`${app.url}/i/INC-1`);
    expect(await incident('INC-1')).toMatchObject({ title: 'Checkout is failing', severity: 'SEV3', declaredBy: { name: 'mia' } });
    expect((await app.events('INC-1'))[0]).toMatchObject({ via: { id: 'fake', name: 'The fake' } });
  });

  it('asks by a form when no title is given, and opens it without changing anything', async () => {
    const before = await howMany();

    await ask('mia', lobby, '');

    expect(fake.chat.forms().at(-1)).toMatchObject({
      to: 'mia',
      form: { id: 'declare', fields: [{ id: 'title', required: true }, { id: 'severity' }, { id: 'summary' }] },
    });
    expect(await howMany()).toBe(before);
  });

  it('declares by the form, and shows in it what is missing', async () => {
    const empty = await fake.chat.submit('mia', 'declare', { title: ['  '] });
    expect(empty.deliveries[0]?.body).toMatchObject({ t: 'errors', errors: { title: 'Say what is broken in 1 to 200 characters.' } });

    await fake.chat.submit('mia', 'declare', { title: ['Search is slow'], severity: ['SEV2'], summary: ['Since noon'] });

    expect(await incident('INC-2')).toMatchObject({ title: 'Search is slow', severity: 'SEV2', summary: 'Since noon' });
  });

  it('does nothing when a form is closed', async () => {
    const before = await howMany();
    await fake.chat.submit('mia', 'declare', {}, { dismissed: true });
    expect(await howMany()).toBe(before);
  });

  it('says how to write it in one line when the form cannot be opened', async () => {
    fake.chat.fault('private', 'error-before');
    expect(await ask('mia', lobby, '')).toContain('/incident Checkout is failing');
  });

  it.each([
    ['severity sev1 all customers', { severity: 'SEV1' }, 'The severity is SEV1'],
    ['SEVERITY Sev2', { severity: 'SEV2' }, 'The severity is SEV2'],
    ['status fixing', { status: 'fixing' }, 'The status is fixing'],
    ['lead me', { lead: { name: 'mia' } }, 'You lead now'],
    ['lead Mia', { lead: { name: 'mia' } }, 'Nothing to change'],
    ['lead nobody', { lead: null }, 'Nobody leads now'],
    ['resolve We alert now', { status: 'resolved', learned: 'We alert now' }, 'Resolved'],
  ])('does in an incident’s room what is asked: %s', async (line, becomes, say) => {
    const room = await fake.room(app, 'INC-1');
    await fake.says('mia', room, 'here I am');

    expect(await ask('mia', room, line)).toContain(say);

    expect(await incident('INC-1')).toMatchObject(becomes);
  });

  it.each([
    ['severity worst', 'Choose SEV1 (everything is down)'],
    ['severity', 'Choose SEV1'],
    ['status done', 'Choose investigating'],
    ['lead Zoe', 'as Muster shows it'],
    ['explode', 'You can write'],
    ['', 'Most likely needed now'],
    ['help', '/incident resolve <one sentence: what will not happen again>'],
    ['help', '/incident declare <what is broken>'],
    ['status', 'The status is investigating. To change it, write /incident status and one of these'],
    ['Payments are slow', 'Declare a new incident \\"Payments are slow\\"?'],
    ['New Relic is down', 'Declare a new incident \\"New Relic is down\\"?'],
    ['statsu fixing', '/incident status <'],
  ])('says what can be written instead of %p, and changes nothing', async (line, say) => {
    const room = await fake.room(app, 'INC-2');
    const before = await app.events('INC-2');

    expect(await ask('mia', room, line)).toContain(say);

    expect(await app.events('INC-2')).toHaveLength(before.length);
  });

  it('says where it can be asked when it is about an incident and this is no incident’s room', async () => {
    expect(await ask('mia', lobby, 'severity sev1')).toContain("Write it in the incident's channel");
  });

  it('declares a new incident from inside another one’s room, when the button says so, once', async () => {
    const room = await fake.room(app, 'INC-2');
    const before = await howMany();
    const asked = await fake.chat.command('mia', room, 'incident', 'Payments are slow');
    const { id, value } = buttonIn(asked.deliveries[0]?.body);
    await fake.told(app);
    const card = Number(fake.chat.observed(room).find(({ text }) => text.includes('Severity: '))?.id);

    const pressed = await fake.chat.press('mia', { room, number: card }, id, value);
    await fake.chat.press('mia', { room, number: card }, id, value);

    expect(pressed.deliveries[0]?.body).toMatchObject({ t: 'replace' });
    expect(await howMany()).toBe(before + 1);
    expect((await app.database.query(`select 1 from incident where title = 'Payments are slow'`)).length).toBe(1);
  });

  it.each(['new Search is down', 'declare Search is down'])('declares from anywhere by "%s"', async (line) => {
    const before = await howMany();

    expect(await ask('mia', await fake.room(app, 'INC-2'), line)).toContain('is declared');
    expect(await ask('mia', lobby, line)).toContain('is declared');

    expect(await howMany()).toBe(before + 2);
    expect((await app.database.query(`select 1 from incident where title = 'Search is down'`)).length).toBeGreaterThanOrEqual(2);
  });

  it('takes a title that begins with a capital "New" as it is', async () => {
    expect(await ask('mia', lobby, 'New Relic is down')).toContain('is declared');
    expect((await app.database.query(`select 1 from incident where title = 'New Relic is down'`)).length).toBe(1);
  });

  it('offers to declare what begins with a word for a room, where no room is', async () => {
    expect(await ask('mia', lobby, 'status page is down')).toContain('Declare a new incident \\"status page is down\\"?');
  });

  it.each([
    ['/incident status identified', { status: 'identified' }],
    ['/incident severity sev1 all customers', { severity: 'SEV1' }],
  ])('takes the words of the chats in the war room: %s', async (text, becomes) => {
    const { number } = await app.anIncident();

    expect(await app.does(number, 'command', { text })).toMatchObject({ status: 200, body: { seq: expect.any(Number) as number } });

    expect(await incident(number)).toMatchObject(becomes);
  });

  it('shows in the war room what can be written as it is written there', async () => {
    const { number } = await app.anIncident();

    const { body } = await app.does(number, 'command', { text: '/help' });

    expect(body).toMatchObject({ say: expect.stringMatching(/^- \/resolve <one sentence: what will not happen again> /m) as string });
    expect(await app.does(number, 'command', { text: '/status' })).toMatchObject({
      status: 200,
      body: { seq: null, say: expect.stringMatching(/^The status is investigating\. .*identified, fixing, monitoring/) as string },
    });
  });

  it('lets the card’s button take the lead', async () => {
    const room = await fake.room(app, 'INC-2');
    await fake.told(app);
    const card = fake.chat.observed(room).find(({ text }) => text.includes('Severity: '));

    await fake.chat.press('bo', { room, number: Number(card?.id) }, 'lead', 'me');

    expect(await incident('INC-2')).toMatchObject({ lead: { name: 'bo' } });
  });

  it('does a thing once that is asked five times over two ways', async () => {
    const before = await howMany();
    fake.chat.events.webhookTo(async (request) => {
      const response = await fetch(new URL('/hooks/fake', app.url), { method: 'POST', headers: request.headers, body: request.body });
      return { status: response.status, body: await response.text() };
    });

    await fake.chat.command('mia', lobby, 'incident', 'Once only', { times: 4, alsoBy: 'webhook' });

    expect(await howMany()).toBe(before + 1);
  });

  it('does what a process died of before it could answer, once, and says so to the person alone', async () => {
    const before = await howMany();
    // Stored by a process that is no more: claimed, and its lease run out.
    await app.get(Inbox).admit('fake', [abandoned('Left behind')]);
    await app.database.query(
      `update inbox set lease_until = clock_timestamp(), owner = $1 where kind = 'interaction' and status = 'waiting'`,
      [randomUUID()],
    );

    await until('it is declared', async () => (await howMany()) === before + 1);
    await until('the answer', () => fake.chat.observedOnlyBy('mia', lobby).some(({ text }) => text.includes('is declared')));
    await until(
      'it is done',
      async () => (await app.database.query(`select 1 from inbox where kind = 'interaction' and status = 'waiting'`)).length === 0,
    );

    expect(await howMany()).toBe(before + 1);
    expect((await app.database.query(`select 1 from incident where title = 'Left behind'`)).length).toBe(1);
  });

  it('offers in the room what is handled hours after it was asked, tells who asked, and does it once, under the name of who applies it', async () => {
    const { number } = await app.anIncident();
    const room = await fake.room(app, number);
    await app.get(Inbox).admit('fake', [abandoned('severity sev1 all of them', room), abandoned('lead me', room), abandoned('join', room)]);
    await app.database.query(
      `update inbox set lease_until = clock_timestamp(), admitted_at = admitted_at - interval '3 hours' where kind = 'interaction' and status = 'waiting'`,
    );
    await until('mia is told', () => told(room).length === 3);

    const offers = await app.events(number, 'command.offered');
    expect(await incident(number)).toMatchObject({ severity: 'SEV3', lead: null });
    expect(offers).toMatchObject([{ by: { name: 'mia' } }, { by: { name: 'mia' } }]);
    expect(told(room)).toContainEqual(
      expect.stringMatching(/^"severity sev1 all of them", of \d\d:\d\d UTC, was heard too late.* a button to apply it/),
    );
    expect(told(room)).toContainEqual(expect.stringMatching(/^"join", of .*was not done. If it is still right, ask for it again/));

    const [ada, bo] = [await SomePerson.of(app, 'Ada'), await SomePerson.of(app, 'Bo')];
    const [severity, lead] = ['severity sev1 all of them', 'lead @mia'].map(
      (text) => offers.find((offer) => textOf(offer) === text)?.id ?? '',
    );
    const pressed = await Promise.all([ada, bo].map((one) => one.does(number, 'apply', { offerId: severity })));
    await bo.does(number, 'apply', { offerId: lead });

    expect(await incident(number)).toMatchObject({ severity: 'SEV1', lead: { name: 'mia' } });
    const answers = pressed.map(({ body }) => (body as { say: string }).say);
    expect(answers).toContain('Applied what mia asked for: severity sev1 all of them');
    expect(answers).toContainEqual(expect.stringMatching(/^(Ada|Bo) applied it already. Nothing was changed./));
    const [changed, ...again] = await app.events(number, 'incident.severity-changed');
    const [applied] = await app.events(number, 'command.applied');
    expect(again).toEqual([]);
    expect(changed?.by).toEqual(applied?.by);
    // The same request again does nothing and answers the same.
    const by = applied?.by?.name === 'Ada' ? ada : bo;
    expect((await by.does(number, 'apply', { offerId: severity }, applied?.id)).body).toEqual(pressed[by === ada ? 0 : 1]?.body);
  });

  it('offers what was said long ago and is heard now, once, and by a button of the plain room too', async () => {
    const { number } = await app.anIncident();
    const room = await fake.room(app, number);
    const said = fake.event(room, 'created', { number: 901, at: Date.now() - 600_000, text: 'status fixing' });
    const asked = (text: string, by = said): Envelope =>
      ({
        ...by,
        event: { ...by.event, message: { ...(by.event as { message: object }).message, toMe: { text, alone: false } } },
      }) as Envelope;
    const thanks = fake.event(room, 'created', { number: 902, at: Date.now() - 600_000, text: 'thank you' });
    // Heard live, late, and read from history under another id.
    await fake.admit(app, asked('status fixing'), { ...asked('status fixing'), id: 'by history' }, asked('thank you', thanks));
    await until('mia is told', () => told(room).length > 0);
    await fake.heard(app);

    const offers = await app.events(number, 'command.offered');
    expect(offers.map(textOf)).toEqual(['status fixing']);
    expect(told(room)).toHaveLength(1);
    const ada = await SomePerson.of(app, 'Ada');
    const plain = async (): Promise<string> =>
      (await fetch(new URL(`/lite/i/${number}`, app.url), { headers: { cookie: ada.cookie } })).text();
    const form = `<input type="hidden" name="do" value="apply"><input type="hidden" name="text" value="${offers[0]?.id}"><button>Apply</button>`;
    expect(await plain()).toContain(form);

    const body = new URLSearchParams({ do: 'apply', text: offers[0]?.id ?? '' });
    const headers = { cookie: ada.cookie, 'sec-fetch-site': 'same-origin' };
    await fetch(new URL(`/lite/i/${number}`, app.url), { method: 'POST', body, headers, redirect: 'manual' });

    expect(await incident(number)).toMatchObject({ status: 'fixing' });
    expect(await plain()).not.toContain(form);
    expect(await plain()).toContain('Ada applied what mia asked for: status fixing');
  });

  it('says that it is our fault when it is, keeps nothing half-done, and goes on', async () => {
    const before = await howMany();
    await app.database.query('alter table participant rename to participant_away');
    const answer = await ask('mia', lobby, 'Cannot be done');
    await app.database.query('alter table participant_away rename to participant');

    expect(answer).toContain("it is Muster's fault. Nothing was changed");
    expect(await howMany()).toBe(before);
    expect(await ask('mia', lobby, 'Can be done')).toContain('is declared');
  });

  it('does not say that nothing was changed when it cannot even write that down', async () => {
    const away = { transaction: () => Promise.reject(new Error('the database is away')) } as unknown as Database;
    const nobody = { meet: () => Promise.reject(new Error('the database is away')) } as unknown as People;
    const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
    const { event, id } = abandoned('Will be done');
    const item: InboxItem = {
      instance: 'fake',
      tenant: 'T',
      lane: id,
      seq: 0,
      envelopeId: id,
      occurredAt: new Date(),
      admittedAt: new Date(),
      gapId: null,
      event,
      trace: null,
    };

    const answer = await new Conversation(away, new Verbs(), nobody, app.get(Chats), quiet, app.url).answer(item);

    expect(JSON.stringify(answer)).toContain('It will be done as soon as that is possible');
    expect(JSON.stringify(answer)).not.toContain('Nothing was changed');
  });

  async function ask(by: string, room: string, line: string): Promise<string> {
    const { deliveries } = await fake.chat.command(by, room, 'incident', line);
    return JSON.stringify(deliveries[0]?.body ?? '');
  }

  function buttonIn(answer: unknown): { id: string; value: string } {
    const { content } = answer as { content: { blocks: { t: string; items: { id: string; value: string }[] }[] } };
    return content.blocks.find(({ t }) => t === 'actions')?.items[0] ?? { id: 'no button', value: '' };
  }

  const told = (room: string): string[] => fake.chat.observedOnlyBy('mia', room).map(({ text }) => text);
  const textOf = (event: RoomEvent): string => (event.type === 'command.offered' ? event.data.text : '');

  function abandoned(text: string, room = lobby): Envelope {
    const id = `abandoned ${randomUUID()}`;
    const names = { adapter: 'fake', tenant: fake.chat.tenant };
    return {
      id,
      lane: id,
      at: Date.now(),
      redelivery: 0,
      event: {
        type: 'command',
        name: 'incident',
        text,
        via: { id, user: { ...names, user: 'mia' }, room: { ...names, room }, expiresAt: Date.now(), handle: id },
      },
    };
  }

  async function incident(name: string): Promise<IncidentView> {
    return (await app.api('GET', `/api/v1/incidents/${name}`)).body;
  }

  async function howMany(): Promise<number> {
    return (await app.database.query('select 1 from incident')).length;
  }
});
