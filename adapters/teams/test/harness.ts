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
  Stunt,
  Tamper,
} from '@musterhq/adapter-testkit';
import type { ChatAdapter, HttpOut, MessageRef, Op, RoomRef } from '@musterhq/chat-port';
import { filter, firstValueFrom } from 'rxjs';
import type { Activity } from '../simulator/activities.ts';
import type { Conversation, KeptMessage } from '../simulator/conversations.ts';
import type { Flaw } from '../simulator/signing.ts';
import { type Mishap, type Told, TeamsSimulator } from '../simulator/teams-simulator.ts';
import { teamsPlugin } from '../src/plugin.ts';
import { asRead } from './as-read.ts';

const INSTANCE = 'teams';
const THREAD = ';messageid=';

/** `thread`: of a channel that was chosen for incidents; each of its threads is a room. */
type Kind = Conversation['kind'] | 'thread';

export interface TeamsOptions {
  readonly kind?: Kind;
  readonly secret?: string;
}

/** Starts a pretend Teams and the real adapter on it. Its rooms are channels unless told. */
export async function teamsHarness(kit: Kit, { kind = 'channel', secret }: TeamsOptions = {}): Promise<TeamsHarness> {
  const harness = new TeamsHarness(kit, kind);
  await harness.start(secret);
  return harness;
}

export class TeamsHarness implements Harness {
  adapter!: ChatAdapter;
  readonly transports = ['webhook'] as const;
  readonly cannot: Partial<Record<Stunt, string>> = {
    echo: 'Teams tells a bot nothing of its own posts',
    bot: 'Teams tells a bot nothing of other bots',
    command: 'Teams has no slash commands for bots',
    react: 'Teams tells a bot of reactions to its own messages only',
    pin: 'Teams tells a bot nothing of pins',
    'put-out': 'this pretend Teams has nobody who takes an app out of a team',
    body: 'the token says who sends, and does not sign what is sent',
  };

  readonly also = ['speak-to-us'] as const;

  /** Whose threads are rooms. */
  readonly channel: string | undefined;
  private offset = 0;
  readonly now = (): number => Date.now() + this.offset;
  readonly teams = new TeamsSimulator(this.now);
  private faults: { readonly op: Op | '*'; readonly mishap: Mishap; readonly room?: string; left: number }[] = [];
  private readonly counts = new Map<string, number>();

  constructor(
    private readonly kit: Kit,
    private readonly kind: Kind,
  ) {
    this.teams.strike = (op, room, thread) => this.struck(op, room, thread);
    if (kind !== 'thread') return;
    this.channel = this.teams.conversations.add('incidents', 'channel').id;
    this.cannot.archive = 'a thread is archived with its whole team, and by itself never';
  }

  get tenant(): string {
    return this.teams.tenant;
  }

  async start(secret = this.teams.secret): Promise<void> {
    await this.teams.open();
    const { appId, tenant, serviceUrl, url, openIdMetadataUrl } = this.teams;
    this.adapter = await this.kit.create(teamsPlugin, {
      instance: INSTANCE,
      config: { appId, tenantId: tenant, serviceUrl, loginUrl: url, openIdMetadataUrl, ...(this.channel && { channel: this.channel }) },
      secrets: { client_secret: secret },
      tenants: [tenant],
      now: this.now,
    });
    await firstValueFrom(this.adapter.health$.pipe(filter(({ state }) => state !== 'starting')));
  }

  readonly room = (name = 'room'): Promise<RoomRef> =>
    Promise.resolve({ adapter: INSTANCE, tenant: this.tenant, room: this.newRoom(name) });

  private newRoom(name: string): string {
    const { conversations } = this.teams;
    if (this.kind !== 'thread') return conversations.add(name, this.kind).id;
    const channel = this.channel!;
    return `${channel}${THREAD}${conversations.keep(channel, { from: 'person', text: name }).id}`;
  }

  async inject(event: Injected, { times = 1, delayMs = 0, tamper }: Delivery = {}): Promise<Injection> {
    const { told, message } = this.act(event);
    const deliveries: Delivered[] = [];
    for (let n = 0; n < times; n += 1) {
      this.advance(delayMs);
      const { status, body } = await this.receive(this.teams.told(told, flawOf(tamper)));
      deliveries.push({ transport: 'webhook', acknowledged: status >= 200 && status < 300, status, ...bodyOf(body) });
    }
    return { deliveries, ...(message && { message: this.refOf(message) }) };
  }

  /** As Teams sends it, to the core's half of the kit. */
  receive({ activity, authorization }: Told): Promise<HttpOut> {
    const headers = { 'content-type': 'application/json', ...(authorization !== undefined && { authorization }) };
    return this.kit.receive(this.adapter, {
      method: 'POST',
      path: '/',
      headers,
      body: Buffer.from(JSON.stringify(activity)),
      now: this.now(),
    });
  }

  fault(op: Op | '*', kind: FaultKind, n = 1, o: FaultOptions = {}): void {
    this.faults.push({ op, mishap: mishapOf(kind, o), left: n, ...(o.room && { room: o.room.room }) });
  }

  heal(): void {
    this.faults = [];
  }

