import type {
  Delivered,
  Delivery,
  FaultKind,
  FaultOptions,
  Harness,
  Injected,
  Injection,
  Kit,
  ObservedMessage,
  Transport,
} from '@musterhq/adapter-testkit';
import type { ChatAdapter, MessageRef, Op, RoomRef } from '@musterhq/chat-port';
import { filter, firstValueFrom } from 'rxjs';
import type { JsonObject } from '../simulator/objects.ts';
import { startSlackSimulator } from '../simulator/start.ts';
import type { PretendPerson, SlackSimulator } from '../simulator/types.ts';
import { keyOf } from '../src/inbound/own-key.ts';
import { slackPlugin } from '../src/plugin.ts';
import { asRead } from './as-read.ts';
import { Breakage } from './breakage.ts';
import { HttpRelay } from './http-relay.ts';
import { type Parcel, Plans } from './plan.ts';
import { SocketRelay } from './socket-relay.ts';

const INSTANCE = 'slack';

/** Starts a pretend Slack and the real adapter on it. For describeChatAdapter, once for each transport. */
export function slackHarness(transport: Transport): (kit: Kit) => Promise<SlackHarness> {
  return async (kit) => {
    const harness = new SlackHarness(kit, transport);
    await harness.start();
    return harness;
  };
}

export class SlackHarness implements Harness {
  adapter!: ChatAdapter;
  slack!: SlackSimulator;
  readonly transports: readonly Transport[];

  private offset = 0;
  readonly now = (): number => Date.now() + this.offset;
  private readonly plans = new Plans((ms) => this.advance(ms));
  private readonly people = new Map<string, PretendPerson>();
  private readonly http: HttpRelay;
  private readonly sockets: SocketRelay;
  private readonly hangUp = new AbortController();
  private breakage!: Breakage;
  private most: number | undefined;

  constructor(
    private readonly kit: Kit,
    private readonly transport: Transport,
  ) {
    this.transports = [transport];
    this.sockets = new SocketRelay(this.plans);
    const { plans } = this;
    const now = (): number => this.now();
    this.http = new HttpRelay({ kit, adapter: () => this.adapter, signingSecret: SIGNING_SECRET, now, plans });
  }

  readonly room = async (name = 'room'): Promise<RoomRef> => {
    const members = [this.slack.app.botUserId, ...[...this.people.values(), this.person('mia')].map(({ user }) => user.id)];
    const unique = `${name}-${this.slack.channels().length}`;
    const { id } = this.slack.addChannel({ name: unique, members: [...new Set(members)] });
    return { adapter: INSTANCE, tenant: this.tenant, room: id };
  };

  get tenant(): string {
    return this.slack.team.id;
  }

  async start(): Promise<void> {
    const isSocket = this.transport === 'socket';
    const requestUrl = await this.http.start();
    await this.sockets.start();
    this.slack = await startSlackSimulator({
      now: () => this.now(),
      socketMode: isSocket,
      ...(isSocket ? {} : { requestUrl }),
      app: { signingSecret: SIGNING_SECRET },
      commands: ['/incident'],
      seed: 7,
      timing: { retryDelaysMs: [], ackMs: 2_000 },
    });
    this.breakage = new Breakage(this.slack);
    this.adapter = await slackPlugin.create(this.context());
    await this.adapter.connect?.(this.kit.inlet, this.hangUp.signal);
    await firstValueFrom(this.adapter.health$.pipe(filter(({ state }) => state === 'ready')));
    if (isSocket) await this.bothSocketsOpen();
  }

  async inject(event: Injected, how: Delivery = {}): Promise<Injection> {
    const { times = 1, delayMs = 0, tamper } = how;
    const expect = (matches: (parcel: Parcel) => boolean): Promise<readonly Delivered[]> =>
      this.plans.expect({ matches, times, delayMs, ...(tamper ? { tamper } : {}) });
    const act = await this.act(event, expect);
    const deliveries = await act.deliveries;
    return { deliveries, ...(act.message ? { message: act.message } : {}) };
  }

  fault(op: Op | '*', kind: FaultKind, n?: number, o?: FaultOptions): void {
    this.breakage.fault(op, kind, n, o);
  }

  heal(): void {
    void this.breakage.heal();
  }

