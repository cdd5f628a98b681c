import { EventEmitter } from 'node:events';
import type { Carrier } from './delivery/attempt.ts';
import { Events } from './delivery/events.ts';
import { HttpCarrier } from './delivery/http-carrier.ts';
import { Journal } from './delivery/journal.ts';
import { SocketCarrier } from './delivery/socket-carrier.ts';
import type { Draw } from './draw.ts';
import { Faults } from './faults.ts';
import type { Fault } from './faults.types.ts';
import { FileCabinet } from './files/file-cabinet.ts';
import type { PretendFile } from './files/file.types.ts';
import { FileServer } from './files/file-server.ts';
import { Front } from './front.ts';
import { Messages } from './happenings.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { Gestures } from './interactions/gestures.ts';
import { Interactions } from './interactions/interactions.ts';
import { Membership } from './membership.ts';
import type { JsonObject, SlackChannel, SlackMessage, SlackUser } from './objects.ts';
import { Page } from './page/page.ts';
import { Person, type World } from './person.ts';
import { toChannel, type Room } from './room.ts';
import { LoopbackServer } from './server.ts';
import type {
  ApiCall,
  DeliveryLog,
  LostInteraction,
  NewGroup,
  NewUser,
  PretendPerson,
  SendEventOptions,
  SlackApp,
  SlackSimulator,
  SlackSimulatorOptions,
  SlackTeam,
  SlackTiming,
} from './types.ts';
import { UnderWay, Waits } from './waits.ts';
import { RateLimits } from './web-api/rate-limits.ts';
import { WebApi } from './web-api/web-api.ts';
import { Workspace } from './workspace.ts';

/** Faults of one moment; all others stand until they are cleared. */
const AT_ONCE: readonly Fault['kind'][] = ['sockets-recycled', 'sockets-cut', 'socket-half-dead'];

const SLACKS_OWN_TIMING: SlackTiming = {
  retryDelaysMs: [0, 60_000, 300_000],
  ackMs: 3000,
  triggerMs: 3000,
  socketRecycleMs: null,
  pingMs: 10_000,
};

export type SimulatorSetting = SlackSimulatorOptions & { readonly draw: Draw; readonly team: SlackTeam; readonly app: SlackApp };

/** Puts the pretend Slack together: state, faults, the way to the app, the way in, and the page. */
export class Simulator implements SlackSimulator {
  readonly team: SlackTeam;
  readonly app: SlackApp;
  readonly #draw: Draw;
  readonly #now: () => number;
  readonly #waits = new Waits();
  readonly #underWay = new UnderWay();
  readonly #journal = new Journal();
  readonly #changes = new EventEmitter();
  readonly #faults: Faults;
  readonly #workspace: Workspace;
  readonly #files: FileCabinet;
  readonly #http: HttpCarrier;
  readonly #sockets: SocketCarrier;
  readonly #events: Events;
  readonly #world: World;
  readonly #page: Page;
  readonly #server: LoopbackServer;
  readonly #socketMode: boolean;
  #requestUrl: string | undefined;
  #manifest: Manifest | undefined;
  #isInstalled = true;
  #limits: RateLimits | undefined;

