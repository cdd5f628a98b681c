import { TeamsSimulator } from './teams-simulator.ts';

const CARD = { contentType: 'application/vnd.microsoft.card.adaptive', content: { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: 'hi' }] } }; // prettier-ignore

interface Said {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

class Bot implements AsyncDisposable {
  readonly teams = new TeamsSimulator(Date.now);
  private token = '';

  static async start(): Promise<Bot> {
    const bot = new Bot();
    await bot.teams.open();
    return bot;
  }

  async logIn(secret = this.teams.secret): Promise<Said> {
    const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: this.teams.appId, client_secret: secret });
    const said = await asked(`${this.teams.url}/${this.teams.tenant}/oauth2/v2.0/token`, { method: 'POST', body });
    this.token = String(said.body.access_token);
    return said;
  }

  call(method: string, path: string, body?: object): Promise<Said> {
    const init = { method, headers: { authorization: `Bearer ${this.token}` }, ...(body && { body: JSON.stringify(body) }) };
    return asked(`${this.teams.serviceUrl}/v3/conversations${path}`, init);
  }

  begin(room: string, activity: object): Promise<Said> {
    return this.call('POST', '', { isGroup: true, channelData: { channel: { id: room } }, activity });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.teams.close();
  }
}

async function asked(url: string, init: RequestInit): Promise<Said> {
  const response = await fetch(url, init);
  const text = await response.text();
  return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown> };
}

const codeOf = ({ status, body }: Said): [number, unknown] => [status, (body.error as { code?: unknown } | undefined)?.code];
const message = (o: object = { attachments: [CARD] }): object => ({ type: 'message', ...o });

async function botInChannel(): Promise<{ bot: Bot; room: string } & AsyncDisposable> {
  const bot = await Bot.start();
  await bot.logIn();
  return { bot, room: bot.teams.conversations.add('ops', 'channel').id, [Symbol.asyncDispose]: () => bot.teams.close() };
}

describe('A pretend Teams', () => {
  it('gives a token for the right secret only, and takes nothing without one', async () => {
    await using bot = await Bot.start();
    const { id } = bot.teams.conversations.add('ops', 'channel');

    expect(await bot.logIn('wrong')).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    expect(codeOf(await bot.begin(id, message()))).toEqual([401, 'Unauthorized']);
    expect(await bot.logIn()).toMatchObject({ status: 200, body: { token_type: 'Bearer' } });
    expect(await bot.begin(id, message())).toMatchObject({ status: 201 });
  });

  it('names a new thread of a channel by its first message, and takes replies in it', async () => {
    await using s = await botInChannel();

    const { body } = await s.bot.begin(s.room, message());
    const reply = await s.bot.call('POST', `/${encodeURIComponent(String(body.id))}/activities`, message());

    expect(body.id).toBe(`${s.room};messageid=${String(body.activityId)}`);
    expect(s.bot.teams.conversations.of(s.room).messages).toMatchObject([
      { id: body.activityId, thread: body.activityId },
      { id: reply.body.id, thread: body.activityId },
    ]);
  });

  it('makes two messages of a text beside a card, and tells the number of neither', async () => {
    await using s = await botInChannel();

    expect(await s.bot.begin(s.room, message({ text: 'hello', attachments: [CARD] }))).toEqual({ status: 201, body: {} });
    expect(s.bot.teams.conversations.of(s.room).messages).toHaveLength(2);
  });

  it('does not take what is too large, empty, or no card that it knows', async () => {
    await using s = await botInChannel();
    const old = { ...CARD, content: { ...CARD.content, version: '2.0' } };

    expect(codeOf(await s.bot.begin(s.room, message({ text: 'x'.repeat(60_000) })))).toEqual([413, 'MessageSizeTooBig']);
    expect(codeOf(await s.bot.begin(s.room, message({})))).toEqual([400, 'BadSyntax']);
    expect(codeOf(await s.bot.begin(s.room, message({ attachments: [old] })))).toEqual([400, 'BadArgument']);
  });

  it('lets a bot change what it said itself, and nothing that is gone or a person’s', async () => {
    await using s = await botInChannel();
    const { body } = await s.bot.begin(s.room, message());
    const { message: mias } = s.bot.teams.say('mia', s.room, 'mine');
    const path = `/${encodeURIComponent(s.room)}/activities`;

    expect(await s.bot.call('PUT', `${path}/${String(body.activityId)}`, message())).toMatchObject({ status: 200 });
    expect(codeOf(await s.bot.call('PUT', `${path}/${mias.id}`, message()))).toEqual([403, 'NotEnoughPermissions']);
    expect(await s.bot.call('DELETE', `${path}/${String(body.activityId)}`)).toEqual({ status: 200, body: {} });
    expect(codeOf(await s.bot.call('DELETE', `${path}/${String(body.activityId)}`))).toEqual([404, 'ActivityNotFoundInConversation']);
  });

  it('takes nothing for a conversation that is archived or that there is not', async () => {
    await using s = await botInChannel();
    s.bot.teams.archive('mia', s.room);

    expect(codeOf(await s.bot.begin(s.room, message()))).toEqual([403, 'MessageWritesBlocked']);
    expect(codeOf(await s.bot.begin('19:nowhere@thread.tacv2', message()))).toEqual([404, 'ConversationNotFound']);
  });

  it('tells a typed message twice, as text and as the HTML that was made of it', async () => {
    await using s = await botInChannel();

    const { told } = s.bot.teams.say('mia', s.room, 'a <b> & "c"\n d');

    expect(told).toMatchObject({
      type: 'message',
      channelId: 'msteams',
      text: 'a <b> & "c"\n d',
      attachments: [{ contentType: 'text/html', content: '<p>a &lt;b&gt; &amp; &quot;c&quot;<br>&nbsp;d</p>' }],
    });
  });
});
