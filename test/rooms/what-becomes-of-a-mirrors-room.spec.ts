import { uuidv7 } from 'uuidv7';
import type { MirrorView } from '#libs/war-room-protocol/mirrors';
import type { Participant } from '#libs/war-room-protocol/views';
import { MirrorTrouble } from '#src/rooms/gaps/mirror-trouble.service';
import { useApp } from '#test/support/app';
import { fold } from '#test/support/fold';
import { stateOf } from '#test/support/state';
import { until } from '#test/support/until';
import { FakeChat } from './fake-chat.ts';
import { somebody } from './somebody.ts';

describe('What people do with a mirror’s room in its chat', () => {
  const fake = new FakeChat('fake');
  const app = useApp({ roles: ['web', 'ingest', 'worker'], platforms: [fake.platform] });
  beforeAll(() => fake.join(app));
  afterEach(() => fake.chat.heal());

  it('is called by its new name from then on, and the room is told who gave it', async () => {
    const { number, room, before } = await mirrored();

    await fake.chat.rename('mia', room, 'payments-are-down');
    await fake.heard(app);

    expect(await mirrorOf(number)).toMatchObject({ name: 'payments-are-down', state: 'open' });
    expect(await app.events(number, 'mirror.renamed')).toMatchObject([
      { by: { name: 'mia' }, via: { id: 'fake' }, data: { name: 'payments-are-down', from: before.name } },
    ]);
  });

  it('has its card again with the next change when somebody took it away, once: who does so twice means it', async () => {
    const { number, room } = await mirrored();
    const takeAway = async (): Promise<void> => {
      const card = fake.chat.observed(room).find(({ text }) => text.includes('Severity: '));
      await fake.chat.remove('mia', { room, number: Number(card?.id) });
      await fake.heard(app);
    };

    await takeAway();
    await app.does(number, 'severity', { to: 'SEV2' });
    await fake.told(app);
    expect(fake.cards(room)).toEqual([expect.stringContaining('SEV2')]);
    await app.does(number, 'severity', { to: 'SEV1' });
    await fake.told(app);
    expect(fake.cards(room)).toEqual([expect.stringContaining('SEV1')]);

    await takeAway();
    for (const to of ['SEV2', 'SEV3', 'SEV4']) await app.does(number, 'severity', { to });
    await fake.told(app);

    expect(fake.cards(room)).toEqual([]);
    expect((await app.events(number, 'mirror.card-removed')).map(({ data }) => data)).toMatchObject([{ again: true }, { again: false }]);
    expect(await mirrorOf(number)).toMatchObject({ state: 'open', waiting: [], refused: [], doubtful: [] });
  });

  it('is told nothing while it is archived, and everything in its order once it is back', async () => {
    const { number, room } = await mirrored();

    await fake.chat.archive('mia', room);
    await fake.heard(app);
    const tried = fake.chat.requests('send');
    await app.says(number, 'one');
    await app.says(number, 'two');
    await until('both wait', async () => (await mirrorOf(number)).waiting.length === 2);

    expect(await mirrorOf(number)).toMatchObject({ state: 'archived', since: expect.any(String) as string });
    expect(await app.events(number, 'mirror.archived')).toMatchObject([{ by: { name: 'mia' } }]);
    expect(fake.chat.requests('send')).toBe(tried);

    await fake.chat.unarchive('bo', room);
    await fake.told(app);

    expect(fake.said(room).slice(-2)).toEqual(['one', 'two']);
    expect(await mirrorOf(number)).toMatchObject({ state: 'open', since: null, waiting: [] });
    expect(await app.events(number, 'mirror.unarchived')).toMatchObject([{ by: { name: 'bo' } }]);
  });

  it('is known to be archived by the first refusal where the chat’s word of it was lost, and to be back by who speaks there', async () => {
    const { number, room } = await mirrored();
    fake.chat.events.quiet('silent');
    await fake.chat.archive('mia', room);
    await app.says(number, 'is anybody there?');
    await until('the refusal', async () => (await mirrorOf(number)).state === 'archived');

    expect(await mirrorOf(number)).toMatchObject({ waiting: [expect.any(String)], doubtful: [] });
    await fake.chat.unarchive('mia', room);
    await fake.chat.events.loud();
    await fake.says('mia', room, 'we are back');
    await fake.heard(app);
    await fake.told(app);

    expect(fake.said(room).at(-1)).toBe('is anybody there?');
    expect(await app.events(number, 'mirror.archived')).toHaveLength(1);
    expect(await app.events(number, 'mirror.unarchived')).toHaveLength(1);
  });

  it('is not forgotten when it is brought back while the chat is down', async () => {
    const { number, room } = await mirrored();
    await fake.chat.archive('mia', room);
    await fake.heard(app);
    await app.says(number, 'waits for two things');
    const trouble = app.get(MirrorTrouble);
    await app.database.transaction((tx) => trouble.park(tx, fake.surface, new Date(), 'no answer'));
    fake.chat.events.quiet('silent');
    await fake.chat.unarchive('mia', room);
    await fake.chat.events.loud();

    await app.database.transaction((tx) => trouble.catchUp(tx, fake.surface, new Date()));
    await fake.told(app);

    expect(fake.said(room)).toContain('waits for two things');
  });

  it('has no room there any more when somebody deletes it, and nothing waits for it', async () => {
    const { number, room } = await mirrored();
    const ref = { adapter: 'fake', tenant: fake.chat.tenant, room };
    const event = { type: 'room', room: ref, change: 'deleted' } as const;

    await fake.admit(app, { id: `${room}:deleted`, lane: room, at: Date.now(), redelivery: 0, event });
    await fake.heard(app);
    await app.says(number, 'goes on here');
    await fake.told(app);

    expect(await mirrorOf(number)).toMatchObject({ state: 'failed', waiting: [] });
    expect(await app.events(number, 'mirror.failed')).toMatchObject([{ data: { why: 'its room was deleted there' } }]);
  });

  it('lets whoever comes in watch, act as soon as they speak, and go again', async () => {
    const { id, number, room } = await mirrored();

    await fake.chat.join('lea', room);
    await fake.chat.join('lea', room);
    await fake.chat.join('tom', room);
    await fake.heard(app);
    expect(await peopleOf(number)).toMatchObject({ lea: 'watches', tom: 'watches' });

    await fake.says('tom', room, 'I can help');
    await fake.chat.leave('lea', room);
    await fake.chat.leave('tom', room);
    await fake.heard(app);

    expect(await peopleOf(number)).toMatchObject({ tom: 'acts' });
    expect(await peopleOf(number)).not.toHaveProperty('lea');
    expect((await app.events(number, 'participant.left')).map(({ by }) => by?.name)).toEqual(['lea']);
    expect(await stateOf(app, id)).toEqual(fold(await app.events(number)));
  });

  it('leaves whoever came another way as they are', async () => {
    const { number, room } = await mirrored();
    await fake.says('mia', room, 'here');
    await fake.chat.command('ben', room, 'incident', 'join observer');
    await fake.heard(app);
    const before = await peopleOf(number);

    for (const who of ['mia', 'ben']) {
      await fake.chat.join(who, room);
      await fake.chat.leave(who, room);
    }
    await fake.heard(app);

    expect(await peopleOf(number)).toEqual(before);
  });

  it('shows a private incident to whom somebody brings into its room, and not to whom it was taken from', async () => {
    const zoe = await somebody(app, 'Zoe');
    const { number, room } = await mirrored({ private: true });
    const account = `insert into account (instance, tenant, native_user, person_id, profile_at) values ('fake', $1, 'zoe', $2, now())`;
    await app.database.query(account, [fake.chat.tenant, zoe.person.id]);
    expect((await zoe.ask('GET', `/api/v1/incidents/${number}`)).status).toBe(404);

    await fake.chat.join('zoe', room);
    await fake.heard(app);
    expect((await zoe.ask('GET', `/api/v1/incidents/${number}`)).status).toBe(200);

    expect((await app.does(number, 'remove', { person: 'Zoe' }, uuidv7())).status).toBe(200);
    await fake.chat.join('zoe', room);
    await fake.heard(app);
    expect((await zoe.ask('GET', `/api/v1/incidents/${number}`)).status).toBe(404);
  });

  async function mirrored(facts: { private?: boolean } = {}) {
    const { id, number } = await app.anIncident(facts);
    const room = await fake.room(app, number);
    await fake.told(app);
    return { id, number, room, before: await mirrorOf(number) };
  }

  async function mirrorOf(number: string): Promise<MirrorView> {
    return until('the mirror', async () => (await fake.mirrors(app, number))[0]);
  }

  async function peopleOf(number: string): Promise<Record<string, 'acts' | 'watches'>> {
    const { people } = (await app.api('GET', `/api/v1/incidents/${number}/snapshot`)).body as { people: Participant[] };
    return Object.fromEntries(people.map(({ name, observer }) => [name, observer ? 'watches' : 'acts']));
  }
});
