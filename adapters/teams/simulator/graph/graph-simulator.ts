import type { Answer } from '../connector-rules.ts';
import { type Attached, hostedId } from '../attached.ts';
import type { Conversations, KeptMessage } from '../conversations.ts';
import type { Directory } from '../roster.ts';
import { type Asked, graphError, list, notFound } from './asked.ts';
import { Chats } from './chats.ts';
import { type Listing, delta, newestFirst } from './message-lists.ts';
import { Library } from './library.ts';
import { chatMessage } from './message-shape.ts';
import { Team } from './team.ts';

/** `room`: something is made or changed. `look`: it is asked how it is. */
export type GraphOp = 'room' | 'look' | 'history' | 'file';

export interface GraphRequest extends Asked {
  readonly op: GraphOp;
  /** The channel or chat that it is about, and the thread. */
  readonly room?: string;
  readonly thread?: string;
}

interface About {
  readonly appId: string;
  /** In front of the version. */
  readonly url: () => string;
}

/** All that this pretend Graph ever asks for. Taken out of `granted`, it was not consented to. */
const PERMISSIONS = [
  'AppCatalog.Read.All',
  'Chat.Create',
  'TeamsAppInstallation.ReadWriteAndConsentSelfForChat.All',
  'Channel.Create.Group',
  'ChannelSettings.ReadWrite.Group',
  'ChannelSettings.ReadWrite.All',
  'ChannelMessage.Read.Group',
  'Files.ReadWrite.All',
];

/**
 * Graph as an app without a person sees it: one team and its channels, group chats, and what was said in them. Written from Microsoft's
 * documentation. It knows the conversations of the pretend Teams, and what is made here can be spoken in there.
 */
export class GraphSimulator {
  readonly granted = new Set(PERMISSIONS);
  readonly team: Team;
  readonly library: Library;
  readonly chats: Chats;
  /** No page has more messages, however many are asked for. */
  mostPerPage = Infinity;
  /** What was said later than this ago is in no list yet. */
  lagMs = 0;

  constructor(
    private readonly conversations: Conversations,
    people: Directory,
    private readonly about: About,
    private readonly now: () => number,
  ) {
    this.team = new Team(conversations, now);
    this.library = new Library(about.url);
    this.chats = new Chats(conversations, people, about, now);
  }

  /** What a request is, by its path; whether it is let through is for others to say. */
  read(method: string, path: readonly string[], query: URLSearchParams, bytes: Uint8Array): GraphRequest {
    if (isAboutFiles(path)) return { method, path, query, body: {}, bytes, op: 'file' };
    const [room, what, thread] = path[1] === 'chats' ? path.slice(2) : path.slice(4);
    const isAboutMessages = what === 'messages';
    const op: GraphOp = isAboutMessages ? 'history' : method === 'GET' ? 'look' : 'room';
    const body = bytes.length === 0 ? {} : (JSON.parse(Buffer.from(bytes).toString('utf8')) as Asked['body']);
    const asked = { method, path, query, body, bytes };
    return { ...asked, op, ...(room !== undefined && { room }), ...(isAboutMessages && thread !== 'delta' && thread && { thread }) };
  }

  serve(asked: GraphRequest): Answer {
    const lacking = neededFor(asked).find((permission) => !this.granted.has(permission));
    if (lacking !== undefined) return forbidden(lacking);
    const [version, what, id, ...rest] = asked.path;
    if (version !== 'v1.0') return graphError(400, 'BadRequest', 'Invalid version');
    if (what === 'drives') return this.library.serve(asked.method, asked.path.slice(2), asked.bytes);
    if (what === 'shares') return this.library.shared(id ?? '');
    if (what === 'appCatalogs') return this.chats.catalogue(asked);
    if (what === 'chats') return this.ofChats(asked);
    if (what !== 'teams' || id !== this.team.id) return notFound('team');
    if (rest.length === 0) return { status: 200, body: { id: this.team.id, displayName: 'Operations' } };
    if (rest[2] === 'filesFolder') return this.team.find(rest[1]) ? this.library.folder(rest[1] ?? '') : notFound('channel');
    return rest[2] === 'messages' ? this.messages(asked, rest) : this.team.serve({ ...asked, path: rest });
  }

  /** As Teams puts it into the channel's folder. */
  shelve(channel: string, attached: readonly Attached[]): void {
    for (const one of attached) if (one.kind === 'file') this.library.add(channel, one.name, one.bytes);
  }

