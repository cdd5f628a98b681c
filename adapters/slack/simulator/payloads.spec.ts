import { readFileSync, readdirSync } from 'node:fs';
import { WebSocket } from 'ws';
import { startSlackSimulator } from './start.ts';
import { ListeningApp } from './test/listening-app.ts';
import { quietClient } from './test/quiet-client.ts';
import { until } from './test/until.ts';

const FOLDER = new URL('../payloads/', import.meta.url);
/** Each by its name, since a mention is told of only to an app that asks for it. */
const EVENTS = [
  'message message_metadata_posted app_mention app_home_opened app_uninstalled tokens_revoked channel_archive channel_created channel_left',
  'channel_rename channel_unarchive group_left member_joined_channel member_left_channel pin_added pin_removed reaction_added reaction_removed',
].flatMap((line) => line.split(' '));
type Sent = Readonly<Record<string, unknown>>;

/** What the sample has and the sent thing lacks, or has of another type. Lists are compared by their first item. */
function differences(sample: unknown, sent: unknown, at = ''): string[] {
  if (sample === null || sent === null) return sample === null || sent !== undefined ? [] : [`${at}: null`];
  if (Array.isArray(sample))
    return Array.isArray(sent) ? (sample.length > 0 ? differences(sample[0], sent[0], `${at}[0]`) : []) : [`${at}: not a list`];
  if (typeof sample !== typeof sent) return [`${at}: ${typeof sent}, documented as ${typeof sample}`];
  if (typeof sample !== 'object') return [];
  return Object.entries(sample as Sent).flatMap(([key, value]) => differences(value, (sent as Sent)[key], `${at}.${key}`));
}

const plain = (text: string): object => ({ type: 'plain_text', text });

function sample(file: string): { source: string; payload: unknown } {
  return JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as { source: string; payload: unknown };
}

