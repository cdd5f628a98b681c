import { asRead } from '#adapters/slack/test/as-read';
import type { PretendFile, SlackMessage, SlackSimulator } from '#adapters/slack/simulator/types';
import { slackManifest } from '#adapters/slack/src/plugin';
import { TOKEN, useApp } from '#test/support/app';
import { joinSlack, slackPlatform } from '#test/support/slack';
import { until } from '#test/support/until';

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

describe('Files that are added in the war room, in Slack', () => {
  const app = useApp({ roles: ['web', 'ingest', 'worker'], platforms: [slackPlatform] });
  let slack: SlackSimulator;
  let ana: string;

  beforeAll(async () => {
    slack = await joinSlack(app, 'http', 50, { manifest: slackManifest({ name: 'Muster', socketMode: false }) });
    ana = slack.addUser({ name: 'ana', realName: 'Ana Ruiz' }).id;
  });
  afterEach(() => slack.clearFaults());
  afterAll(() => slack.close());

  it('are shown there as files, in their place, with who added them and what a picture shows, and are no news when they come back', async () => {
    const { number, channel } = await mirrored();
    await app.says(number, 'before');
    await add(number, 'graph.png', PNG, 'the pool is full');
    await app.says(number, 'after');

    await until('all three', () => ours(channel).length === 3);
    const [before, file, after] = ours(channel);
    expect([before && asRead(before).text, after && asRead(after).text]).toEqual(['before', 'after']);
    expect(asRead(file!).text).toContain('added graph.png (PNG image, 70 bytes)');
    expect(pretend('graph.png')).toMatchObject({ bytes: PNG, title: 'graph.png', altText: 'the pool is full' });
    await quiet(number);
    expect((await app.events(number)).filter(({ type, via }) => via.id === 'slack' && /^(message|file)/.test(type))).toEqual([]);
  });

  it.each<[string, Parameters<SlackSimulator['setFault']>[0]]>([
    ['Slack goes away in the middle of the upload', { kind: 'reset', when: 'before', on: 'files.upload', times: 1 }],
    ['the upload is answered by nothing that makes sense', { kind: 'status', status: 503, on: 'files.upload', times: 2 }],
    ['nobody knows whether it was finished, and it was', { kind: 'reset', when: 'after', on: 'files.completeUploadExternal', times: 1 }],
    [
      'nobody knows whether it was finished, and it was not',
      { kind: 'reset', when: 'before', on: 'files.completeUploadExternal', times: 1 },
    ],
    ['Slack says yes and never shows it', { kind: 'vanish', on: 'files.completeUploadExternal', times: 1 }],
    [
      'Slack is limited',
      { kind: 'rate-limited', on: ['files.getUploadURLExternal', 'files.completeUploadExternal'], retryAfter: 1, times: 3 },
    ],
  ])('are there once, and before what was said after them, when %s', async (_, fault) => {
    const { number, channel } = await mirrored();
    slack.setFault(fault);

    await add(number, 'app.log', Buffer.from('ERROR pool exhausted'));
    await app.says(number, 'after');

    await until('both', () => ours(channel).length === 2);
    await quiet(number);
    expect(ours(channel).map((message) => (message.files ? 'the file' : asRead(message).text))).toEqual(['the file', 'after']);
  });

  it('keep nobody else waiting while Slack limits one channel', async () => {
    const [slow, quick] = [await mirrored(), await mirrored()];
    slack.setFault({ kind: 'rate-limited', on: 'files.*', retryAfter: 30 });
    const before = slack.calls().length;
    await add(slow.number, 'app.log', Buffer.from('ERROR pool exhausted'));
    await until('it was refused', () =>
      slack
        .calls()
        .slice(before)
        .some(({ outcome }) => outcome === 'ratelimited'),
    );

    await app.says(quick.number, 'goes');

    await until('the other channel', () => ours(quick.channel).length === 1);
    expect(ours(slow.channel)).toEqual([]);
  });

  it('are a line with the way to them, and say so, where the workspace does not take files', async () => {
    const { number, channel } = await mirrored();
    slack.setFault({ kind: 'error', error: 'file_uploads_disabled', on: 'files.getUploadURLExternal' });

    await add(number, 'app.log', Buffer.from('ERROR pool exhausted'));

    const [line] = await until('the line', () => ours(channel).length > 0 && ours(channel));
    expect(line?.files).toBeUndefined();
    expect(asRead(line!)).toMatchObject({
      text: expect.stringMatching(
        /added app\.log .*: open in the war room.*did not take the file itself: This workspace forbids files/s,
      ) as string,
      links: [`${app.url}/i/${number}`],
    });
  });

  it('are taken away there, the file and what showed it, when they are removed here', async () => {
    const { number, channel } = await mirrored();
    const fileId = await add(number, 'secret.log', Buffer.from('hunter2'));
    await until('it is there', () => ours(channel).length === 1);
    await quiet(number);

    await app.api('DELETE', `/api/v1/incidents/${number}/files/${fileId}`);

    await until('it is gone', () => ours(channel).length === 0 && pretend('secret.log')?.mode === 'tombstone');
  });

  it('stand in the thread of what their message answers', async () => {
    const { number, channel } = await mirrored();
    const root = await slack.as(ana).say(channel, 'What do we know?');
    const asked = await until('it is heard', async () => (await app.events(number, 'message.posted'))[0]);
    const id = crypto.randomUUID();
    await app.does(number, 'message', { text: 'this', replyTo: asked.id }, id);

    await add(number, 'app.log', Buffer.from('ERROR pool exhausted'), '', id);

    const file = await until('it is there', () => ours(channel).find(({ files }) => files));
    expect(file.thread_ts).toBe(root.ts);
  });

  async function mirrored(): Promise<{ number: string; channel: string }> {
    const { number } = await app.anIncident();
    const channel = await until('its channel', () => slack.channelByName(`${number.toLowerCase()}-checkout-is-failing`)?.id);
    await until('the card', () => slack.messages(channel).some(({ bot_id }) => bot_id !== undefined));
    await slack.as(ana).join(channel);
    return { number, channel };
  }

  async function add(number: string, name: string, bytes: Buffer, alt = '', message = ''): Promise<string> {
    const query = new URLSearchParams({ name, ...(alt ? { alt } : {}), ...(message ? { message } : {}) });
    const response = await fetch(`${app.url}/api/v1/incidents/${number}/files?${query}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/octet-stream' },
      body: new Uint8Array(bytes),
    });
    expect(response.status).toBe(201);
    return ((await response.json()) as { file: { fileId: string } }).file.fileId;
  }

  /** What we said there, without the card. */
  const ours = (channel: string): SlackMessage[] =>
    slack
      .messages(channel)
      .filter(({ bot_id, subtype }) => bot_id !== undefined && subtype !== 'tombstone')
      .filter(({ blocks }) => !JSON.stringify(blocks).includes('Severity'));

  const pretend = (name: string): PretendFile | undefined => slack.files().findLast((file) => file.name === name);

  /** Nothing waits for Slack any more, and what it told has been handled. */
  async function quiet(number: string): Promise<void> {
    await slack.idle();
    await until('every delivery has ended', async () => {
      const open = await app.database.query(
        `select 1 from delivery d join mirror m on m.id = d.mirror_id join incident i on i.id = m.incident_id
          where i.reference = $1 and d.status in ('pending', 'sending', 'unknown')
          union all select 1 from inbox where status = 'waiting'`,
        [number],
      );
      return open.length === 0;
    });
  }
});
