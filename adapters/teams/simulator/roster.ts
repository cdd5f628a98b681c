import { aadIdOf } from './activities.ts';
import { type Answer, failed } from './connector-rules.ts';
import type { Conversation } from './conversations.ts';

/** Somebody of the organisation, as the Bot Connector tells of them. */
export interface Member {
  readonly id: string;
  readonly name: string;
  readonly objectId: string;
  readonly email: string;
  readonly userPrincipalName: string;
  readonly tenantId: string;
  readonly userRole: 'user' | 'guest' | 'anonymous';
}

/** Fewer are not given, nor more. */
const [LEAST, MOST] = [50, 500];

/** People, by the names they have in this pretend Teams, and how a bot asks who is in a conversation. */
export class Directory {
  private readonly known = new Map<string, Member>();

  constructor(private readonly tenant: string) {}

  /** Made when first heard of. */
  of(name: string): Member {
    return this.known.get(name) ?? this.introduce(name, {});
  }

  knows(name: string): boolean {
    return this.known.has(name);
  }

  /** By the directory's id. */
  byObject(id: string): Member | undefined {
    return [...this.known.values()].find(({ objectId }) => objectId === id);
  }

  introduce(name: string, o: Partial<Member>): Member {
    const address = `${name}@contoso.example`;
    const member: Member = {
      id: `29:${name}`,
      name,
      objectId: aadIdOf(name),
      email: address,
      userPrincipalName: address,
      tenantId: this.tenant,
      userRole: 'user',
      ...o,
    };
    this.known.set(name, member);
    return member;
  }

  /** `members/<id>`: one of those who are in it, by the bot's id of them or the directory's. */
  member(conversation: Conversation | undefined, id: string): Answer {
    if (!conversation || conversation.isWithoutApp) return failed(404, 'ConversationNotFound');
    const member = this.in(conversation).find((one) => one.id === id || one.objectId === id);
    return member ? { status: 200, body: member } : failed(404, 'MemberNotFoundInConversation');
  }

  /** `pagedmembers`: of a channel page after page, of a chat all at once. */
  page(conversation: Conversation | undefined, thread: string | undefined, query: URLSearchParams): Answer {
    const isThere = conversation && (thread === undefined || conversation.messages.some(({ id }) => id === thread));
    if (!isThere) return failed(404, 'ConversationNotFound');
    const all = this.in(conversation);
    if (conversation.kind !== 'channel') return { status: 200, body: { members: all } };
    const size = Math.min(Math.max(Number(query.get('pageSize') ?? 200), LEAST), MOST);
    const from = Number(query.get('continuationToken') ?? 0);
    const rest = from + size < all.length ? { continuationToken: String(from + size) } : {};
    return { status: 200, body: { members: all.slice(from, from + size), ...rest } };
  }

  private in = ({ members }: Conversation): Member[] => [...members].map((name) => this.of(name));
}
