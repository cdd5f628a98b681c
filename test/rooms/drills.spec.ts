import { Sessions } from '#src/people/sessions';
import { useApp } from '#test/support/app';
import { until } from '#test/support/until';
import { FakeChat } from './fake-chat.ts';

describe('Keeping a drill apart', () => {
  const real = new FakeChat('real');
  const pretend = new FakeChat('pretend', {}, true);
  const other = new FakeChat('other', {}, true);
  const app = useApp({ roles: ['web', 'ingest', 'worker'], platforms: [real.platform, pretend.platform, other.platform] });
  let lobby: string;

  beforeAll(async () => {
    for (const chat of [real, pretend, other]) await chat.join(app);
    lobby = pretend.chat.addRoom('lobby', ['you']).id;
  });

  it('makes a drill of what is declared in a pretend chat, and lets it be heard there only', async () => {
    await pretend.chat.command('you', lobby, 'incident', 'Checkout is failing');
    const room = await pretend.room(app, 'DRILL-1');
    await pretend.says('you', room, 'in the drill');
    await app.says('DRILL-1', 'from the war room');
    await until('the copy', () => pretend.said(room).includes('from the war room'));
    await Promise.all([real.told(app), other.told(app)]);

    expect((await app.api('GET', '/api/v1/incidents/DRILL-1')).body).toMatchObject({ kind: 'drill', title: 'Checkout is failing' });
    expect((await app.events('DRILL-1', 'mirror.requested')).map((event) => event.data)).toMatchObject([{ surface: { id: 'pretend' } }]);
    expect(real.chat.rooms()).toEqual([]);
    expect(other.chat.rooms()).toEqual([]);
  });

  it('lets no real incident be heard in a pretend chat, and does not count a drill among the numbers', async () => {
    const { number } = await app.anIncident();
    await real.room(app, number);
    await app.says(number, 'a secret of the company');
    await real.told(app);
    await pretend.told(app);

    expect(number).toBe('INC-1');
    expect((await app.events(number, 'mirror.requested')).map((event) => event.data)).toMatchObject([{ surface: { id: 'real' } }]);
    expect(
      pretend.chat
        .rooms()
        .flatMap(({ id }) => pretend.chat.observed(id).map(({ text }) => text))
        .join(),
    ).not.toContain('secret');
    expect(other.chat.rooms()).toEqual([]);
  });

  it('keeps drills out of the list', async () => {
    const { body } = await app.api('GET', '/api/v1/incidents');
    expect((body as { incidents: { number: string }[] }).incidents.map(({ number }) => number)).toEqual(['INC-1']);
  });

  it('shows whoever only practises no real chat, not even by name', async () => {
    const { session } = await app.get(Sessions).openForPractice('You');
    const chats = async (headers: Record<string, string>): Promise<unknown> =>
      (await app.api('GET', '/api/v1/chats', undefined, headers)).body;

    expect(await chats({})).toMatchObject({ chats: [{ id: 'real' }] });
    expect(await chats({ authorization: '', cookie: `muster=${session}` })).toEqual({ chats: [] });
  });
});
