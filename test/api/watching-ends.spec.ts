import { OpenStreams } from '#src/war-room/open-streams';
import { type TestApp, useApp } from '#test/support/app';
import { SomePerson } from '#test/support/person';
import { until } from '#test/support/until';
import { PlainBrowser } from '#test/war-room/pages/browser';
import { Watching } from './read-stream.ts';

describe('Watching a room ends', () => {
  const app = useApp({ roles: ['web'] });
  let admin: SomePerson;
  let ana: SomePerson;
  let ben: SomePerson;
  let room: string;

  beforeEach(async () => {
    admin = await SomePerson.of(app, 'Ada', 'admin');
    ana = await SomePerson.of(app, 'Ana');
    ben = await SomePerson.of(app, 'Ben');
    room = (await ana.declares()).number;
  });

  const watch = async ({ cookie }: { readonly cookie: string }): Promise<Watching> => {
    const watching = await Watching.open(app, room, { after: 0 }, cookie);
    await watching.reached(1);
    return watching;
  };

  const stillWatches = async (watching: Watching): Promise<void> => {
    const { seq } = (await app.does(room, 'message', { text: 'Still here?' })).body as { seq: number };
    await watching.reached(seq);
    expect(watching.ended).toBe(false);
    watching.leave();
  };

  it('with the session that was signed out of, and with no other', async () => {
    const [mine, onMyPhone, theirs] = [await watch(ana), await watch({ cookie: await anotherSession(app, ana) }), await watch(ben)];

    await Object.assign(new PlainBrowser(app), { cookie: ana.cookie }).send('/sign-out');

    await until('the stream ends', () => mine.ended);
    expect(mine.saidGoodbye).toBe(true);
    await stillWatches(onMyPhone);
    await stillWatches(theirs);
  });

  it('when its person is given another role, and may be begun again at once', async () => {
    const [theirs, mine] = [await watch(ben), await watch(ana)];

    await admin.api('PATCH', `/api/v1/people/${ben.id}`, { role: 'member' });

    await until('the stream ends', () => theirs.ended);
    await stillWatches(await watch(ben));
    await stillWatches(mine);
  });

  it('with the token that was revoked', async () => {
    const { id, token } = (await ben.api('POST', '/api/v1/tokens', { name: 'Board', scopes: ['read'] })).body as {
      id: string;
      token: string;
    };
    const board = await Watching.open(app, room, { after: 0 }, undefined, token);
    await board.reached(1);

    await ben.api('DELETE', `/api/v1/tokens/${id}`);

    await until('the stream ends', () => board.ended);
    expect(board.saidGoodbye).toBe(true);
  });

  it('when the session runs out, which nobody rings a bell for', async () => {
    const [theirs, mine] = [await watch(ben), await watch(ana)];
    await app.database.query('update session set expires_at = clock_timestamp() where person_id = $1', [ben.id]);

    await app.get(OpenStreams).look(null);

    await until('the stream ends', () => theirs.ended);
    await stillWatches(mine);
  });
});

async function anotherSession(app: TestApp, { id }: SomePerson): Promise<string> {
  const other = await SomePerson.of(app, 'Another');
  await app.database.query('update session set person_id = $1 where person_id = $2', [id, other.id]);
  return other.cookie;
}