  observed(room: RoomRef): Promise<ObservedMessage[]> {
    const { botId } = this.slack.app;
    const seen = this.slack.messages(room.room).filter(({ subtype }) => subtype !== 'tombstone');
    return Promise.resolve(
      seen.map((message) => {
        const key = keyOf(message as unknown as Readonly<Record<string, unknown>>);
        const thread = message.thread_ts && message.thread_ts !== message.ts ? message.thread_ts : undefined;
        return {
          id: message.ts,
          ...(thread ? { thread } : {}),
          ...asRead(message),
          author: message.bot_id === botId ? 'us' : message.bot_id ? 'bot' : 'person',
          ...(key ? { key } : {}),
        };
      }),
    );
  }

  requests(op: Op): number {
    return this.breakage.requests(op);
  }

  advance(ms: number): void {
    this.offset += ms;
  }

  async stop(): Promise<void> {
    this.hangUp.abort();
    await this.adapter?.close();
    await this.slack?.close();
    await this.http.close();
    await this.sockets.close();
  }

  person(name: string): PretendPerson {
    const known = this.people.get(name);
    if (known) return known;
    const user = this.slack.addUser({ name, realName: name });
    const person = this.slack.as(user.id);
    this.people.set(name, person);
    return person;
  }

  private context(): ReturnType<Kit['context']> {
    const { app, team, apiUrl } = this.slack;
    return this.kit.context({
      instance: INSTANCE,
      config: { mode: this.transport === 'socket' ? 'socket' : 'http', apiUrl },
      tenants: [team.id],
      secrets: { bot_token: app.botToken, signing_secret: app.signingSecret, app_token: app.appToken },
      now: () => this.now(),
      fetch: ((url: string, init?: RequestInit) => this.fetch(url, init)) as typeof fetch,
    });
  }

  /** From now on Slack gives no more messages at once than this, whatever is asked for, as it does to some apps. */
  ration(most: number): void {
    this.most = most;
  }

  /** The adapter's way out: to a closed door where the kit wants that, and to sockets through the relay. */
  private async fetch(url: string, init?: RequestInit): Promise<Response> {
    const response = await fetch(this.breakage.route(url, init), this.rationed(url, init));
    if (!url.endsWith('/apps.connections.open') || response.status !== 200) return response;
    const answer = (await response.json()) as { url?: string };
    const through = answer.url ? { ...answer, url: this.sockets.addressFor(answer.url) } : answer;
    return new Response(JSON.stringify(through), { status: 200, headers: { 'content-type': 'application/json' } });
  }

  private rationed(url: string, init: RequestInit | undefined): RequestInit | undefined {
    if (this.most === undefined || !url.endsWith('/conversations.history') || typeof init?.body !== 'string') return init;
    const body = new URLSearchParams(init.body);
    body.set('limit', String(Math.min(this.most, Number(body.get('limit')))));
    return { ...init, body: body.toString() };
  }

  private async bothSocketsOpen(): Promise<void> {
    const until = Date.now() + 2_000;
    while (this.slack.socketCount() < 2 && Date.now() < until) await new Promise((turn) => setImmediate(turn));
  }

