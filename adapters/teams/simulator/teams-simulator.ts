import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Activity, activity, typed } from './activities.ts';
import type { Attached } from './attached.ts';
import { type Answer, failed, objection } from './connector-rules.ts';
import { type Conversation, Conversations, type KeptMessage } from './conversations.ts';
import { graphError } from './graph/asked.ts';
import { GraphSimulator, type GraphRequest } from './graph/graph-simulator.ts';
import { Directory } from './roster.ts';
import { type Flaw, Signing } from './signing.ts';

/** How a call of the bot goes wrong, and whether it was done all the same. */
export type Mishap =
  | { readonly kind: 'answer'; readonly answer: Answer; readonly applied: boolean }
  | { readonly kind: 'hang-up' | 'silence'; readonly applied: boolean }
  /** No answer, ever, and done all the same when `applyLate` is called. */
  | { readonly kind: 'late'; readonly applied: false };

export type Op = 'file' | 'send' | 'edit' | 'delete' | 'members' | 'member' | 'open';

export interface Told {
  readonly authorization?: string;
  readonly activity: Activity;
}

interface Said {
  readonly message: KeptMessage;
  readonly told: Activity;
}

const OPS: Readonly<Record<string, Op>> = { POST: 'send', PUT: 'edit', DELETE: 'delete', GET: 'members' };

/**
 * Teams as a bot sees it, on one port of the loopback: the login, the keys, the Bot Connector, Graph, and people. Written from
 * Microsoft's documentation. It tells a bot nothing of its own posts or of other bots.
 */
export class TeamsSimulator {
  readonly appId = 'b0756e7c-0000-4000-8000-00000000b077';
  readonly secret = 'open sesame';
  readonly tenant = '72f988bf-0000-4000-8000-00000c047050';
  readonly conversations: Conversations;
  readonly people = new Directory(this.tenant);
  readonly signing: Signing;
  readonly graph: GraphSimulator;
  /** Asked once a call; `undefined` lets it pass. */
  strike: (op: Op, room: string, thread?: string) => Mishap | undefined = () => undefined;
  /** And of a call of Graph. */
  strikeGraph: (asked: GraphRequest) => Mishap | undefined = () => undefined;
  /** People who have not got the app, by their names. */
  readonly withoutApp = new Set<string>();
  /** Pictures that Teams does not give the bot, by their ids. */
  readonly withheld = new Set<string>();
  /** The login takes the secret. */
  accepts = true;
  /** The documents about keys can be had. */
  showsKeys = true;
  /** Where callers are sent on to (307), by what they call. */
  readonly sendsElsewhere: { login?: string; connector?: string } = {};
  /** How long each call of its connector takes. */
  takesMs = 0;
  /** What it calls its connector when a front stands before it that plays the real names. */
  knownAs: string | undefined;
  /** And what it calls Graph. */
  graphKnownAs: string | undefined;
  /** How often somebody asked for the document that leads to the keys. */
  keysAsked = 0;

  private readonly server: Server = createServer((request, response) => void this.serve(request, response));
  /** The checks keep keys by address for the whole process, and a port may come again. */
  private readonly name = randomUUID();
  private readonly token = randomUUID();
  private readonly graphToken = randomUUID();
  private port = 0;
  private readonly late: (() => Answer)[] = [];