  observed({ room }: RoomRef): Promise<ObservedMessage[]> {
    const { channel, root } = placeOf(room);
    const { messages } = this.teams.conversations.of(channel);
    const shown = messages.filter(({ id, thread }) => root === undefined || (thread === root && id !== root));
    return Promise.resolve(
      shown.map((message) => ({ id: message.id, ...this.inThread(message), author: message.from, ...asRead(message) })),
    );
  }

  requests(op: Op): number {
    return this.counts.get(op) ?? 0;
  }

  advance(ms: number): void {
    this.offset += ms;
  }

  async stop(): Promise<void> {
    await this.adapter.close();
    await this.teams.close();
  }

  private act(event: Injected): { told: Activity; message?: KeptMessage } {
    const by = 'by' in event ? (event.by ?? 'mia') : 'mia';
    switch (event.do) {
      case 'say': {
        const { thread, sameNumberAs, mentionsUs = false } = event;
        const o = { toUs: mentionsUs, ...(thread && { thread: thread.id }), ...(sameNumberAs && { number: sameNumberAs.id }) };
        return this.says(by, event.room, event.text, o);
      }
      case 'speak-to-us':
        return this.says(by, event.room, event.text, { toUs: true });
      case 'edit':
        this.advance(1_000);
        return { told: this.teams.edit(by, this.kept(event.message), event.text), message: this.kept(event.message) };
      case 'remove': {
        const message = this.kept(event.message);
        return { told: this.teams.remove(by, message), message };
      }
      case 'press':
        return { told: this.teams.press(by, this.kept(event.message), event.action) };
      case 'join':
        return { told: this.teams.join(by, event.room.room) };
      case 'leave':
        return { told: this.teams.leave(by, event.room.room) };
      case 'rename':
        return { told: this.teams.rename(by, event.room.room, event.name) };
      case 'archive':
        return { told: this.teams.archive(by, event.room.room) };
      case 'unfamiliar':
        return { told: this.teams.unfamiliar(this.teams.conversations.add('anywhere', 'channel').id, event.name) };
      default:
        throw new Error(`Nobody can do this in Teams: ${event.do}`);
    }
  }

  private says(by: string, { room }: RoomRef, text: string, o: { thread?: string; number?: string; toUs?: boolean }) {
    const { channel, root } = placeOf(room);
    return this.teams.say(by, channel, text, { ...o, ...(root !== undefined && { thread: root }) });
  }

  private inThread({ room, id, thread }: KeptMessage): { thread?: string } {
    return room === this.channel || thread === undefined || thread === id ? {} : { thread };
  }

  private refOf(message: KeptMessage): MessageRef {
    const room = message.room === this.channel ? `${message.room}${THREAD}${message.thread}` : message.room;
    return { room: { adapter: INSTANCE, tenant: this.tenant, room }, id: message.id, ...this.inThread(message) };
  }

  private kept({ room, id }: MessageRef): KeptMessage {
    const message = this.teams.conversations.of(placeOf(room.room).channel).messages.find((kept) => kept.id === id);
    if (!message) throw new Error(`There is no message ${id}`);
    return message;
  }

  private struck(sent: Parameters<TeamsSimulator['strike']>[0], channel: string, thread?: string): Mishap | undefined {
    // What begins a thread in that channel makes a room.
    const isRoom = sent === 'send' && channel === this.channel && thread === undefined;
    const op: Op = sent === 'members' || isRoom ? 'room' : sent;
    const room = channel === this.channel ? `${channel}${THREAD}${thread}` : channel;
    this.counts.set(op, this.requests(op) + 1);
    const fault = this.faults.find((f) => f.left > 0 && (f.op === '*' || f.op === op) && (f.room === undefined || f.room === room));
    if (fault) fault.left -= 1;
    return fault?.mishap;
  }
}

function placeOf(room: string): { channel: string; root?: string } {
  const [channel = '', root] = room.split(THREAD);
  return { channel, ...(root !== undefined && { root }) };
}

const bodyOf = (body: string | undefined): { body?: unknown } => (body === undefined ? {} : { body: JSON.parse(body) as unknown });

function flawOf(tamper: Tamper | undefined): Flaw | 'none at all' | undefined {
  if (tamper === 'no-signature') return 'none at all';
  return tamper === 'body' ? undefined : tamper;
}

function mishapOf(kind: FaultKind, { retryAfterMs }: FaultOptions): Mishap {
  const applied = kind.endsWith('-after');
  const answer = (status: number, body: object | string, headers?: Record<string, string>): Mishap => ({
    kind: 'answer',
    answer: { status, body, ...(headers && { headers }) },
    applied,
  });
  switch (kind) {
    case 'error-before':
    case 'error-after':
      return answer(502, { error: { code: 'ServiceError', message: 'Bad gateway' } });
    case 'reset-before':
    case 'reset-after':
      return { kind: 'hang-up', applied };
    case 'silent':
    case 'silent-after':
      return { kind: 'silence', applied };
    case 'rate-limited':
      return answer(
        429,
        { error: { code: 'Throttled', message: 'Too many requests' } },
        retryAfterMs === undefined ? {} : { 'retry-after': String(retryAfterMs / 1_000) },
      );
    case 'garbage':
      return answer(200, '<html>');
    case 'unauthorized':
      return answer(401, { error: { code: 'Unauthorized', message: 'Authorization has been denied for this request.' } });
    case 'late':
    case 'lost':
    case 'refused':
      throw new Error(`Nothing can be looked up afterwards, so no case asks for ${kind}`);
  }
}
