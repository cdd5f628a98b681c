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
} from '@musterhq/adapter-testkit';
import type { ChatAdapter, HttpOut, MessageRef, Op, RoomRef } from '@musterhq/chat-port';
import { filter, firstValueFrom } from 'rxjs';
import type { Activity } from '../simulator/activities.ts';
import type { Conversation, KeptMessage } from '../simulator/conversations.ts';
import type { GraphOp } from '../simulator/graph/graph-simulator.ts';
import { type Mishap, type Told, TeamsSimulator } from '../simulator/teams-simulator.ts';
import { teamsPlugin } from '../src/plugin.ts';
import { asRead } from './as-read.ts';
import { flawOf, mishapOf } from './mishaps.ts';

const INSTANCE = 'teams';
const THREAD = ';messageid=';
/** No port of ours, and one that `fetch` does not call bad. */
const CLOSED = 'http://127.0.0.1:9';

/**
 * `thread`: of a channel that was chosen for incidents; each of its threads is a room. `room-channel`: each is a channel of the team.
 * `room-chat`: each is a group chat, and beside them threads are. Whichever it is, channels and group chats are there that nobody chose.
 */
type Kind = Conversation['kind'] | 'thread' | 'room-channel' | 'room-chat';

export interface TeamsOptions {
  readonly kind?: Kind;
  /** The team of the channel is known, so that Graph can be asked. Channels for incidents are not to be had without. */
  readonly read?: boolean;
  /** What private incidents get is not told unless told. */
  readonly privately?: 'chat';
  readonly secret?: string;
  /** Muster may have the files of the team's channels. */
  readonly files?: boolean;
}