describe('What the pretend Slack sends', () => {
  const sent: Record<string, unknown> = {};

  beforeAll(async () => {
    const app = await ListeningApp.start();
    const slack = await startSlackSimulator({ requestUrl: app.url, events: EVENTS });
    const ann = slack.addUser({ name: 'ann', realName: 'Ann Lee', email: 'ann@example.com' }).id;
    const bo = slack.addUser({ name: 'bo', realName: 'Bo' }).id;
    const bot = slack.app.botUserId;
    const room = slack.addChannel({ name: 'incidents', members: [ann, bot] }).id;
    const client = quietClient(slack);
    const person = slack.as(ann);

    const { ts } = await person.say(room, 'The database is down');
    await person.say(room, 'another');
    const shared = await person.share(room, [{ name: 'tedair.gif', bytes: Buffer.from('GIF89a') }]);
    sent['files-info'] = await client.files.info({ file: String(shared.files?.[0]?.['id']) });
    sent['conversations-history'] = await client.conversations.history({ channel: room, limit: 1 });
    sent['auth-test'] = await client.auth.test();
    sent['users-info'] = await client.users.info({ user: ann });
    await person.edit(room, ts, 'The database is slow');
    for (const on of [true, false]) {
      await person.react(room, ts, 'eyes', on);
      await person.pin(room, ts, on);
    }
    await person.say(room, `<@${bot}>`.replace(/[<>]/g, ''));
    await person.shortcut('message', room, ts);
    await person.globalShortcut('declare');
    await person.remove(room, ts);
    await client.conversations.invite({ channel: room, users: bo });
    await slack.as(bo).leave(room);
    await person.setTopic(room, 'Pool of shard 7');
    await person.createChannel('fresh');
    sent['conversations-create'] = await client.conversations.create({ name: 'made' });
    await person.rename(room, 'renamed');
    await person.openHome();
    const button = { type: 'button', action_id: 'ack', value: '247', text: plain('Ack') };
    const select = { type: 'static_select', action_id: 'severity', options: [{ text: plain('SEV1'), value: 'SEV1' }] };
    const posted = await client.chat.postMessage({
      channel: room,
      text: 'page',
      metadata: { event_type: 'muster', event_payload: { key: 'k1' } },
      blocks: [{ type: 'actions', elements: [button, select] }] as never,
    });
    sent['chat-post-message'] = posted;
    await person.press(room, posted.ts ?? '', 'ack');
    await slack.idle();
    await person.press(room, posted.ts ?? '', 'severity', 'SEV1');
    sent['block-actions-select'] = app.heard.map(({ content }) => content).findLast(({ type }) => type === 'block_actions');
    const view = {
      type: 'modal',
      callback_id: 'declare',
      notify_on_close: true,
      title: plain('Declare'),
      submit: plain('Declare'),
      blocks: [{ type: 'input', block_id: 'name', label: plain('Name'), element: { type: 'plain_text_input', action_id: 'value' } }],
    };
    for (const end of ['submit', 'dismiss'] as const) {
      const { triggerId = '', responseUrl = '' } = await person.command('/incident', 'new', room);
      sent['response-url-body'] = await answered(responseUrl, person.ephemerals.bind(person));
      const opened = await client.views.open({ trigger_id: triggerId, view: view as never });
      sent['views-open'] = opened;
      if (end === 'submit') await person.submit(opened.view?.id ?? '', { name: 'Database' });
      else {
        app.reply = () => ({ body: '{"response_action":"errors","errors":{"name":"no"}}' });
        await person.submit(opened.view?.id ?? '', { name: 'Database' });
        app.reply = () => ({});
        await person.dismiss(opened.view?.id ?? '');
      }
    }
    await person.archive(room);
    await person.archive(room, false);
    for (const isPrivate of [true, false]) {
      const { id } = slack.addChannel({ name: `kicks-${isPrivate}`, members: [ann, bot], isPrivate });
      await person.kick(id, bot);
    }
    slack.setFault({ kind: 'events-limited' });
    await person.createChannel('one-too-many');
    slack.clearFaults();
    slack.setFault({ kind: 'rate-limited', retryAfter: 30 });
    const limited = await fetch(`${slack.apiUrl}api.test`, { method: 'POST' });
    sent['rate-limited'] = { status: limited.status, 'retry-after': limited.headers.get('retry-after'), body: await limited.json() };
    slack.clearFaults();
    slack.reinstall(`oauth_config:\n  scopes:\n    bot:\n      - "chat:write"`);
    sent['missing-scope'] = await client.conversations.create({ name: 'more' }).catch(({ data }: { data: unknown }) => data);
    slack.uninstall();
    await slack.setRequestUrl(app.url, { verify: true }).catch(() => undefined);
    await slack.idle();
    for (const { content } of app.heard) sent[nameOf(content)] ??= content;
    await slack.close();
    await app.close();
    await overSocket();
  });

  /** The documented body, if Slack took it and the person sees it. */
  async function answered(url: string, shown: () => readonly { text: string }[]): Promise<unknown> {
    const body = sample('response-url-body.json').payload as { text: string };
    const { status } = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
    return status === 200 && shown().some(({ text }) => text === body.text) ? body : undefined;
  }

  function nameOf(content: Record<string, unknown>): string {
    const event = content['event'] as { type: string; subtype?: string } | undefined;
    const name = content['command']
      ? 'slash-command'
      : event
        ? `event-${event.type === 'message' ? (event.subtype ?? 'message') : event.type}`
        : String(content['type']);
    return name.replaceAll('_', '-');
  }

  async function overSocket(): Promise<void> {
    const slack = await startSlackSimulator({ socketMode: true, timing: { ackMs: 100, retryDelaysMs: [] } });
    const ann = slack.addUser({ name: 'ann', realName: 'Ann' }).id;
    const room = slack.addChannel({ name: 'incidents', members: [ann, slack.app.botUserId] }).id;
    const { url = '' } = await quietClient(slack, slack.app.appToken).apps.connections.open();
    const ws = new WebSocket(url);
    const heard: { type: string }[] = [];
    ws.on('message', (data) => heard.push(JSON.parse(String(data)) as { type: string }));
    await until(() => heard.length === 1);
    await slack.as(ann).say(room, 'hello');
    await until(() => heard.length === 2);
    await slack.as(ann).command('/incident', 'new', room);
    await slack.as(ann).globalShortcut('declare');
    slack.setFault({ kind: 'sockets-recycled' });
    await until(() => ws.readyState === WebSocket.CLOSED);
    await slack.close();
    for (const [name, type] of [
      ['socket-hello', 'hello'],
      ['socket-events-api', 'events_api'],
      ['socket-slash-commands', 'slash_commands'],
      ['socket-interactive', 'interactive'],
      ['socket-disconnect', 'disconnect'],
    ] as const)
      sent[name] = heard.find((h) => h.type === type);
  }

  it.each(readdirSync(FOLDER).filter((f) => f.endsWith('.json')))(
    'has every field the documentation shows in %s, each of its type',
    (file) => {
      const { source, payload } = sample(file);

      expect(source).toMatch(/^https:\/\/docs\.slack\.dev\//);
      expect(differences(payload, sent[file.replace('.json', '')])).toEqual([]);
    },
  );
});
