import { readFileSync, readdirSync } from 'node:fs';
import { WebSocket } from 'ws';
import { startSlackSimulator } from './start.ts';
import { ListeningApp } from './test/listening-app.ts';
import { quietClient } from './test/quiet-client.ts';
import { until } from './test/until.ts';

const FOLDER = new URL('../payloads/', import.meta.url);
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

describe('What the pretend Slack sends', () => {
  const sent: Record<string, unknown> = {};

  beforeAll(async () => {
    const app = await ListeningApp.start();
    const slack = await startSlackSimulator({ requestUrl: app.url });
    const [ann, bo] = ['ann', 'bo'].map((name) => slack.addUser({ name, realName: name }).id) as [string, string];
    const room = slack.addChannel({ name: 'incidents', members: [ann, slack.app.botUserId] }).id;
    const client = quietClient(slack);
    const person = slack.as(ann);

    const { ts } = await person.say(room, 'The database is down');
    await person.say(room, 'another');
    sent['conversations-history'] = await client.conversations.history({ channel: room, limit: 1 });
    sent['auth-test'] = await client.auth.test();
    await person.edit(room, ts, 'The database is slow');
    await person.react(room, ts, 'eyes');
    await person.pin(room, ts);
    await person.remove(room, ts);
    await client.conversations.invite({ channel: room, users: bo });
    await person.createChannel('fresh');
    await person.rename(room, 'renamed');
    await person.openHome();
    const button = { type: 'button', action_id: 'ack', value: '247', text: { type: 'plain_text', text: 'Ack' } };
    const posted = await client.chat.postMessage({
      channel: room,
      text: 'page',
      metadata: { event_type: 'muster', event_payload: { key: 'k1' } },
      blocks: [{ type: 'actions', elements: [button] }] as never,
    });
    sent['chat-post-message'] = posted;
    await person.press(room, posted.ts ?? '', 'ack');
    const view = {
      type: 'modal',
      callback_id: 'declare',
      notify_on_close: true,
      title: { type: 'plain_text', text: 'Declare' },
      submit: { type: 'plain_text', text: 'Declare' },
      blocks: [
        {
          type: 'input',
          block_id: 'name',
          label: { type: 'plain_text', text: 'Name' },
          element: { type: 'plain_text_input', action_id: 'value' },
        },
      ],
    };
    for (const end of ['submit', 'dismiss'] as const) {
      const { triggerId = '' } = await person.command('/incident', 'new', room);
      const opened = await client.views.open({ trigger_id: triggerId, view: view as never });
      if (end === 'submit') await person.submit(opened.view?.id ?? '', { name: 'Database' });
      else {
        app.reply = () => ({ body: '{"response_action":"errors","errors":{"name":"no"}}' });
        await person.submit(opened.view?.id ?? '', { name: 'Database' });
        app.reply = () => ({});
        await person.dismiss(opened.view?.id ?? '');
      }
    }
    await person.archive(room);
    await slack.setRequestUrl(app.url, { verify: true }).catch(() => undefined);
    await slack.idle();
    for (const { content } of app.heard) sent[nameOf(content)] ??= content;
    await slack.close();
    await app.close();
    await overSocket();
  });

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
    slack.setFault({ kind: 'sockets-recycled' });
    await until(() => ws.readyState === WebSocket.CLOSED);
    await slack.close();
    for (const [name, type] of [
      ['socket-hello', 'hello'],
      ['socket-events-api', 'events_api'],
      ['socket-disconnect', 'disconnect'],
    ] as const)
      sent[name] = heard.find((h) => h.type === type);
  }

  it.each(readdirSync(FOLDER).filter((f) => f.endsWith('.json')))(
    'has every field the documentation shows in %s, each of its type',
    (file) => {
      const { source, payload } = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as { source: string; payload: unknown };

      expect(source).toMatch(/^https:\/\/docs\.slack\.dev\//);
      expect(differences(payload, sent[file.replace('.json', '')])).toEqual([]);
    },
  );
});