  constructor(private readonly now: () => number) {
    this.conversations = new Conversations(now);
    this.signing = new Signing(this.appId, () => this.serviceUrl);
    this.graph = new GraphSimulator(this.conversations, this.people, { appId: this.appId, url: () => this.graphUrl }, now);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get serviceUrl(): string {
    return this.knownAs ?? `${this.url}/teams`;
  }

  get graphUrl(): string {
    return this.graphKnownAs ?? `${this.url}/graph`;
  }

  get openIdMetadataUrl(): string {
    return `${this.url}/${this.name}/openidconfiguration`;
  }

  /** Also after it was closed, at the port it had. */
  async open(): Promise<void> {
    await new Promise<void>((listening) => this.server.listen(this.port, '127.0.0.1', listening));
    this.port = (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    if (!this.server.listening) return;
    const closed = new Promise((done) => this.server.close(done));
    this.server.closeAllConnections();
    await closed;
  }

  // What people do: each answers with what the bot is told.

  /** `toUs`: to the bot, by its name. `calls`: to these people, by theirs, after that. */
  say(
    by: string,
    room: string,
    text: string,
    o: {
      thread?: string;
      number?: string;
      toUs?: boolean;
      calls?: readonly string[];
      /** What comes with it. */
      with?: readonly Attached[];
      /** From a browser, in which pasted pictures stand among the words alone. */
      inBrowser?: boolean;
    } = {},
  ): Said {
    const called = [
      ...(o.toUs ? [{ id: `28:${this.appId}`, name: 'Muster' }] : []),
      ...(o.calls ?? []).map((name) => this.people.of(name)),
    ];
    const words = [...called.map(({ name }) => name), text].join(' ');
    const kept = { from: 'person' as const, by, text: words, ...(o.toUs && { calls: 'Muster' }), ...(o.with && { attached: o.with }) };
    const message = this.conversations.keep(room, kept, o.thread, o.number);
    this.graph.shelve(room, o.with ?? []);
    const how = { serviceUrl: this.serviceUrl, beside: !o.inBrowser };
    return { message, told: this.tell(room, by, { type: 'message', ...typed(message, text, called, how) }, message.thread) };
  }

  /** To the bot, in the chat that they have with it alone. */
  sayAlone(by: string, text: string): Said {
    return this.say(by, this.conversations.personalOf(by).id, text);
  }

  call(by: string, room: string, text: string, thread?: string): Activity {
    return this.say(by, room, text, { toUs: true, ...(thread !== undefined && { thread }) }).told;
  }

  edit(by: string, { room, id, thread }: KeptMessage, text: string): Activity {
    const { messages } = this.conversations.of(room);
    const at = messages.findIndex((message) => message.id === id);
    const editedAt = this.now();
    const { calls: _called, ...before } = messages[at]!;
    const edited = { ...before, text, editedAt };
    messages[at] = edited;
    const what = { type: 'messageUpdate', timestamp: new Date(editedAt).toISOString(), channelData: { eventType: 'editMessage' } };
    return this.tell(room, by, { ...what, ...typed(edited, text, [], this) }, thread);
  }

  remove(by: string, { room, id, thread }: KeptMessage): Activity {
    const { messages, removed } = this.conversations.of(room);
    const at = messages.findIndex((message) => message.id === id);
    removed.push(...messages.splice(at, 1).map((message) => ({ ...message, removedAt: this.now() })));
    return this.tell(room, by, { type: 'messageDelete', id, channelData: { eventType: 'softDeleteMessage' } }, thread);
  }

  /** Whoever took it away thinks better of it. */
  restore(by: string, { room, id, thread }: KeptMessage): Activity {
    const { messages, removed } = this.conversations.of(room);
    const [{ removedAt: _gone, ...back }] = removed.splice(
      removed.findIndex((message) => message.id === id),
      1,
    ) as [KeptMessage];
    messages.push(back);
    messages.sort((a, b) => Number(a.id) - Number(b.id));
    const what = { type: 'messageUpdate', timestamp: new Date(this.now()).toISOString(), channelData: { eventType: 'undeleteMessage' } };
    return this.tell(room, by, { ...what, ...typed(back, back.text ?? '', [], this) }, thread);
  }

  /** Whoever said it; what comes of it stands in Graph. */
  mark(by: string, { room, id }: KeptMessage, type: string, added = true): void {
    const { messages } = this.conversations.of(room);
    const at = messages.findIndex((message) => message.id === id);
    const others = (messages[at]!.reactions ?? []).filter((one) => one.by !== by || one.type !== type);
    messages[at] = { ...messages[at]!, reactions: added ? [...others, { by, type }] : others };
  }

  /** Teams tells a bot of reactions to what it said itself; of others it tells nothing. */
  react(by: string, message: KeptMessage, type: string, added = true): Activity {
    const { room, id, thread, from } = message;
    if (from !== 'us') throw new Error('Teams tells a bot nothing of reactions to what people said');
    this.mark(by, message, type, added);
    const reactions = added ? { reactionsAdded: [{ type }] } : { reactionsRemoved: [{ type }] };
    return this.tell(room, by, { type: 'messageReaction', id: `f:${randomUUID()}`, replyToId: id, ...reactions }, thread);
  }

  join(by: string, room: string): Activity {
    return this.update(room, by, { membersAdded: [{ id: `29:${by}` }], channelData: { eventType: 'teamMemberAdded' } });
  }

  leave(by: string, room: string): Activity {
    this.conversations.of(room).members.delete(by);
    return this.update(room, by, { membersRemoved: [{ id: `29:${by}` }], channelData: { eventType: 'teamMemberRemoved' } });
  }

  /** The app itself is taken out of a chat. Of a team's channels Teams says nothing: it tells of the team. */
  putOut(by: string, room: string): Activity {
    return this.update(room, by, { membersRemoved: [{ id: `28:${this.appId}` }] });
  }

  rename(by: string, room: string, name: string): Activity {
    return this.update(room, by, { channelData: { eventType: 'channelRenamed', channel: { id: room, name } } });
  }

  archive(by: string, room: string): Activity {
    this.conversations.of(room).archived = true;
    return this.update(room, by, { channelData: { eventType: 'teamArchived' } });
  }

  unfamiliar(room: string, name: string): Activity {
    return this.tell(room, 'mia', { type: name, id: randomUUID() });
  }

  /** A press on a button of a card: `task/fetch` where the button asks for a dialog. */
  press(by: string, { room, id, thread }: KeptMessage, action: string): Activity {
    const button = buttonsOf(this.conversations.of(room).messages.find((message) => message.id === id)).find(
      ({ verb, data }) => verb === action || (data as Activity | undefined)?.action === action,
    );
    if (!button) throw new Error(`There is no button ${action} on message ${id}`);
    const what =
      button.type === 'Action.Execute'
        ? { name: 'adaptiveCard/action', value: { action: button, trigger: 'manual' } }
        : { name: 'task/fetch', value: { data: { ...(button.data as Activity), type: 'task/fetch' }, context: { theme: 'default' } } };
    return this.tell(room, by, { type: 'invoke', id: `f:${randomUUID()}`, replyToId: id, ...what }, thread);
  }

  /** The dialog's own data comes back, with what was typed beside it. */
  submit(by: string, room: string, data: Activity): Activity {
    return this.tell(room, by, {
      type: 'invoke',
      id: `f:${randomUUID()}`,
      name: 'task/submit',
      value: { data, context: { theme: 'default' } },
    });
  }

  /** What goes with an activity, when nothing is wrong with it or this is. */
  told(what: Activity, flaw?: Flaw | 'none at all'): Told {
    return flaw === 'none at all' ? { activity: what } : { activity: what, authorization: `Bearer ${this.signing.token(flaw)}` };
  }

  private update(room: string, by: string, what: Activity): Activity {
    return this.tell(room, by, { type: 'conversationUpdate', id: `f:${randomUUID()}`, ...what });
  }

  private tell(room: string, by: string, what: Activity, thread?: string): Activity {
    const setting = { appId: this.appId, tenant: this.tenant, serviceUrl: this.serviceUrl, at: this.now() };
    const conversation = this.conversations.of(room);
    if (!isLeaving(what)) conversation.members.add(by);
    return activity(setting, conversation, this.people.of(by), what, thread);
  }

  // What the bot does

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? '', this.url);
    const path = url.pathname.split('/').slice(1).map(decodeURIComponent);
    const bytes = Buffer.concat(chunks);
    const body = bytes.toString('utf8');
    const elsewhere = path[0] === 'teams' ? this.sendsElsewhere.connector : path[1] === 'oauth2' && this.sendsElsewhere.login;
    if (elsewhere) return reply(response, { status: 307, headers: { location: elsewhere } });
    const isSigned = request.headers.authorization !== undefined;
    if (path[0] === 'graph' && path[1] === 'download') return reply(response, this.graph.library.download(path[2] ?? '', isSigned));
    if (path[0] === 'graph') {
      const asked = this.graph.read(request.method ?? '', path.slice(1), url.searchParams, bytes);
      const isKnown = request.headers.authorization === `Bearer ${this.graphToken}`;
      const apply = (): Answer =>
        isKnown ? this.graph.serve(asked) : graphError(401, 'InvalidAuthenticationToken', 'Access token is empty.');
      return this.end(response, this.strikeGraph(asked), apply);
    }
    if (path[0] !== 'teams') return reply(response, this.aside(path, body));

    if (path[2] === 'attachments') {
      const may = request.headers.authorization === `Bearer ${this.token}`;
      return this.end(response, this.strike('file', ''), () => (may ? this.picture(path[3]) : failed(401, 'Unauthorized')));
    }
    const call = callOf(request.method ?? '', path.slice(3), url.searchParams, body);
    const isKnown = request.headers.authorization === `Bearer ${this.token}`;
    const apply = (): Answer => (isKnown ? this.apply(call) : failed(401, 'Unauthorized'));
    if (this.takesMs > 0) await new Promise((resolve) => setTimeout(resolve, this.takesMs));
    this.end(response, this.strike(call.op, call.room, call.thread), apply);
  }

