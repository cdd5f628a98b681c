import type {
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
import type { ChatAdapter, Op, RoomRef, UserRef } from '@musterhq/chat-port';
import { filter, firstValueFrom } from 'rxjs';
import { startSlackSimulator } from '../simulator/start.ts';
import type { PretendPerson, SlackMessage, SlackSimulator } from '../simulator/types.ts';
import { keyOf } from '../src/inbound/own-key.ts';
import { slackManifest, slackPlugin } from '../src/plugin.ts';
import { SLACK_STATUS } from '../src/slack-status-feed.ts';
import { Acts, type Expect } from './acts.ts';
import { asRead } from './as-read.ts';
import { Breakage } from './breakage.ts';
import { HttpRelay } from './http-relay.ts';
import { Plans } from './plan.ts';
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
  readonly also: Harness['also'] = [
    ...(['fall-behind', 'app-speaks', 'move', 'make-public', 'make-private', 'share'] as const),
    ...(['speak-to-us', 'speak-of-us', 'speak-alone'] as const),
  ];

  private offset = 0;
  readonly now = (): number => Date.now() + this.offset;
  private readonly plans = new Plans((ms) => this.advance(ms));
  private readonly people = new Map<string, PretendPerson>();
  private readonly http: HttpRelay;
  private readonly sockets: SocketRelay;
  private readonly hangUp = new AbortController();
  private breakage!: Breakage;
  private acts!: Acts;
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
      manifest: slackManifest({ name: 'Muster', socketMode: isSocket }),
      seed: 7,
      timing: { retryDelaysMs: [], ackMs: 2_000 },
    });
    this.breakage = new Breakage(this.slack);
    this.acts = new Acts(this.slack, (name) => this.person(name), this.now);
    this.adapter = await this.create();
    await this.adapter.connect?.(this.kit.inlet, this.hangUp.signal);
    await firstValueFrom(this.adapter.health$.pipe(filter(({ state }) => state === 'ready')));
    if (isSocket) await this.bothSocketsOpen();
  }

  async inject(event: Injected, how: Delivery = {}): Promise<Injection> {
    const { times = 1, delayMs = 0, tamper } = how;
    const expect: Expect = (matches) => this.plans.expect({ matches, times, delayMs, ...(tamper ? { tamper } : {}) });
    const act = await this.acts.act(event, expect);
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
    // A person's id stands for the conversation with them alone.
    const isPerson = this.slack.users().some(({ id }) => id === room.room);
    const there = isPerson ? this.slack.as(room.room).direct() : this.slack.messages(room.room);
    const seen = there.filter(({ subtype }) => subtype !== 'tombstone');
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

  insideOf({ room }: RoomRef): Promise<{ isPrivate: boolean; members: readonly string[] }> {
    const isPrivate = this.slack.channels().some(({ id, is_private }) => id === room && is_private);
    return Promise.resolve({ isPrivate, members: this.slack.members(room) });
  }

  homeOf({ user }: UserRef): Promise<string | null> {
    const isKnown = this.slack.users().some(({ id }) => id === user);
    const view = isKnown ? this.slack.as(user).home() : undefined;
    return Promise.resolve(view ? asRead({ text: '', blocks: view.blocks } as unknown as SlackMessage).text : null);
  }

  requests(op: Op): number {
    return this.breakage.requests(op);
  }

  advance(ms: number): void {
    this.offset += ms;
  }

  async outage(): Promise<() => Promise<void>> {
    this.slack.setFault([{ kind: 'all', api: 'status' }, { kind: 'sockets-cut' }]);
    return () => Promise.resolve(this.slack.clearFaults());
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

  private create(): Promise<ChatAdapter> {
    const { app, team, apiUrl } = this.slack;
    return this.kit.create(slackPlugin, {
      instance: INSTANCE,
      config: { mode: this.transport === 'socket' ? 'socket' : 'http', apiUrl, statusUrl: SLACK_STATUS },
      tenants: [team.id],
      secrets: { bot_token: app.botToken, signing_secret: app.signingSecret, app_token: app.appToken },
      now: () => this.now(),
      fetch: ((url: string, init?: RequestInit) => this.fetch(url, init)) as typeof fetch,
    });
  }

  /** From now on Slack gives no more messages at once than this, whatever is asked for, as it does to some apps. */
  shortPages(most: number): void {
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
    if (this.most === undefined || !/\/conversations\.(history|replies)$/.test(url) || typeof init?.body !== 'string') return init;
    const body = new URLSearchParams(init.body);
    body.set('limit', String(Math.min(this.most, Number(body.get('limit')))));
    return { ...init, body: body.toString() };
  }

  private async bothSocketsOpen(): Promise<void> {
    const until = Date.now() + 2_000;
    while (this.slack.socketCount() < 2 && Date.now() < until) await new Promise((turn) => setImmediate(turn));
  }
}

const SIGNING_SECRET = '8f742231b10e8888abcd99yyyzzz85a5';