  private async act(
    event: Injected,
    expect: (matches: (parcel: Parcel) => boolean) => Promise<readonly Delivered[]>,
  ): Promise<{ deliveries: Promise<readonly Delivered[]>; message?: MessageRef }> {
    const by = this.person('by' in event && event.by ? event.by : 'mia');
    const isEvent = (test: (e: JsonObject) => boolean) => (parcel: Parcel) =>
      parcel.kind === 'event' && test(parcel.payload['event'] as JsonObject);
    switch (event.do) {
      case 'say': {
        const { room } = event;
        const ts = event.bot ? this.botSays(room.room, event.text) : await this.says(by, event);
        const deliveries = expect(isEvent((e) => e['type'] === 'message' && e['ts'] === ts && e['channel'] === room.room));
        return { deliveries, message: { room, id: ts, ...(event.thread ? { thread: event.thread.id } : {}) } };
      }
      case 'edit': {
        const { room, id } = event.message;
        await by.edit(room.room, id, event.text);
        return {
          deliveries: expect(isEvent((e) => e['subtype'] === 'message_changed' && (e['message'] as JsonObject)['ts'] === id)),
          message: event.message,
        };
      }
      case 'remove': {
        const { room, id } = event.message;
        await by.remove(room.room, id);
        return { deliveries: expect(isEvent((e) => e['subtype'] === 'message_deleted' && e['deleted_ts'] === id)), message: event.message };
      }
      case 'react': {
        const { room, id } = event.message;
        await by.react(room.room, id, event.emoji ?? 'eyes', event.added ?? true);
        return { deliveries: expect(isEvent((e) => String(e['type']).startsWith('reaction_'))), message: event.message };
      }
      case 'pin': {
        const { room, id } = event.message;
        await by.pin(room.room, id, event.added ?? true);
        return { deliveries: expect(isEvent((e) => String(e['type']).startsWith('pin_'))), message: event.message };
      }
      case 'command': {
        const deliveries = expect((parcel) => parcel.kind === 'command');
        await by.command(`/${event.name}`, event.text, event.room.room);
        return { deliveries };
      }
      case 'press': {
        const deliveries = expect((parcel) => parcel.kind === 'interaction');
        await by.press(event.message.room.room, event.message.id, event.action, event.value);
        return { deliveries, message: event.message };
      }
      case 'submit':
        return { deliveries: this.submits(by, event, expect) };
      case 'join':
      case 'leave': {
        await (event.do === 'join' ? by.join(event.room.room) : by.leave(event.room.room));
        return { deliveries: expect(isEvent((e) => String(e['type']).startsWith('member_'))) };
      }
      case 'rename':
        await by.rename(event.room.room, event.name);
        return { deliveries: expect(isEvent((e) => e['type'] === 'channel_rename')) };
      case 'archive':
        await by.archive(event.room.room);
        return { deliveries: expect(isEvent((e) => e['type'] === 'channel_archive')) };
      case 'unfamiliar': {
        const deliveries = expect(isEvent((e) => e['type'] === event.name));
        void this.slack.sendEvent({ type: event.name, event_ts: String(this.now() / 1000) });
        return { deliveries };
      }
    }
  }

  /** As a person with formatting switched off types it: what stands there is what was typed. */
  private async says(by: PretendPerson, { room, text, thread, sameNumberAs }: Extract<Injected, { do: 'say' }>): Promise<string> {
    if (!this.slack.members(room.room).includes(by.user.id)) await by.join(room.room);
    const blocks = [
      { type: 'rich_text', block_id: 'typed', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }] },
    ];
    const said = await by.say(room.room, text, {
      blocks,
      ...(thread ? { threadTs: thread.id } : {}),
      ...(sameNumberAs ? { ts: sameNumberAs.id } : {}),
    });
    return said.ts;
  }

  private botSays(channel: string, text: string): string {
    const ts = (this.now() / 1000).toFixed(6);
    const event = {
      type: 'message',
      subtype: 'bot_message',
      bot_id: 'B0OTHER',
      app_id: 'A0OTHER',
      username: 'builder',
      channel,
      channel_type: 'channel',
      text,
      ts,
      event_ts: ts,
    };
    void this.slack.sendEvent(event);
    return ts;
  }

  /** A form opens by a gesture only; this one the adapter does not hear of. */
  private async submits(
    by: PretendPerson,
    { form, state, values }: Extract<Injected, { do: 'submit' }>,
    expect: (matches: (parcel: Parcel) => boolean) => Promise<readonly Delivered[]>,
  ): Promise<readonly Delivered[]> {
    const { id: channel } = this.slack.addChannel({
      name: `form-${this.slack.channels().length}`,
      members: [this.slack.app.botUserId, by.user.id],
    });
    const { triggerId } = await by.command('/incident', 'opens a form', channel);
    const blocks = Object.keys(values).map((name) => ({
      type: 'input',
      block_id: name,
      optional: true,
      label: { type: 'plain_text', text: name },
      element: { type: 'plain_text_input', action_id: name },
    }));
    const view = {
      type: 'modal',
      callback_id: form,
      title: text('Form'),
      submit: text('Send'),
      blocks,
      ...(state === undefined ? {} : { private_metadata: state }),
    };
    await fetch(`${this.slack.apiUrl}views.open`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.slack.app.botToken}` },
      body: new URLSearchParams({ trigger_id: triggerId ?? '', view: JSON.stringify(view) }),
    });
    const opened = by.views().find(({ callback_id }) => callback_id === form);
    const deliveries = expect((parcel) => parcel.kind === 'interaction');
    await by.submit(opened?.id ?? '', Object.fromEntries(Object.entries(values).map(([name, [value = '']]) => [name, value])));
    return deliveries;
  }
}

const SIGNING_SECRET = '8f742231b10e8888abcd99yyyzzz85a5';
const text = (v: string): object => ({ type: 'plain_text', text: v });