  /** Done, unless it goes wrong: then it is done all the same, or not, or later, and the answer is another. */
  private end(response: ServerResponse, mishap: Mishap | undefined, apply: () => Answer): void {
    if (!mishap) return reply(response, apply());
    if (mishap.applied) apply();
    if (mishap.kind === 'late') this.late.push(apply);
    if (mishap.kind === 'answer') reply(response, mishap.answer);
    else if (mishap.kind === 'hang-up') response.socket?.resetAndDestroy();
  }

  /** What Teams took its time for. */
  applyLate(): void {
    for (const apply of this.late.splice(0)) apply();
  }

  /** The login and the keys. */
  private aside(path: readonly string[], body: string): Answer {
    if (path[0] === this.name && path[1] === 'openidconfiguration') {
      this.keysAsked += 1;
      if (!this.showsKeys) return { status: 503 };
      return { status: 200, body: { issuer: 'https://api.botframework.com', jwks_uri: `${this.url}/${this.name}/keys` } };
    }
    if (path[0] === this.name && path[1] === 'keys') return { status: 200, body: this.signing.keys() };
    if (path.join('/') !== `${this.tenant}/oauth2/v2.0/token`) return { status: 404 };
    const form = new URLSearchParams(body);
    const isRight = form.get('client_id') === this.appId && form.get('client_secret') === this.secret && this.accepts;
    if (!isRight)
      return { status: 401, body: { error: 'invalid_client', error_description: 'AADSTS7000215: Invalid client secret provided.' } };
    return {
      status: 200,
      body: {
        token_type: 'Bearer',
        expires_in: 3_599,
        access_token: form.get('scope')?.startsWith('https://graph') ? this.graphToken : this.token,
      },
    };
  }