/** Starts a pretend Teams and the real adapter on it. Its rooms are channels unless told. */
export async function teamsHarness(
  kit: Kit,
  { kind = 'channel', read = kind === 'room-channel' || kind === 'room-chat', privately, secret, files = read }: TeamsOptions = {},
): Promise<TeamsHarness> {
  const harness = new TeamsHarness(kit, kind, read, files, privately);
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
    'put-out': 'Teams tells that an app was taken out of a team, and not of its channels',
    body: 'the token says who sends, and does not sign what is sent',
  };

  /** Where rooms are private or not. */
  readonly insideOf?: NonNullable<Harness['insideOf']>;

  readonly also = ['speak-to-us', 'speak-alone'] as const;

  /** Whose threads are rooms. */
  readonly channel: string | undefined;
  private offset = 0;
  readonly now = (): number => Date.now() + this.offset;
  readonly teams = new TeamsSimulator(this.now);
  private faults: { readonly op: Op | '*'; readonly mishap: Mishap; readonly room?: string; left: number; skip: number }[] = [];
  private refusals = 0;
  private readonly counts = new Map<string, number>();

  constructor(
    private readonly kit: Kit,
    private readonly kind: Kind,
    private readonly read: boolean,
    private readonly files: boolean,
    private readonly privately?: 'chat',
  ) {
    this.teams.strikeGraph = ({ op, room, thread }) => this.struckGraph(op, room, thread);
    this.teams.strike = (op, room, thread) => this.struck(op, room, thread);
    if (kind === 'groupChat' || kind === 'room-chat') delete this.cannot['put-out'];
    if (kind !== 'thread' && kind !== 'room-channel' && kind !== 'room-chat') return;
    this.channel = this.teams.conversations.add('incidents', 'channel').id;
    this.teams.graph.team.add('Incidents', { id: this.channel });
    if (kind === 'room-chat') this.insideOf = ({ room }) => Promise.resolve(this.inside(placeOf(room).channel));
    if (kind === 'thread') this.cannot.archive = 'a thread is archived with its whole team, and by itself never';
  }

  get tenant(): string {
    return this.teams.tenant;
  }

  async start(secret = this.teams.secret): Promise<void> {
    await this.teams.open();
    const { tenant } = this.teams;
    this.adapter = await this.kit.create(teamsPlugin, {
      instance: INSTANCE,
      config: this.config,
      secrets: { client_secret: secret },
      tenants: [tenant],
      now: this.now,
      fetch: this.fetch,
    });
    await firstValueFrom(this.adapter.health$.pipe(filter(({ state }) => state !== 'starting')));
  }

  get config(): object {
    const { appId, tenant: tenantId, serviceUrl, url: loginUrl, graphUrl, openIdMetadataUrl } = this.teams;
    return { appId, tenantId, serviceUrl, loginUrl, graphUrl, openIdMetadataUrl, ...this.chosen };
  }

  /** What an admin chose: the channel, by its link where Graph is to be asked about its team. */
  private get chosen(): object {
    if (this.channel === undefined) return {};
    const link = `https://teams.microsoft.com/l/channel/${encodeURIComponent(this.channel)}/Incidents?groupId=${this.teams.graph.team.id}`;
    const kind = { 'room-channel': 'channel', 'room-chat': 'chat' }[this.kind as string];
    return {
      channel: this.read ? link : this.channel,
      ...(kind && { kind }),
      ...(this.privately && { private: this.privately }),
      ...(this.files && { files: 'yes' }),
    };
  }

  readonly room = (name = 'room'): Promise<RoomRef> =>
    Promise.resolve({ adapter: INSTANCE, tenant: this.tenant, room: this.newRoom(name) });

  private newRoom(name: string): string {
    const { conversations, graph } = this.teams;
    if (this.kind === 'room-chat') return graph.chats.add(name).id;
    if (this.kind === 'room-channel') return graph.team.add(`${name} ${graph.team.channels.length}`).id;
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
    if (kind === 'refused') this.refusals += n;
    else this.faults.push({ op, mishap: mishapOf(kind, o), left: n, skip: o.skip ?? 0, ...(o.room && { room: o.room.room }) });
  }

  heal(): void {
    [this.faults, this.refusals] = [[], 0];
    this.teams.applyLate();
  }

  /** Nobody listens where the next of what we say goes to. */
  private readonly fetch: typeof fetch = (input, init) => {
    const isRefused = this.refusals > 0 && init?.method === 'POST' && String(input as string).startsWith(this.teams.serviceUrl);
    if (!isRefused) return fetch(input, init);
    this.refusals -= 1;
    this.counts.set('send', this.requests('send') + 1);
    return fetch(CLOSED, init);
  };

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
      case 'speak-alone':
        return this.teams.sayAlone(by, event.text);
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
      case 'put-out':
        return { told: this.teams.putOut(by, event.room.room) };
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

  /** Everybody of a team reads in its channels, and whoever is in a chat in that. */
  private inside(conversation: string): { isPrivate: boolean; members: string[] } {
    const { kind, members } = this.teams.conversations.of(conversation);
    return { isPrivate: kind !== 'channel', members: [...members].map((name) => this.teams.people.of(name).id) };
  }

  /** The channel whose threads are rooms. */
  private get ofThreads(): string | undefined {
    return this.kind === 'room-channel' ? undefined : this.channel;
  }

  private inThread({ room, id, thread }: KeptMessage): { thread?: string } {
    return room === this.ofThreads || thread === undefined || thread === id ? {} : { thread };
  }

  private refOf(message: KeptMessage): MessageRef {
    const room = message.room === this.ofThreads ? `${message.room}${THREAD}${message.thread}` : message.room;
    return { room: { adapter: INSTANCE, tenant: this.tenant, room }, id: message.id, ...this.inThread(message) };
  }

  private kept({ room, id }: MessageRef): KeptMessage {
    const message = this.teams.conversations.of(placeOf(room.room).channel).messages.find((kept) => kept.id === id);
    if (!message) throw new Error(`There is no message ${id}`);
    return message;
  }

  private struck(sent: Parameters<TeamsSimulator['strike']>[0], channel: string, thread?: string): Mishap | undefined {
    // What begins a thread in that channel makes a room.
    const isRoom = sent === 'send' && channel === this.ofThreads && thread === undefined;
    const op: Op = sent === 'member' || sent === 'open' ? 'people' : sent === 'members' || isRoom ? 'room' : sent;
    return this.struckAt(op, channel === this.ofThreads ? `${channel}${THREAD}${thread}` : channel);
  }

  private struckGraph(asked: GraphOp, channel: string | undefined, thread: string | undefined): Mishap | undefined {
    const room = channel === this.ofThreads ? `${channel}${THREAD}${thread}` : channel;
    return this.struckAt(asked === 'look' ? 'room' : asked, room, asked === 'look');
  }

  /** What is applied before it goes wrong is no look: that changes nothing. */
  private struckAt(op: Op, room: string | undefined, isLook = false): Mishap | undefined {
    this.counts.set(op, this.requests(op) + 1);
    const fault = this.faults.find(
      (f) => f.left > 0 && (f.op === '*' || f.op === op) && (f.room === undefined || f.room === room) && !(isLook && f.mishap.applied),
    );
    if (!fault) return undefined;
    if (fault.skip > 0) {
      fault.skip -= 1;
      return undefined;
    }
    fault.left -= 1;
    return fault.mishap;
  }
}

function placeOf(room: string): { channel: string; root?: string } {
  const [channel = '', root] = room.split(THREAD);
  return { channel, ...(root !== undefined && { root }) };
}

const bodyOf = (body: string | undefined): { body?: unknown } => (body === undefined ? {} : { body: JSON.parse(body) as unknown });
