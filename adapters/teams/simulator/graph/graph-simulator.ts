import type { Answer } from '../connector-rules.ts';
import type { Conversations } from '../conversations.ts';
import { type Asked, graphError, notFound } from './asked.ts';
import { type Listing, delta, newestFirst } from './message-lists.ts';
import { chatMessage } from './message-shape.ts';
import { Team } from './team.ts';

/** `room`: something is made or changed. `look`: it is asked how it is. */
export type GraphOp = 'room' | 'look' | 'history';

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
  'Channel.Create.Group',
  'ChannelSettings.ReadWrite.Group',
  'ChannelSettings.ReadWrite.All',
  'ChannelMessage.Read.Group',
];

/**
 * Graph as an app without a person sees it: one team, its channels, and what was said in them. Written from Microsoft's
 * documentation. It knows the conversations of the pretend Teams, and what is made here can be spoken in there.
 */
export class GraphSimulator {
  readonly granted = new Set(PERMISSIONS);
  readonly team: Team;
  /** No page has more messages, however many are asked for. */
  mostPerPage = Infinity;
  /** What was said later than this ago is in no list yet. */
  lagMs = 0;

  constructor(
    private readonly conversations: Conversations,
    private readonly about: About,
    private readonly now: () => number,
  ) {
    this.team = new Team(conversations, now);
  }

  /** What a request is, by its path; whether it is let through is for others to say. */
  read(method: string, path: readonly string[], query: URLSearchParams, body: string): GraphRequest {
    const [, , , , room, what, thread] = path;
    const isAboutMessages = what === 'messages';
    const op: GraphOp = isAboutMessages ? 'history' : method === 'GET' ? 'look' : 'room';
    const asked = { method, path, query, body: body === '' ? {} : (JSON.parse(body) as Asked['body']) };
    return { ...asked, op, ...(room !== undefined && { room }), ...(isAboutMessages && thread !== 'delta' && thread && { thread }) };
  }

  serve(asked: GraphRequest): Answer {
    const lacking = neededFor(asked).find((permission) => !this.granted.has(permission));
    if (lacking !== undefined)
      return graphError(403, 'Forbidden', `Missing role permissions on the request. API requires one of '${lacking}'.`);
    const [version, teams, team, ...rest] = asked.path;
    if (version !== 'v1.0') return graphError(400, 'BadRequest', 'Invalid version');
    if (teams !== 'teams' || team !== this.team.id) return notFound('team');
    if (rest.length === 0) return { status: 200, body: { id: this.team.id, displayName: 'Operations' } };
    return rest[2] === 'messages' ? this.messages(asked, rest) : this.team.serve({ ...asked, path: rest });
  }

  private messages(asked: GraphRequest, [, channelId = '', , thread, replies, replyId]: readonly string[]): Answer {
    const conversation = this.team.find(channelId) && this.conversations.find(channelId);
    if (!conversation) return notFound('channel');
    const whose = { appId: this.about.appId, teamId: this.team.id };
    const listing: Listing = { whose, asked, url: this.about.url(), now: this.now(), lagMs: this.lagMs, most: this.mostPerPage };
    if (thread === 'delta') return delta(conversation, listing);
    const all = [...conversation.messages, ...conversation.removed];
    const root = all.find(({ id }) => id === thread);
    const one = replyId === undefined ? root : all.find(({ id }) => id === replyId);
    if (!root || !one) return notFound('message');
    return replies === 'replies' && replyId === undefined
      ? newestFirst(conversation, thread, listing)
      : { status: 200, body: chatMessage(one, whose) };
  }
}

function neededFor({ method, path }: Asked): string[] {
  const [, , , what, , verb] = path;
  if (verb === 'messages') return ['ChannelMessage.Read.Group'];
  if (verb === 'archive' || verb === 'unarchive') return ['ChannelSettings.ReadWrite.All'];
  if (what !== 'channels') return [];
  return [method === 'POST' ? 'Channel.Create.Group' : 'ChannelSettings.ReadWrite.Group'];
}
