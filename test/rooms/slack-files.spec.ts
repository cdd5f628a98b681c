import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PretendFile, SlackSimulator } from '#adapters/slack/simulator/types';
import type { RoomEventOf } from '#libs/war-room-protocol/events';
import { MirrorTrouble } from '#src/rooms/gaps/mirror-trouble.service';
import { slackManifest } from '#adapters/slack/src/plugin';
import { TOKEN, useApp } from '#test/support/app';
import { joinSlack, slackPlatform } from '#test/support/slack';
import { until } from '#test/support/until';

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const MANIFEST = slackManifest({ name: 'Muster', socketMode: false });

describe('Files that people add in Slack', () => {
  const app = useApp({ roles: ['web', 'ingest', 'worker'], platforms: [slackPlatform], environment: { MUSTER_FILE_MB: '1' } });
  let slack: SlackSimulator;
  let ana: string;

  beforeAll(async () => {
    slack = await joinSlack(app, 'http', 50, { manifest: MANIFEST });
    ana = slack.addUser({ name: 'ana', realName: 'Ana Ruiz' }).id;
  });
  afterEach(() => slack.clearFaults());
  afterAll(() => slack.close());

  it('keeps a screenshot without a word, with the message that it came with, once however often it is told', async () => {
    const { number, channel } = await mirrored();
    slack.setFault({ kind: 'events-repeated', copies: 3, times: 1 });

    await slack.as(ana).share(channel, [{ name: 'graph.png', bytes: PNG }]);

    const kept = await added(number, 'graph.png');
    const [posted, ...others] = await messages(number);
    expect(others).toEqual([]);
    expect(posted?.data).toMatchObject({ text: '', files: [{ name: 'graph.png', size: PNG.length, fileId: kept.data.fileId }] });
    expect(kept).toMatchObject({
      by: { name: 'Ana Ruiz' },
      via: { id: 'slack' },
      data: { mediaType: 'image/png', size: PNG.length, messageId: posted?.data.messageId },
    });
    expect(await bytesOf(number, kept.data.fileId)).toEqual(PNG);
    expect(await app.events(number, 'file.added')).toHaveLength(1);
  });

  it('names the file with the message while its bytes are on their way, and asks again until Slack gives them', async () => {
    const { number, channel } = await mirrored();
    slack.setFault({ kind: 'status', status: 503, on: 'files.download' });

    await slack.as(ana).share(channel, [{ name: 'app.log', bytes: Buffer.from('ERROR pool exhausted') }], { text: 'the log' });

    await until('the message', async () => (await messages(number)).length === 1);
    expect((await messages(number))[0]?.data).toMatchObject({ text: 'the log', files: [{ name: 'app.log' }] });
    await until('it was asked for', () => slack.calls().some(({ method }) => method === 'files.info'));
    expect(await lite(number)).toContain('app.log (20 bytes) is being fetched from Slack.');
    slack.clearFaults();
    await added(number, 'app.log');
    expect(await lite(number)).toMatch(/the log.*href="[^"]+">Open app\.log</s);
  });

  it('fetches again what broke off in the middle, and keeps it whole', async () => {
    const { number, channel } = await mirrored();
    const long = Buffer.alloc(300_000, 'a line of a log\n');
    slack.setFault({ kind: 'reset', when: 'after', on: 'files.download', times: 1 });

    await slack.as(ana).share(channel, [{ name: 'long.log', bytes: long }]);

    expect(await bytesOf(number, (await added(number, 'long.log')).data.fileId)).toEqual(long);
  });

  it.each<[string, Parameters<SlackSimulator['setFault']>[0] | null, object, RegExp]>([
    ['says that it is larger than it is kept', null, { name: 'video.bin', size: 5_000_000 }, /larger than 1 MB/],
    [
      'comes as the way to a page to sign in at',
      { kind: 'redirect', to: 'https://acme.slack.com/?redir=%2Ffiles-pri', on: 'files.download' },
      { name: 'graph.png', bytes: PNG },
      /not allowed to read files in Slack: an administrator/,
    ],
    [
      'lies about its size and never ends',
      null,
      { name: 'liar.log', bytes: Buffer.alloc(64_000, 'x\n'), size: 64_001 },
      /larger than 1 MB/,
    ],
    [
      'is only a link to somewhere else',
      null,
      { name: 'Plan', mode: 'external', externalUrl: 'https://docs.example.test/plan' },
      /link to gdrive, of which Slack has no copy: https:\/\/docs\.example\.test\/plan/,
    ],
    ['is hidden by the plan of the workspace', null, { name: 'old.png', mode: 'hidden_by_limit' }, /Slack hides it/],
    [
      'is of a kind that is not kept',
      null,
      { name: 'page.html', bytes: Buffer.from('<!doctype html><script>') },
      /a web page, which is not kept here/,
    ],
    [
      'comes as a page to sign in at',
      { kind: 'garbage', on: 'files.download' },
      { name: 'graph.png', bytes: PNG },
      /not allowed to read files in Slack: an administrator/,
    ],
    [
      'is gone by then',
      { kind: 'error', error: 'file_deleted', on: 'files.info' },
      { name: 'graph.png', bytes: PNG },
      /it was deleted in Slack/,
    ],
  ])('says with the message why a file is not here that %s', async (_, fault, file, why) => {
    const { number, channel } = await mirrored();
    if (fault) slack.setFault(fault);

    await slack.as(ana).share(channel, [file as { name: string }], { text: 'look' });

    const told = await lost(number);
    expect(told.data.why).toMatch(why);
    expect(told.data.why).toMatch(/\.$/);
    expect(told.data.messageId).toBe((await messages(number))[0]?.data.messageId);
    expect(await lite(number)).toContain('is not here: ');
    expect(await app.events(number, 'file.added')).toEqual([]);
  });

  it('says what to do where the app may not read files, and gives its token to nobody else', async () => {
    const { number, channel } = await mirrored();
    slack.reinstall(MANIFEST.replace(/ +- "files:read"\n/, ''));

    await slack.as(ana).share(channel, [{ name: 'graph.png', bytes: PNG }]);

    expect((await lost(number)).data.why).toMatch(/an administrator has to give it that permission again/);
    slack.reinstall(MANIFEST);
  });

  it('keeps a file of another workspace in a shared channel by the name that Slack tells when it is asked', async () => {
    const { number, channel } = await mirrored();

    await slack.as(ana).share(channel, [{ name: 'theirs.png', bytes: PNG, foreign: true }]);

    const kept = await added(number, 'theirs.png');
    const [posted] = await messages(number);
    expect(posted?.data.files).toEqual([{ fileId: kept.data.fileId, name: 'A file of this shared channel', size: 0 }]);
    expect(await bytesOf(number, kept.data.fileId)).toEqual(PNG);
    expect(await lite(number)).toContain('Open theirs.png');
  });

  it.each([
    ['', false, 0],
    [', also of another workspace’s, whose size is told when it is asked for', true, 1],
  ])('asks for no byte of one that is too large, and leads to where it can be looked at%s', async (_, foreign, asked) => {
    const { number, channel } = await mirrored();

    await slack.as(ana).share(channel, [{ name: 'video.bin', size: 5_000_000, foreign }]);

    const { data } = await lost(number);
    const { id = '' } = slack.files().findLast(({ name }) => name === 'video.bin') ?? {};
    const permalink = `${slack.url}files/${ana}/${id}/video.bin`;
    expect(data).toMatchObject({ name: 'video.bin', href: permalink });
    expect(slack.calls().filter(({ method, args }) => method === 'files.info' && args['file'] === id)).toHaveLength(asked);
    expect(await lite(number)).toContain(`<a href="${permalink}" rel="noreferrer">Look for it in Slack</a>`);
  });

  it('follows Slack to nobody else, whom it would show its token', async () => {
    const asked: string[] = [];
    const elsewhere = createServer(({ headers }, response) => {
      asked.push(headers.authorization ?? 'nobody');
      response.end('caught');
    });
    await new Promise<void>((listening) => elsewhere.listen(0, '127.0.0.1', listening));
    const { number, channel } = await mirrored();
    const to = `http://localhost:${(elsewhere.address() as AddressInfo).port}/graph.png`;
    slack.setFault({ kind: 'redirect', to, on: 'files.download' });

    await slack.as(ana).share(channel, [{ name: 'graph.png', bytes: PNG }]);

    expect((await lost(number)).data.why).toMatch(/^Slack sends Muster on to localhost for it, where Muster does not go\. /);
    expect(asked).toEqual([]);
    elsewhere.close();
  });

  it('keeps what a message says of which only some is left, and nothing of what was deleted before', async () => {
    const { number, channel } = await mirrored();

    await slack.as(ana).share(
      channel,
      [
        { name: 'gone.log', mode: 'tombstone' },
        { name: 'left.log', bytes: Buffer.from('1') },
      ],
      {
        text: 'both',
      },
    );

    await added(number, 'left.log');
    const [posted] = await messages(number);
    expect(posted?.data).toMatchObject({ text: 'both', files: [{ name: 'left.log' }] });
    expect(await app.events(number, 'file.lost')).toEqual([]);
  });

  it('fetches nothing twice at once and nothing for a message that was taken back, and takes its files with it', async () => {
    const { number, channel } = await mirrored();
    const first = await slack.as(ana).share(channel, [{ name: 'secret.log', bytes: Buffer.from('hunter2') }]);
    const kept = await added(number, 'secret.log');

    await slack.as(ana).remove(channel, first.ts);

    await until('it is gone', async () => (await app.events(number, 'file.removed')).length === 1);
    expect((await app.api('GET', `/api/v1/incidents/${number}/files/${kept.data.fileId}`)).status).toBe(410);

    slack.setFault({ kind: 'status', status: 503, on: 'files.download' });
    const second = await slack.as(ana).share(channel, [{ name: 'other.log', bytes: Buffer.from('hunter3') }]);
    await until('it is awaited', async () => (await messages(number)).length === 2);
    await slack.as(ana).remove(channel, second.ts);
    await until('it was taken back', async () => (await app.events(number, 'message.deleted')).length === 2);
    slack.clearFaults();
    const after = await slack.as(ana).share(channel, [{ name: 'after.log', bytes: Buffer.from('fine') }]);
    expect(after.ts).not.toBe(second.ts);
    await added(number, 'after.log');
    expect((await app.events(number, 'file.added')).map(nameIn)).toEqual(['secret.log', 'after.log']);
  });

  it('follows when one of two files is deleted in Slack', async () => {
    const { number, channel } = await mirrored();
    await slack.as(ana).share(
      channel,
      [
        { name: 'one.log', bytes: Buffer.from('1') },
        { name: 'two.log', bytes: Buffer.from('2') },
      ],
      { text: 'both' },
    );
    await added(number, 'one.log');
    await added(number, 'two.log');

    await slack.as(ana).removeFile((fileOf('two.log') as PretendFile).id);

    await until('it is gone', async () => (await app.events(number, 'file.removed')).length === 1);
    expect((await app.events(number, 'file.removed')).map(nameIn)).toEqual(['two.log']);
    const edit = await until('the edit', async () => ((await app.events(number, 'message.edited')) as RoomEventOf<'message.edited'>[])[0]);
    expect(edit.data).toMatchObject({ text: 'both', files: [{ name: 'one.log' }] });
    const shown = await lite(number);
    expect(shown).toContain('Open one.log');
    expect(shown).not.toContain('Open two.log');
  });

  it('reads back what people added while Slack told nothing, once, and not again what was heard before', async () => {
    const { number, channel } = await mirrored();
    await slack.as(ana).share(channel, [{ name: 'before.log', bytes: Buffer.from('1') }], { text: 'before' });
    await added(number, 'before.log');
    const [surface, trouble] = [{ instance: 'slack', tenant: slack.team.id }, app.get(MirrorTrouble)];
    await app.database.transaction((tx) => trouble.suspect(tx, surface, new Date(Date.now() - 10_000), 'no echo'));
    slack.setFault({ kind: 'events-silent' });
    await slack.as(ana).share(channel, [
      { name: 'unheard.png', bytes: PNG },
      { name: 'unheard.log', bytes: Buffer.from('2') },
    ]);
    slack.clearFaults();

    await app.database.transaction((tx) => trouble.catchUp(tx, surface, new Date()));

    expect(await bytesOf(number, (await added(number, 'unheard.png')).data.fileId)).toEqual(PNG);
    await added(number, 'unheard.log');
    await until('the gap is closed', async () => (await app.database.query(`select 1 from gap where state <> 'closed'`)).length === 0);
    expect((await messages(number)).map(({ data, late }) => [data.text, data.files?.length, late])).toEqual([
      ['before', 1, false],
      ['', 2, true],
    ]);
    expect((await app.events(number, 'file.added')).map(nameIn).sort()).toEqual(['before.log', 'unheard.log', 'unheard.png']);
  });

  const fileOf = (name: string) => slack.files().find((file) => file.name === name);
  const nameIn = (event: { readonly data: object }): string => (event.data as { name: string }).name;

  async function mirrored(): Promise<{ number: string; channel: string }> {
    const { number } = await app.anIncident();
    const channel = await until('its channel', () => slack.channelByName(`${number.toLowerCase()}-checkout-is-failing`)?.id);
    await until('it is open', async () => (await app.events(number, 'mirror.opened')).length === 1);
    await slack.as(ana).join(channel);
    return { number, channel };
  }

  async function messages(number: string, via = 'slack'): Promise<RoomEventOf<'message.posted'>[]> {
    return ((await app.events(number, 'message.posted')) as RoomEventOf<'message.posted'>[]).filter((event) => event.via.id === via);
  }

  const added = (number: string, name: string): Promise<RoomEventOf<'file.added'>> =>
    until(`${name} is kept`, async () =>
      ((await app.events(number, 'file.added')) as RoomEventOf<'file.added'>[]).find(({ data }) => data.name === name),
    );

  const lost = (number: string): Promise<RoomEventOf<'file.lost'>> =>
    until('it is said to be lost', async () => ((await app.events(number, 'file.lost')) as RoomEventOf<'file.lost'>[])[0]);

  async function bytesOf(number: string, fileId: string): Promise<Buffer> {
    const { body } = await app.api('GET', `/api/v1/incidents/${number}/files/${fileId}`, undefined, { accept: 'application/json' });
    const response = await fetch(new URL((body as { link: string }).link, app.url), { headers: { authorization: `Bearer ${TOKEN}` } });
    return Buffer.from(await response.arrayBuffer());
  }

  async function lite(number: string): Promise<string> {
    const response = await fetch(`${app.url}/lite/i/${number}`, { headers: { authorization: `Bearer ${TOKEN}` } });
    return response.text();
  }
});