  constructor(o: SimulatorSetting) {
    const timing = { ...SLACKS_OWN_TIMING, ...o.timing };
    const { draw, team, app } = o;
    const now = o.now ?? Date.now;
    this.team = team;
    this.app = app;
    this.#draw = draw;
    this.#now = now;
    this.#requestUrl = o.requestUrl;
    this.#manifest = o.manifest === undefined ? undefined : readManifest(o.manifest);
    this.#socketMode = o.socketMode ?? this.#manifest?.socketMode ?? false;
    this.#changes.setMaxListeners(0);
    const [waits, underWay, journal] = [this.#waits, this.#underWay, this.#journal];

    this.#faults = new Faults(draw, (id) => this.#workspace.rooms.get(id)?.name);
    const faults = this.#faults;
    const listener = {
      event: (e: Parameters<Events['happened']>[0], room?: Room) => this.#events.happened(e, room),
      changed: () => void this.#changes.emit('changed'),
    };
    this.#workspace = new Workspace({ team, app, now, draw, listener });
    const workspace = this.#workspace;
    const messages = new Messages(workspace);
    const files = new FileCabinet(workspace, () => this.url);
    this.#files = files;
    const membership = new Membership(workspace, messages);

    this.#http = new HttpCarrier({ url: () => this.#requestUrl, signingSecret: app.signingSecret, now, ackMs: timing.ackMs });
    this.#sockets = new SocketCarrier({ appId: app.id, timing, draw, waits, faults });
    const carrier = (): Carrier => (this.#socketMode || this.#requestUrl === undefined ? this.#sockets : this.#http);
    this.#events = new Events({
      team,
      app,
      now,
      timing,
      draw,
      faults,
      waits,
      underWay,
      journal,
      carrier,
      http: this.#http,
      subscribed: () => o.events ?? this.#manifest?.events,
      metadataSubscriptions: () => o.metadataSubscriptions ?? this.#manifest?.metadata ?? ['*'],
    });

    const interactions = new Interactions({ workspace, messages, faults, journal, underWay, timing, carrier, baseUrl: () => this.url });
    const gestures = new Gestures(workspace, interactions, {
      commands: () => o.commands ?? this.#manifest?.commands ?? ['/incident'],
      escapes: () => o.escapeCommands ?? this.#manifest?.escapesCommands ?? true,
      shortcuts: () => this.#manifest?.shortcuts,
    });
    this.#world = { workspace, messages, membership, interactions, gestures, faults, files };
    const url = (): string => this.url;
    const urls = {
      get permalinks() {
        return url();
      },
      socket: () => `${url().replace('http:', 'ws:')}${this.#sockets.issueTicket()}`,
    };
    const later = (work: () => void): void => {
      const end = underWay.begin();
      waits.after(0, () => {
        work();
        end();
      });
    };
    this.setRateLimits(o.rateLimits ?? false);
    const mayPostAnywhere = (): boolean => this.#manifest?.scopes.includes('chat:write.public') ?? false;
    const webApi = new WebApi({
      slack: { workspace, messages, membership, interactions, files, later, mayPostAnywhere, names: workspace, urls },
      faults,
      journal,
      waits,
      limits: () => this.#limits,
      granted: () => this.#manifest?.scopes,
      hasHome: () => this.#manifest?.hasHome ?? true,
      isInstalled: () => this.#isInstalled,
    });
    this.#page = new Page(this.#world, this.#changes, waits);
    const fileServer = new FileServer({ files, faults, waits, botToken: app.botToken, granted: () => this.#manifest?.scopes });
    const front = new Front({ webApi, interactions, faults, page: this.#page, fileServer });
    this.#server = new LoopbackServer(o.port ?? 0, {
      request: (request, response) => front.request(request, response),
      upgrade: (request, socket, head) => this.#sockets.upgrade(request, socket, head),
    });
  }

  start(): Promise<void> {
    return this.#server.start();
  }

  get url(): string {
    return `http://127.0.0.1:${this.#server.port}/`;
  }

  get apiUrl(): string {
    return `${this.url}api/`;
  }

  addGroup(group: NewGroup): string {
    return this.#workspace.addGroup(group);
  }

  addUser(u: NewUser): SlackUser {
    return this.#workspace.addUser(u);
  }

  deactivate(userId: string): void {
    this.#workspace.deactivate(userId);
  }

  addChannel(c: { name: string; members?: readonly string[]; isPrivate?: boolean; id?: string }): SlackChannel {
    const creator = c.members?.[0] ?? this.app.botUserId;
    return this.#shown(this.#workspace.addRoom({ ...c, kind: c.isPrivate ? 'private' : 'channel', creator }));
  }

  as(userId: string): PretendPerson {
    if (!this.#workspace.users.has(userId)) throw new Error(`There is no user ${userId} here. Add one with addUser first.`);
    return new Person(this.#world, userId);
  }

  users(): readonly SlackUser[] {
    return [...this.#workspace.users.values()];
  }

  channels(): readonly SlackChannel[] {
    return [...this.#workspace.rooms.values()].filter((r) => r.kind !== 'im').map((r) => this.#shown(r));
  }

  channelByName(name: string): SlackChannel | undefined {
    const room = this.#workspace.channelByName(name.replace(/^#/, ''));
    return room && this.#shown(room);
  }

  members(channelId: string): readonly string[] {
    return [...this.#workspace.room(channelId).members];
  }

  messages(channelId: string, o: { thread?: string } = {}): readonly SlackMessage[] {
    const all = [...this.#workspace.room(channelId).messages.values()];
    return o.thread === undefined ? all : all.filter((m) => m.ts === o.thread || m.thread_ts === o.thread);
  }

  files(): readonly PretendFile[] {
    return this.#files.all();
  }

  pins(channelId: string): readonly SlackMessage[] {
    const room = this.#workspace.room(channelId);
    return [...room.pins.keys()].map((ts) => this.#world.messages.find(room, ts));
  }

  bookmarks(channelId: string): readonly { readonly id: string; readonly title: string; readonly link: string }[] {
    return [...this.#workspace.room(channelId).bookmarks];
  }

  setFault(fault: Fault | readonly Fault[]): void {
    this.clearFaults();
    this.addFault(fault);
  }

  addFault(fault: Fault | readonly Fault[]): void {
    const list = Array.isArray(fault) ? (fault as readonly Fault[]) : [fault as Fault];
    this.#faults.add(list.filter(({ kind }) => !AT_ONCE.includes(kind)));
    this.#workspace.listener.changed();
    for (const { kind } of list) {
      if (kind === 'sockets-recycled') void this.#sockets.recycle();
      if (kind === 'sockets-cut') this.#sockets.cut();
      if (kind === 'socket-half-dead') this.#sockets.deafenOne();
      if (kind === 'refused') this.#server.shut();
    }
  }

  clearFaults(): void {
    const refused = this.#faults.has('refused');
    this.#faults.set([]);
    this.#workspace.listener.changed();
    this.#events.release();
    if (refused) void this.#underWay.track(this.#server.reopen());
  }

  faults(): readonly Fault[] {
    return this.#faults.list();
  }

  setRateLimits(on: NonNullable<SlackSimulatorOptions['rateLimits']>): void {
    this.#limits = on === false ? undefined : new RateLimits(this.#now, on === true ? 1 : on.pace);
  }

  lostInteractions(): readonly LostInteraction[] {
    return [...this.#journal.lost];
  }

  calls(): readonly ApiCall[] {
    return [...this.#journal.calls];
  }

  deliveries(): readonly DeliveryLog[] {
    return [...this.#journal.deliveries];
  }

  async sendEvent(event: JsonObject & { readonly type: string }, o: SendEventOptions = {}): Promise<readonly DeliveryLog[]> {
    const ids = { ...(o.eventId === undefined ? {} : { eventId: o.eventId }), ...(o.teamId === undefined ? {} : { teamId: o.teamId }) };
    const envelope = this.#events.envelope(event, ids);
    const how = { ...(o.tamper === undefined ? {} : { tamper: o.tamper }), ...(o.retries === undefined ? {} : { retries: o.retries }) };
    const send = async (): Promise<readonly DeliveryLog[]> => {
      if (o.delayMs !== undefined && !(await this.#waits.sleep(o.delayMs))) return [];
      return (await Promise.all(Array.from({ length: o.times ?? 1 }, () => this.#events.sendRaw(envelope, how)))).flat();
    };
    return this.#underWay.track(send());
  }

  async idle(): Promise<void> {
    await this.#server.settled();
    await this.#underWay.idle();
  }

  reinstall(manifest: string): void {
    this.#manifest = readManifest(manifest);
    this.#isInstalled = true;
  }

  uninstall(): void {
    this.#events.happened({ type: 'tokens_revoked', tokens: { oauth: [], bot: [this.app.botUserId] } });
    this.#events.happened({ type: 'app_uninstalled' });
    this.#isInstalled = false;
  }

  async setRequestUrl(url: string, o: { verify?: boolean } = {}): Promise<void> {
    this.#requestUrl = url;
    if (!o.verify) return;
    const challenge = this.#draw.hex(40);
    const { status, body, error } = await this.#http.carry({
      kind: 'url_verification',
      payload: { token: 'deprecated-verification-token', challenge, type: 'url_verification' },
    });
    const came = { ...(status === undefined ? {} : { status }), ...(error === undefined ? {} : { error }) };
    this.#journal.delivered({
      kind: 'url_verification',
      transport: 'http',
      what: 'url_verification',
      attempt: 1,
      at: this.#now(),
      ...came,
    });
    if (status !== 200 || !body.includes(challenge))
      throw new Error(
        `${url} did not answer Slack's challenge (${status ?? 'no answer'}). It must answer 200 with the challenge it was sent.`,
      );
  }

  socketCount(): number {
    return this.#sockets.count();
  }

  halfDeadSocketCount(): number {
    return this.#sockets.halfDead();
  }

  async close(): Promise<void> {
    this.#waits.close();
    this.#http.close();
    this.#sockets.close();
    this.#page.close();
    await this.#server.close();
  }

  #shown(room: Room): SlackChannel {
    return toChannel(room, this.team.id, this.app.botUserId);
  }
}
