import type { OpenView, SlackSimulator } from '#adapters/slack/simulator/types';
import type { RoomEventOf } from '#libs/war-room-protocol/events';
import { useApp } from '#test/support/app';
import { joinSlack, shown, slackPlatform } from '#test/support/slack';
import { until } from '#test/support/until';

describe('A message of Slack that is kept as evidence', () => {
  const app = useApp({ platforms: [slackPlatform] });
  let slack: SlackSimulator;
  let ana: string;
  let bo: string;
  let general: string;
  let channel: string;

  beforeAll(async () => {
    slack = await joinSlack(app, 'http');
    ana = slack.addUser({ name: 'ana.r', realName: 'Ana Ruiz' }).id;
    bo = slack.addUser({ name: 'bo.l', realName: 'Bo Lindqvist', displayName: 'Bo Lindqvist' }).id;
    general = slack.addChannel({ name: 'general', members: [ana, bo, slack.app.botUserId] }).id;
  });
  afterAll(() => slack.close());

  it('declares by a form that has its first words as the title, and is the first that is said and kept there', async () => {
    const words = 'Checkout answers 500 for <everybody>, @Ana Ruiz';
    const said = await slack.as(bo).say(general, `${words}\n${'since the deploy '.repeat(300)}`);
    const view = await pick(ana, general, said.ts);
    expect(initialOf(view, 'title')).toBe('Checkout answers 500 for <everybody>, @Ana Ruiz');

    await slack.as(ana).submit(view.id, { title: 'Checkout is failing' });

    const first = await until('the message', async () => (await messages('INC-1'))[0]);
    expect(first).toMatchObject({ by: { name: 'Ana Ruiz' } });
    expect(first.data.text).toContain('> Checkout answers 500 for \\<everybody>, @Ana Ruiz');
    expect(first.data.text.match(/since the deploy/g)).toHaveLength(300);
    expect(first.data.text).toContain(`Bo Lindqvist, ${new Date(Number(said.ts) * 1000).toISOString().slice(0, 10)}`);
    expect(first.data.text).toContain(`/archives/${general}/p${said.ts.replace('.', '')}`);
    expect(first.data.mentions ?? []).toEqual([]);
    expect(await pinned('INC-1')).toEqual([first.data.messageId]);
    channel = (await until('the channel', () => slack.channels().find(({ name }) => name.startsWith('inc-1')))).id;
    await until('the quote', () => shown(slack, channel).some(({ text }) => text.includes('Checkout answers 500')));
  });

  it('is put on the timeline where it was said in the incident’s own channel, and said no second time', async () => {
    const said = await slack.as(ana).say(channel, 'The pool is used up');
    const before = await until('the message', async () => {
      const all = await messages('INC-1');
      return all.some(({ data }) => data.text === 'The pool is used up') && all;
    });

    await slack.as(ana).shortcut('message', channel, said.ts);

    await until('the pin', async () => (await pinned('INC-1')).length === 2);
    expect(await messages('INC-1')).toHaveLength(before.length);
    await until('the answer', () => told().includes('It is on the timeline now.'));
  });

  it('is quoted where it was said in the incident’s own channel without a word', async () => {
    const said = await slack.as(ana).say(channel, '', { blocks: [] });

    await slack.as(ana).shortcut('message', channel, said.ts);

    await until('the pin', async () => (await pinned('INC-1')).length === 3);
    expect((await messages('INC-1')).at(-1)?.data.text).toMatch(/^Ana Ruiz, |^ana, /i);
  });

  it('is added to one that is open when that is chosen, and declares nothing', async () => {
    const said = await slack.as(bo).say(general, 'It is the **cache** too');
    const view = await pick(ana, general, said.ts);

    await slack.as(ana).submit(view.id, { incident: await idOf('INC-1') });

    await until('the pin', async () => (await pinned('INC-1')).length === 4);
    expect((await messages('INC-1')).at(-1)?.data.text).toContain('> It is the \\*\\*cache\\*\\* too');
    expect((await app.api('GET', '/api/v1/incidents/INC-2')).status).toBe(404);
  });

  it('brings its files with it, kept like those of the room’s own messages', async () => {
    const said = await slack.as(bo).share(general, [{ name: 'pool.log', bytes: Buffer.from('ERROR pool exhausted') }]);
    const view = await pick(ana, general, said.ts);

    await slack.as(ana).submit(view.id, { incident: await idOf('INC-1') });

    const [kept] = await until('the file', async () => {
      const all = (await app.events('INC-1', 'file.added')) as RoomEventOf<'file.added'>[];
      return all.length > 0 && all;
    });
    const evidence = (await messages('INC-1')).at(-1);
    expect(evidence?.data).toMatchObject({
      text: expect.stringContaining('with pool.log') as string,
      files: [{ name: 'pool.log', fileId: kept?.data.fileId }],
    });
    expect(kept?.data.messageId).toBe(evidence?.data.messageId);
    expect((await pinned('INC-1')).at(-1)).toBe(evidence?.data.messageId);
  });

  it('may not be added where somebody cannot see, nor is that offered', async () => {
    const hidden = (await app.api('POST', '/api/v1/incidents', { title: 'Only ours', private: true }, { 'idempotency-key': 'hidden' }))
      .body as { id: string };
    const soon = (await app.api('POST', '/api/v1/incidents', { title: 'Ours soon' }, { 'idempotency-key': 'soon' })).body as { id: string };
    const said = await slack.as(bo).say(general, 'And the queue');

    const view = await pick(ana, general, said.ts);

    expect(JSON.stringify(view)).toContain('INC-1 Checkout is failing');
    expect(JSON.stringify(view)).not.toContain(hidden.id);

    // It becomes private while the form is open.
    await app.database.query('update incident set private = true where id = $1', [soon.id]);
    await slack.as(ana).submit(view.id, { incident: soon.id });

    expect(JSON.stringify(slack.as(ana).views())).toContain(view.id);
    expect(await app.database.query('select 1 from message where incident_id = $1', [soon.id])).toEqual([]);
  });

  it('is said to have been picked too long ago, once its words are forgotten, and nothing is declared without it', async () => {
    const said = await slack.as(bo).say(general, 'And the mail');
    const view = await pick(ana, general, said.ts);
    await app.database.query(`update inbox set body = null where kind = 'interaction'`);

    await slack.as(ana).submit(view.id, { title: 'Mail is late' });

    expect(JSON.stringify(slack.as(ana).views())).toContain('picked too long ago');
    expect(await app.database.query(`select 1 from incident where title = 'Mail is late'`)).toEqual([]);
  });

  it('is asked for by nobody when a shortcut comes from anywhere: that declares', async () => {
    await slack.as(ana).globalShortcut('declare');
    const view = await until('the form', () => slack.as(ana).views()[0]);

    await slack.as(ana).submit(view.id, { title: 'Search is slow' });

    const declared = async (): Promise<boolean> =>
      (await app.database.query(`select 1 from incident where title = 'Search is slow'`)).length === 1;
    await until('the incident', declared);
  });

  async function pick(by: string, where: string, ts: string): Promise<OpenView> {
    for (const view of slack.as(by).views()) await slack.as(by).dismiss(view.id);
    await slack.as(by).shortcut('message', where, ts);
    return until('the form', () => slack.as(by).views()[0]);
  }

  const told = (): string =>
    slack
      .as(ana)
      .ephemerals()
      .map(({ text }) => text)
      .join();

  function initialOf(view: OpenView, block: string): unknown {
    const found = view.blocks.find(({ block_id }) => block_id === block)?.['element'] as { initial_value?: unknown } | undefined;
    return found?.initial_value;
  }

  async function messages(incident: string): Promise<RoomEventOf<'message.posted'>[]> {
    if ((await app.api('GET', `/api/v1/incidents/${incident}`)).status !== 200) return [];
    return (await app.events(incident, 'message.posted')) as RoomEventOf<'message.posted'>[];
  }

  async function pinned(incident: string): Promise<string[]> {
    return ((await app.events(incident, 'message.pinned')) as RoomEventOf<'message.pinned'>[]).map(({ data }) => data.messageId);
  }

  async function idOf(incident: string): Promise<string> {
    return ((await app.api('GET', `/api/v1/incidents/${incident}`)).body as { id: string }).id;
  }
});
