import { type Attempt, done } from '@musterhq/chat-port';
import { type Wire, stringOf, textOf, wiresOf } from '#libs/wire/wire';
import type { CataloguedApp } from './catalogue.ts';
import type { Graph, GraphAnswer } from './graph.ts';

export interface Chat {
  readonly id: string;
  readonly name: string;
  readonly link?: string;
}

/** Somebody by the directory's id, in a chat by an id that they have there alone. */
export interface ChatMember {
  readonly membership: string;
  readonly person: string;
}

export interface NewMember {
  /** The directory's id. */
  readonly person: string;
  readonly isGuest: boolean;
}

/** By the organisation, to the app. */
export const MAKES_CHATS = 'Chat.Create';
export const ADDS_ITSELF = 'TeamsAppInstallation.ReadWriteAndConsentSelfForChat.All';
/** By each chat, as the app is added to it. */
export const MANAGES_CHAT = 'Chat.Manage.Chat';
export const NAMES_CHAT = 'ChatSettings.ReadWrite.Chat';

const PAGES = 10;
/** "All that was said", as Graph writes it. */
const FROM_THE_BEGINNING = '0001-01-01T00:00:00Z';

/** Group chats, one call to Graph each but for the list of those who are in one. */
export class Chats {
  constructor(
    private readonly graph: Graph,
    private readonly graphUrl: string,
  ) {}

  /** The app is not in it yet: nobody speaks there for us before `install`. */
  make(topic: string, members: readonly NewMember[], signal: AbortSignal): Promise<Attempt<Chat>> {
    const body = { chatType: 'group', topic, members: members.map((member) => this.conversationMember(member)) };
    return this.graph.call({ method: 'POST', path: ['chats'], body, needs: MAKES_CHATS }, (answer) => madeIn(answer, topic), signal);
  }

  /** The chat gives the app what it asks for. It is there already where it is a conflict. */
  async install(chat: string, { id, asks }: CataloguedApp, signal: AbortSignal): Promise<Attempt<true>> {
    const body = {
      'teamsApp@odata.bind': `${this.graphUrl}/v1.0/appCatalogs/teamsApps/${id}`,
      consentedPermissionSet: {
        resourceSpecificPermissions: asks.map((permissionValue) => ({ permissionValue, permissionType: 'Application' })),
      },
    };
    const path = ['chats', chat, 'installedApps'];
    return unlessSo(await this.graph.call({ method: 'POST', path, body, needs: ADDS_ITSELF }, () => true as const, signal), 'conflict');
  }

  async find(chat: string, signal: AbortSignal): Promise<Attempt<Chat | null>> {
    const seen = await this.graph.call({ method: 'GET', path: ['chats', chat], needs: MANAGES_CHAT }, chatOf, signal);
    return seen.outcome === 'refused' && seen.fault.code === 'not-found' ? done(null) : seen;
  }

  rename(chat: string, topic: string, signal: AbortSignal): Promise<Attempt<true>> {
    return this.graph.call({ method: 'PATCH', path: ['chats', chat], body: { topic }, needs: NAMES_CHAT }, () => true as const, signal);
  }

  async members(chat: string, signal: AbortSignal): Promise<Attempt<ChatMember[]>> {
    const members: ChatMember[] = [];
    const read = ({ body }: GraphAnswer): Wire | undefined => (Array.isArray(body.value) ? body : undefined);
    let page = await this.graph.call({ method: 'GET', path: ['chats', chat, 'members'], needs: MANAGES_CHAT }, read, signal);
    for (let n = 1; ; n += 1) {
      if (page.outcome !== 'done') return page;
      members.push(...wiresOf(page.value.value).map(({ id, userId }) => ({ membership: textOf(id), person: textOf(userId) })));
      const next = stringOf(page.value['@odata.nextLink']);
      if (next === undefined || n === PAGES) return done(members);
      page = await this.graph.follow(next, MANAGES_CHAT, read, signal);
    }
  }

  /** They see all that was said there. Whoever is in it already is a conflict. */
  async add(chat: string, member: NewMember, signal: AbortSignal): Promise<Attempt<true>> {
    const body = { ...this.conversationMember(member), visibleHistoryStartDateTime: FROM_THE_BEGINNING };
    const path = ['chats', chat, 'members'];
    return unlessSo(await this.graph.call({ method: 'POST', path, body, needs: MANAGES_CHAT }, () => true as const, signal), 'conflict');
  }

  async remove(chat: string, { membership }: ChatMember, signal: AbortSignal): Promise<Attempt<true>> {
    const path = ['chats', chat, 'members', membership];
    return unlessSo(await this.graph.call({ method: 'DELETE', path, needs: MANAGES_CHAT }, () => true as const, signal), 'not-found');
  }

  private conversationMember({ person, isGuest }: NewMember): object {
    return {
      '@odata.type': '#microsoft.graph.aadUserConversationMember',
      roles: [isGuest ? 'guest' : 'owner'],
      'user@odata.bind': `${this.graphUrl}/v1.0/users('${person}')`,
    };
  }
}

const unlessSo = (ended: Attempt<true>, code: 'conflict' | 'not-found'): Attempt<true> =>
  ended.outcome === 'refused' && ended.fault.code === code ? done(true) : ended;

/** Accepted is made too: where its operation is asked about names the chat. */
function madeIn(answer: GraphAnswer, name: string): Chat | undefined {
  const { id } = /\/?chats\('(?<id>[^']+)'\)/.exec(decodeURIComponent(answer.location ?? ''))?.groups ?? {};
  return chatOf(answer) ?? (id === undefined ? undefined : { id, name });
}

function chatOf({ body }: GraphAnswer): Chat | undefined {
  const [id, link] = [stringOf(body.id), stringOf(body.webUrl)];
  return id === undefined ? undefined : { id, name: textOf(body.topic), ...(link !== undefined && { link }) };
}
