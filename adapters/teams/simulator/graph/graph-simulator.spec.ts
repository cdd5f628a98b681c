import { TeamsSimulator } from '../teams-simulator.ts';

type Json = Readonly<Record<string, unknown>>;

interface Said {
  readonly status: number;
  readonly body: Json;
  readonly location: string | null;
}

class App implements AsyncDisposable {
  private offset = 0;
  readonly teams = new TeamsSimulator(() => Date.now() + this.offset);
  private token = '';

  static async start(): Promise<App> {
    const app = new App();
    await app.teams.open();
    const body = new URLSearchParams({
      client_id: app.teams.appId,
      client_secret: app.teams.secret,
      scope: 'https://graph.microsoft.com/.default',
    });
    const answer = await fetch(`${app.teams.url}/${app.teams.tenant}/oauth2/v2.0/token`, { method: 'POST', body });
    app.token = ((await answer.json()) as { access_token: string }).access_token;
    return app;
  }

  get channels(): string {
    return `/teams/${this.teams.graph.team.id}/channels`;
  }

  later(ms: number): void {
    this.offset += ms;
  }

  async ask(method: string, path: string, body?: object): Promise<Said> {
    const url = path.startsWith('http') ? path : `${this.teams.graphUrl}/v1.0${path}`;
    const init = { method, headers: { authorization: `Bearer ${this.token}` }, ...(body && { body: JSON.stringify(body) }) };
    const response = await fetch(url, init);
    const text = await response.text();
    return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Json, location: response.headers.get('location') };
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.teams.close();
  }
}

const valueOf = ({ body }: Said): Json[] => body.value as Json[];
const namesIn = (said: Said): unknown[] => valueOf(said).map(({ displayName }) => displayName);

/** A channel of the team with what is said in it. */
function spokenIn({ teams }: App): { id: string; ids: string[] } {
  const { id } = teams.graph.team.add('talk');
  return { id, ids: ['one', 'two', 'three'].map((text) => teams.say('mia', id, text).message.id) };
}

describe('A pretend Graph', () => {
  it('makes channels that can be spoken in, and gives a name once, whatever its case and also after it was deleted', async () => {
    await using app = await App.start();

    const made = await app.ask('POST', app.channels, { displayName: 'INC-1', description: 'why' });
    app.teams.say('mia', String(made.body.id), 'here');
    app.teams.graph.team.channels[0]!.isDeleted = true;

    expect(made).toMatchObject({ status: 201, body: { displayName: 'INC-1', description: 'why', membershipType: 'standard' } });
    expect(namesIn(await app.ask('GET', app.channels))).toEqual([]);
    expect(await app.ask('POST', app.channels, { displayName: 'inc-1' })).toMatchObject({
      status: 400,
      body: { error: { code: 'BadRequest' } },
    });
  });

  it.each(['', 'x'.repeat(51), 'a/b', '_a', 'what?', '"quoted"'])('takes no channel called "%s"', async (displayName) => {
    await using app = await App.start();

    expect(await app.ask('POST', app.channels, { displayName })).toMatchObject({ status: 400 });
  });

  it('shows a new channel only after a while, where it is slow', async () => {
    await using app = await App.start();
    app.teams.graph.team.lagMs = 5_000;
    await app.ask('POST', app.channels, { displayName: 'INC-1' });

    expect(namesIn(await app.ask('GET', app.channels))).toEqual([]);
    app.later(5_000);
    expect(namesIn(await app.ask('GET', app.channels))).toEqual(['INC-1']);
  });

  it('archives in its own time, and says where to ask', async () => {
    await using app = await App.start();
    const { id } = app.teams.graph.team.add('INC-1');
    app.teams.graph.team.holdsOperations = true;

    const { status, location } = await app.ask('POST', `${app.channels}/${id}/archive`);

    expect(status).toBe(202);
    expect(await app.ask('GET', location!)).toMatchObject({ body: { status: 'inProgress', targetResourceId: id } });
    app.teams.graph.team.letGo();
    expect(await app.ask('GET', location!)).toMatchObject({ body: { status: 'succeeded' } });
  });

  it('lets nobody do what was not consented to, nor without a token for it', async () => {
    await using app = await App.start();
    app.teams.graph.granted.clear();

    expect(await app.ask('POST', app.channels, { displayName: 'INC-1' })).toMatchObject({
      status: 403,
      body: { error: { code: 'Forbidden' } },
    });
    expect((await fetch(`${app.teams.graphUrl}/v1.0${app.channels}`)).status).toBe(401);
  });

  it('tells what was said, edited and taken away, thread by thread, with a link to what follows', async () => {
    await using app = await App.start();
    const { id, ids } = spokenIn(app);
    const [one, two] = app.teams.conversations.of(id).messages;
    app.teams.say('bo', id, 'a reply', { thread: one!.id });
    app.teams.edit('mia', one!, 'one, edited');
    app.teams.remove('mia', two!);
    // Said at one moment, the last of them has the number of a later one.
    app.later(1_000);

    const first = await app.ask('GET', `${app.channels}/${id}/messages/delta?$top=2&$expand=replies`);
    const second = await app.ask('GET', String(first.body['@odata.nextLink']));

    expect(valueOf(first)).toMatchObject([
      {
        id: ids[0],
        replyToId: null,
        lastEditedDateTime: expect.any(String) as string,
        body: { content: '<p>one, edited</p>' },
        from: { user: { displayName: 'mia' } },
        replies: [{ replyToId: ids[0], body: { content: '<p>a reply</p>' } }],
      },
      { id: ids[1], deletedDateTime: expect.any(String) as string, body: { content: '' } },
    ]);
    expect(valueOf(second)).toMatchObject([{ id: ids[2] }]);
    expect(second.body).toHaveProperty(['@odata.deltaLink']);
  });

  it('tells of threads in which something happened since, and of replies newest first', async () => {
    await using app = await App.start();
    const { id, ids } = spokenIn(app);
    app.later(60_000);
    const since = new Date(Number(ids[2]) + 1_000).toISOString();
    for (const text of ['a', 'b', 'c']) app.teams.say('bo', id, text, { thread: ids[0]! });
    const replies = `${app.channels}/${id}/messages/${ids[0]}/replies`;

    const changed = await app.ask('GET', `${app.channels}/${id}/messages/delta?$filter=lastModifiedDateTime gt ${since}`);
    const newest = await app.ask('GET', `${replies}?$top=2`);
    const oldest = await app.ask('GET', String(newest.body['@odata.nextLink']));

    expect(valueOf(changed).map((message) => message.id)).toEqual([ids[0]]);
    expect([newest, oldest].map((page) => valueOf(page).map(({ body }) => (body as Json).content))).toEqual([
      ['<p>c</p>', '<p>b</p>'],
      ['<p>a</p>'],
    ]);
  });
});
