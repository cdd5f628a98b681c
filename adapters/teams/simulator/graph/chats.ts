import { randomUUID } from 'node:crypto';
import type { Answer } from '../connector-rules.ts';
import type { Conversation, Conversations } from '../conversations.ts';
import type { Directory } from '../roster.ts';
import { type Asked, accepted, graphError, list, notFound } from './asked.ts';
import { type Membership, Memberships } from './memberships.ts';

export interface GroupChat {
  readonly id: string;
  topic: string;
  readonly madeAt: number;
  /** What the chat gave the app when that was added to it; null before. */
  gave: ReadonlySet<string> | null;
}

const TITLE_CHARS = 250;
const MOST_AT_ONCE = 200;

/**
 * Group chats as an app without a person sees them by Graph, and the catalogue of the organisation's apps. An app that made a chat is not
 * in it before it adds itself; only then it can speak there, and do what the chat gave it. Which chats there are it cannot ask.
 */
export class Chats {
  readonly all: GroupChat[] = [];
  /** The catalogue's own id of our app. */
  readonly appInCatalogue = randomUUID();
  /** What the app that was uploaded asks of chats. Without any, none was uploaded. */
  asks: readonly string[] | null = ['ChatMessage.Read.Chat', 'ChatSettings.ReadWrite.Chat', 'Chat.Manage.Chat'];
  /** A chat that was made later than this ago is not there yet for whoever asks about it. */
  lagMs = 0;
  /** Making one is answered with "accepted", and where to ask. */
  acceptsOnly = false;
  /** The last of those who were to be in it is not, and nobody is told: seen in the wild. */
  losesOne = false;
  /** No chat is made of fewer. */
  fewest = 1;
  private readonly memberships: Memberships;

  constructor(
    private readonly conversations: Conversations,
    people: Directory,
    private readonly about: { readonly appId: string; readonly url: () => string },
    private readonly now: () => number,
  ) {
    this.memberships = new Memberships(people);
  }

  /** As people make one, and add the app to it. */
  add(topic: string): GroupChat {
    const chat: GroupChat = {
      id: this.conversations.add('chat', 'groupChat').id,
      topic,
      madeAt: this.now(),
      gave: new Set(this.asks ?? []),
    };
    this.all.push(chat);
    return chat;
  }

  called(topic: string): GroupChat[] {
    return this.all.filter((chat) => chat.topic.includes(topic));
  }

  find(id: string | undefined): GroupChat | undefined {
    return this.all.find((chat) => chat.id === id && chat.madeAt <= this.now() - this.lagMs);
  }

  /** `/appCatalogs/teamsApps`. */
  catalogue({ query }: Asked): Answer {
    const isOurs = query.get('$filter') === `externalId eq '${this.about.appId}'` && this.asks !== null;
    const asked = [...(this.asks ?? []), 'ChannelMessage.Read.Group'];
    const authorization = {
      requiredPermissionSet: {
        resourceSpecificPermissions: asked.map((permissionValue) => ({ permissionValue, permissionType: 'application' })),
      },
    };
    const definitions =
      query.get('$expand') === 'appDefinitions' ? { appDefinitions: [{ publishingState: 'published', authorization }] } : {};
    const ours = { id: this.appInCatalogue, externalId: this.about.appId, distributionMethod: 'organization', ...definitions };
    return list(isOurs ? [ours] : []);
  }

  /** What is asked of `/chats…`, without messages. */
  serve({ method, path, body }: Asked): Answer {
    const [id, what, which] = path;
    if (id === undefined)
      return method === 'POST' ? this.make(body) : graphError(412, 'PreconditionFailed', 'Not in application-only context.');
    const chat = this.find(id);
    if (!chat) return notFound('chat');
    const conversation = this.conversations.of(id);
    if (what === 'installedApps') return this.install(chat, conversation, body);
    if (what === 'members') return this.memberships.serve(conversation, method, which, body);
    if (method !== 'PATCH') return { status: 200, body: shape(chat) };
    const no = objection(body.topic);
    if (no) return no;
    chat.topic = String(body.topic);
    return { status: 200, body: shape(chat) };
  }

  private make({ chatType, topic, members }: Asked['body']): Answer {
    const wanted = Array.isArray(members) ? (members as Membership[]) : [];
    const no = chatType === 'group' ? objection(topic) : graphError(400, 'BadRequest', 'This pretend Graph makes group chats only.');
    if (no) return no;
    if (wanted.length < this.fewest || wanted.length > MOST_AT_ONCE)
      return graphError(400, 'BadRequest', `A chat cannot be made of ${wanted.length} members.`);
    const named = wanted.map((one) => this.memberships.nameOf(one));
    const stranger = named.find((one) => typeof one !== 'string');
    if (stranger !== undefined) return stranger as Answer;
    const conversation = this.conversations.add('made', 'groupChat');
    conversation.isWithoutApp = true;
    for (const name of this.losesOne ? named.slice(0, -1) : named) conversation.members.add(name as string);
    const chat: GroupChat = { id: conversation.id, topic: String(topic), madeAt: this.now(), gave: null };
    this.all.push(chat);
    return this.acceptsOnly ? accepted(`/chats('${chat.id}')/operations('${randomUUID()}')`) : { status: 201, body: shape(chat) };
  }

  private install(chat: GroupChat, conversation: Conversation, body: Asked['body']): Answer {
    const { resourceSpecificPermissions: given = [] } = (body.consentedPermissionSet ?? {}) as {
      resourceSpecificPermissions?: { permissionValue: string }[];
    };
    const permissions = given.map(({ permissionValue }) => permissionValue);
    if (body['teamsApp@odata.bind'] !== `${this.about.url()}/v1.0/appCatalogs/teamsApps/${this.appInCatalogue}`) return notFound('app');
    if (chat.gave) return graphError(409, 'Conflict', 'The app is already installed in the chat.');
    if ([...permissions].sort().join() !== [...(this.asks ?? [])].sort().join())
      return graphError(400, 'BadRequest', 'The permissions that were consented to are not those that the app requires.');
    chat.gave = new Set(permissions);
    conversation.isWithoutApp = false;
    return { status: 201 };
  }
}

function objection(topic: unknown): Answer | undefined {
  const isTitle = typeof topic === 'string' && topic.length <= TITLE_CHARS && !topic.includes(':');
  return isTitle ? undefined : graphError(400, 'BadRequest', 'The topic is too long, or has a colon.');
}

const shape = ({ id, topic }: GroupChat): object => ({
  id,
  topic,
  chatType: 'group',
  webUrl: `https://teams.microsoft.com/l/chat/${encodeURIComponent(id)}/0`,
});