  /** What somebody pasted. */
  private picture(id: string | undefined): Answer {
    const found = this.conversations.attached().find((one) => one.id === id);
    if (found?.kind !== 'picture' || this.withheld.has(found.id)) return failed(404, 'NotFound');
    return { status: 200, body: found.bytes, headers: { 'content-type': found.mime } };
  }

  /** Two messages are made of it, and the number of neither is told. */
  private split(room: string, { text, attachments }: Activity, thread: string | undefined): Answer {
    for (const half of [{ text }, { attachments }])
      this.conversations.keep(room, { from: 'us', activity: { type: 'message', ...half } }, thread);
    return { status: 201, body: {} };
  }

  /** A conversation with one person, who has to have the app. */
  private openWith(user: string | undefined): Answer {
    const name = user?.replace(/^29:/, '') ?? '';
    if (!this.people.knows(name)) return failed(400, 'BadSyntax');
    if (this.withoutApp.has(name)) return failed(403, 'BotNotInConversationRoster');
    return { status: 201, body: { id: this.conversations.personalOf(name).id } };
  }

  private apply({ op, room, thread, id, query, activity: what }: ConnectorCall): Answer {
    const conversation = this.conversations.find(room);
    if (op === 'members') return this.people.page(conversation, thread, query);
    if (op === 'member') return this.people.member(conversation, id ?? '');
    if (op === 'open') return this.openWith(id);
    const no = objection(conversation, op === 'delete' ? undefined : what);
    if (no) return no;
    const { messages, removed, kind } = conversation as Conversation;
    if (op === 'send') {
      if (isTwoInOne(what)) return this.split(room, what ?? {}, thread);
      const { id: taken } = this.conversations.keep(room, { from: 'us', activity: what ?? {} }, thread);
      if (kind === 'channel' && thread === undefined) return { status: 201, body: { id: `${room};messageid=${taken}`, activityId: taken } };
      return { status: 201, body: { id: taken } };
    }
    const at = messages.findIndex((message) => message.id === id);
    if (at < 0) return failed(404, 'ActivityNotFoundInConversation');
    if (messages[at]?.from !== 'us') return failed(403, 'NotEnoughPermissions');
    if (op === 'delete') removed.push(...messages.splice(at, 1).map((message) => ({ ...message, removedAt: this.now() })));
    else messages[at] = { ...messages[at]!, activity: what ?? {}, editedAt: this.now() };
    return op === 'delete' ? { status: 200 } : { status: 200, body: { id } };
  }
}

