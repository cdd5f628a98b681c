import { useApp } from '#test/support/app';
import { SomePerson } from '#test/support/person';
import { FakeChat } from './fake-chat.ts';

describe('Who is called to an incident', () => {
  const fake = new FakeChat('fake');
  const app = useApp({ roles: ['web', 'ingest', 'worker'], platforms: [fake.platform] });
  let ana: SomePerson;
  let number: string;
  let room: string;

  beforeAll(async () => {
    await fake.join(app);
    ana = await SomePerson.of(app, 'Ana', 'responder');
    const first = await app.anIncident();
    const there = await fake.room(app, first.number);
    // They are known by having spoken once.
    for (const name of ['ben', 'cleo', 'dan']) await fake.says(name, there, 'hello');
    await fake.heard(app);
  });
  beforeEach(async () => {
    ({ number } = await app.anIncident());
    room = await fake.room(app, number);
    await fake.told(app);
  });

  const inRoom = (): string[] => [...fake.chat.world.room(room).members].sort();

  it('is brought into its room in the chat: who is added, and who is given a role', async () => {
    await ana.does(number, 'add', { person: 'ben' });
    await ana.does(number, 'lead', { to: 'cleo' });
    await fake.told(app);

    expect(inRoom()).toEqual(expect.arrayContaining(['ben', 'cleo']));
    expect(inRoom()).not.toContain('dan');
  });

  it('is not fetched back by a later change, and not put out of a public room', async () => {
    await ana.does(number, 'add', { person: 'ben' });
    await fake.told(app);
    await fake.chat.leave('ben', room);
    await ana.does(number, 'add', { person: 'cleo' });
    await fake.told(app);
    expect(inRoom()).toContain('cleo');
    expect(inRoom()).not.toContain('ben');

    await ana.does(number, 'remove', { person: 'cleo' });
    await fake.told(app);

    expect(inRoom()).toContain('cleo');
  });
});