  /** What is asked of a chat that was made, the chat gives or does not. */
  private ofChats(asked: GraphRequest): Answer {
    const [id, what, message] = asked.path.slice(2);
    const lacking = neededIn(asked);
    const chat = this.chats.find(id);
    if (chat && lacking !== undefined && !chat.gave?.has(lacking)) return forbidden(lacking);
    if (what !== 'messages') return this.chats.serve({ ...asked, path: asked.path.slice(2) });
    const conversation = chat && this.conversations.find(chat.id);
    if (!conversation) return notFound('chat');
    const listing = this.listing(asked, { folderUrl: '' });
    if (message === undefined) return newestFirst(conversation, undefined, listing);
    const one = [...conversation.messages, ...conversation.removed].find((kept) => kept.id === message);
    return one ? { status: 200, body: chatMessage(one, listing.whose) } : notFound('message');
  }

  private listing(asked: GraphRequest, of: { readonly teamId?: string; readonly folderUrl: string }): Listing {
    const whose = { appId: this.about.appId, url: this.about.url(), ...of };
    return { whose, asked, url: this.about.url(), now: this.now(), lagMs: this.lagMs, most: this.mostPerPage };
  }

  private messages(asked: GraphRequest, rest: readonly string[]): Answer {
    const hosted = rest.indexOf('hostedContents');
    const [, channelId = '', , thread, replies, replyId] = hosted < 0 ? rest : rest.slice(0, hosted);
    const conversation = this.team.find(channelId) && this.conversations.find(channelId);
    if (!conversation) return notFound('channel');
    const listing = this.listing(asked, { teamId: this.team.id, folderUrl: this.library.folderUrl(channelId) });
    if (thread === 'delta') return delta(conversation, listing);
    const all = [...conversation.messages, ...conversation.removed];
    const root = all.find(({ id }) => id === thread);
    const one = replyId === undefined ? root : all.find(({ id }) => id === replyId);
    if (!root || !one) return notFound('message');
    if (hosted >= 0) return hostedIn(one, rest.slice(hosted + 1));
    return replies === 'replies' && replyId === undefined
      ? newestFirst(conversation, thread, listing)
      : { status: 200, body: chatMessage(one, listing.whose) };
  }
}

/** Pictures of a message: which there are, and one of them. */
function hostedIn({ attached = [] }: KeptMessage, [id, value]: readonly string[]): Answer {
  const pictures = attached.flatMap((one) => (one.kind === 'picture' ? [one] : []));
  if (id === undefined) return list(pictures.map((one) => ({ id: hostedId(one.id), contentBytes: null, contentType: null })));
  const found = pictures.find((one) => hostedId(one.id) === id);
  return found && value === '$value'
    ? { status: 200, body: found.bytes, headers: { 'content-type': found.mime } }
    : notFound('hosted content');
}

const isAboutFiles = (path: readonly string[]): boolean =>
  path[1] === 'drives' || path[1] === 'shares' || path[5] === 'filesFolder' || path.includes('hostedContents');

const forbidden = (lacking: string): Answer =>
  graphError(403, 'Forbidden', `Missing role permissions on the request. API requires one of '${lacking}'.`);

/** By the chat itself. */
function neededIn({ method, path }: Asked): string | undefined {
  const [, , id, what] = path;
  if (id === undefined || what === 'installedApps') return undefined;
  if (what === 'messages') return 'ChatMessage.Read.Chat';
  return method === 'PATCH' ? 'ChatSettings.ReadWrite.Chat' : 'Chat.Manage.Chat';
}

/** By the organisation, or by the team. */
function neededFor({ method, path }: Asked): string[] {
  if (path[1] === 'appCatalogs') return ['AppCatalog.Read.All'];
  if (path[1] === 'chats' && path[2] === undefined) return ['Chat.Create'];
  if (path[1] === 'chats') return path[3] === 'installedApps' ? ['TeamsAppInstallation.ReadWriteAndConsentSelfForChat.All'] : [];
  if (path[1] === 'drives' || path[1] === 'shares' || path[5] === 'filesFolder') return ['Files.ReadWrite.All'];
  const [, , , what, , verb] = path;
  if (verb === 'messages') return ['ChannelMessage.Read.Group'];
  if (verb === 'archive' || verb === 'unarchive') return ['ChannelSettings.ReadWrite.All'];
  if (what !== 'channels') return [];
  return [method === 'POST' ? 'Channel.Create.Group' : 'ChannelSettings.ReadWrite.Group'];
}