const isLeaving = ({ membersRemoved }: Activity): boolean => membersRemoved !== undefined;

/** Words beside a card. */
const isTwoInOne = ({ text, attachments }: Activity = {}): boolean =>
  typeof text === 'string' && Array.isArray(attachments) && attachments.length > 0;

interface ConnectorCall {
  readonly op: Op;
  readonly room: string;
  readonly thread?: string;
  readonly id?: string;
  readonly query: URLSearchParams;
  readonly activity?: Activity;
}

/** `conversations` alone begins a thread of a channel; `conversations/<id>/activities[/<id>]` is about one that is there. */
function callOf(method: string, [conversation, what, id]: string[], query: URLSearchParams, body: string): ConnectorCall {
  const op = what === 'members' ? 'member' : (OPS[method] ?? 'send');
  const said = body === '' ? {} : (JSON.parse(body) as Activity);
  if (conversation === undefined && said.isGroup === false) {
    const [member] = said.members as { id: string }[];
    return { op: 'open', room: '', query, ...(member && { id: member.id }) };
  }
  if (conversation === undefined) {
    const { channel } = said.channelData as { channel: { id: string } };
    return { op, room: channel.id, query, activity: said.activity as Activity };
  }
  const [room = '', thread] = conversation.split(';messageid=');
  return { op, room, ...(thread !== undefined && { thread }), ...(id !== undefined && { id }), query, activity: said };
}

function buttonsOf(message: KeptMessage | undefined): Activity[] {
  const attachments = (message?.activity?.attachments ?? []) as { content: { body: { actions?: Activity[] }[] } }[];
  return attachments.flatMap(({ content }) => content.body.flatMap(({ actions }) => actions ?? []));
}

function reply(response: ServerResponse, { status, headers, body }: Answer): void {
  const isJson = typeof body === 'object' && !(body instanceof Uint8Array);
  response.writeHead(status, { ...headers, ...(isJson && { 'content-type': 'application/json' }) });
  response.end(isJson ? JSON.stringify(body) : body);
}
