import { LogLevel, SocketModeClient } from '@slack/socket-mode';
import { WebSocket } from 'ws';
import { startSlackSimulator } from './start.ts';
import { quietClient } from './test/quiet-client.ts';
import { until } from './test/until.ts';
import type { SlackSimulator } from './types.ts';

interface Envelope {
  readonly type: string;
  readonly reason?: string;
  readonly envelope_id?: string;
  readonly accepts_response_payload?: boolean;
  readonly retry_attempt?: number;
  readonly payload?: { readonly type?: string; readonly command?: string; readonly event?: { readonly text?: string } };
}

describe('Socket Mode', () => {
  let slack: SlackSimulator;
  let ann: string;
  let room: string;

  beforeEach(async () => {
    slack = await startSlackSimulator({ socketMode: true, timing: { retryDelaysMs: [0, 20, 40], ackMs: 1_000 } });
    ann = slack.addUser({ name: 'ann', realName: 'Ann Lee' }).id;
    room = slack.addChannel({ name: 'incidents', members: [ann, slack.app.botUserId] }).id;
  });
  afterEach(() => slack.close());

  const connect = async (answer: (e: Envelope) => object | undefined): Promise<{ ws: WebSocket; heard: Envelope[] }> => {
    const { url } = await quietClient(slack, slack.app.appToken).apps.connections.open();
    const ws = new WebSocket(url ?? '');
    const heard: Envelope[] = [];
    ws.on('error', () => undefined);
    ws.on('message', (data) => {
      const envelope = JSON.parse(String(data)) as Envelope;
      heard.push(envelope);
      const payload = envelope.envelope_id === undefined ? undefined : answer(envelope);
      if (payload) ws.send(JSON.stringify({ envelope_id: envelope.envelope_id, ...payload }));
    });
    await until(() => heard.length > 0);
    return { ws, heard };
  };
  const acknowledge = (): object => ({});

  it('greets, delivers an event in an envelope, and takes the acknowledgement', async () => {
    const { heard } = await connect(acknowledge);

    await slack.as(ann).say(room, 'hello');
    await slack.idle();

    expect(heard[0]).toMatchObject({ type: 'hello', num_connections: 1, connection_info: { app_id: slack.app.id } });
    expect(heard[1]).toMatchObject({
      type: 'events_api',
      accepts_response_payload: false,
      retry_attempt: 0,
      payload: { type: 'event_callback', event: { text: 'hello' } },
    });
    expect(slack.deliveries()).toMatchObject([{ transport: 'socket', status: 200, attempt: 1 }]);
  });

  it('sends an event again that nobody acknowledged', async () => {
    const { heard } = await connect((e) => (e.retry_attempt === 1 ? {} : undefined));

    await slack.as(ann).say(room, 'hello');
    await slack.idle();

    expect(heard.slice(1).map((e) => e.retry_attempt)).toEqual([0, 1]);
  });

  it('carries commands and their answers', async () => {
    await connect((e) =>
      e.type === 'slash_commands' && e.accepts_response_payload ? { payload: { text: `heard ${e.payload?.command}` } } : undefined,
    );

    const result = await slack.as(ann).command('/incident', 'new', room);

    expect(result).toMatchObject({ acknowledged: true, status: 200, ephemerals: [{ text: 'heard /incident' }] });
  });

  it('gives each event to one of the open sockets', async () => {
    const [one, two] = [await connect(acknowledge), await connect(acknowledge)];

    for (let i = 0; i < 30; i++) await slack.as(ann).say(room, `m${i}`);
    await slack.idle();

    const [atOne, atTwo] = [one, two].map((s) => s.heard.filter((e) => e.type === 'events_api').length) as [number, number];
    expect(atOne + atTwo).toBe(30);
    expect(Math.min(atOne, atTwo)).toBeGreaterThan(3);
  });

  it('lets a ticket in once, and no more than ten sockets', async () => {
    const { url } = await quietClient(slack, slack.app.appToken).apps.connections.open();
    const first = new WebSocket(url ?? '');
    await until(() => first.readyState === WebSocket.OPEN);
    const second = new WebSocket(url ?? '');
    const refused = await new Promise<string>((resolve) => second.on('error', (e) => resolve(e.message)));
    expect(refused).toContain('403');

    for (let i = 0; i < 9; i++) await connect(acknowledge);
    expect((await connect(acknowledge)).heard[0]).toMatchObject({ type: 'disconnect', reason: 'too_many_websockets' });
  });

  it('warns, asks to reconnect, and closes when it recycles', async () => {
    const { ws, heard } = await connect(acknowledge);

    slack.setFault({ kind: 'sockets-recycled' });
    await until(() => ws.readyState === WebSocket.CLOSED);

    expect(heard.slice(1).map((e) => [e.type, e.reason])).toEqual([
      ['disconnect', 'warning'],
      ['disconnect', 'refresh_requested'],
    ]);
    expect(slack.socketCount()).toBe(0);
  });

  it('answers pings, until pongs are lost', async () => {
    const { ws } = await connect(acknowledge);
    let pongs = 0;
    ws.on('pong', () => pongs++);
    ws.ping();
    await until(() => pongs === 1);

    slack.setFault({ kind: 'pong-lost' });
    ws.ping();
    await slack.as(ann).say(room, 'nobody hears');
    await slack.idle();

    expect(pongs).toBe(1);
    expect(slack.deliveries().every((d) => d.error === 'http_timeout')).toBe(true);
  });

  it('drops sockets without a goodbye', async () => {
    const { ws, heard } = await connect(acknowledge);

    slack.setFault({ kind: 'sockets-cut' });
    await until(() => ws.readyState === WebSocket.CLOSED);

    expect(heard).toHaveLength(1);
  });

  it('is understood by Slack’s own client', async () => {
    const client = new SocketModeClient({
      appToken: slack.app.appToken,
      logLevel: LogLevel.ERROR,
      clientOptions: { slackApiUrl: slack.apiUrl },
    });
    const texts: string[] = [];
    client.on('message', ({ event, ack }: { event: { text: string }; ack: () => Promise<void> }) => {
      texts.push(event.text);
      void ack();
    });
    await client.start();
    try {
      await slack.as(ann).say(room, 'hello');
      await slack.idle();
      expect(texts).toEqual(['hello']);
    } finally {
      await client.disconnect();
    }
  });
});
