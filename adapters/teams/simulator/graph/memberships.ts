import type { Answer } from '../connector-rules.ts';
import type { Conversation } from '../conversations.ts';
import type { Directory } from '../roster.ts';
import { type Asked, graphError, list, notFound } from './asked.ts';

/** As an app writes somebody who is to be in a chat. */
export interface Membership {
  readonly '@odata.type'?: string;
  readonly 'user@odata.bind'?: string;
  readonly roles?: readonly string[];
}

const MOST = 250;
const PAGE = 100;

/** Who is in a group chat, by ids that they have there alone. */
export class Memberships {
  constructor(private readonly people: Directory) {}

  serve(conversation: Conversation, method: string, id: string | undefined, body: Asked['body']): Answer {
    const { members } = conversation;
    if (method === 'GET') return list([...members].slice(0, PAGE).map((name) => this.shape(conversation, name)));
    if (method === 'DELETE') {
      const gone = [...members].find((name) => membershipOf(conversation, name) === id);
      if (gone === undefined) return notFound('member');
      members.delete(gone);
      return { status: 204 };
    }
    const name = this.nameOf(body as Membership);
    if (typeof name !== 'string') return name;
    if (members.has(name)) return graphError(409, 'Conflict', 'The user is already a member of the chat.');
    if (members.size >= MOST) return graphError(403, 'Forbidden', 'The chat is full.');
    members.add(name);
    return { status: 201, headers: { location: `/chats/${conversation.id}/members/${membershipOf(conversation, name)}` } };
  }

  /** By the directory; or why nobody can be in a chat like this. */
  nameOf({ '@odata.type': type, 'user@odata.bind': bound, roles }: Membership): string | Answer {
    const person = /\/users(?:\('([^']+)'\)|\/([^/]+))$/.exec(bound ?? '');
    const member = this.people.byObject(person?.[1] ?? person?.[2] ?? '');
    if (type !== '#microsoft.graph.aadUserConversationMember') return graphError(400, 'BadRequest', 'Invalid OData type specified.');
    if (!member) return graphError(404, 'NotFound', 'The user is not in the directory.');
    const needed = member.userRole === 'guest' ? 'guest' : 'owner';
    if (roles?.length !== 1 || roles[0] !== needed) return graphError(400, 'BadRequest', `The role of this user has to be ${needed}.`);
    return member.name;
  }

  private shape(conversation: Conversation, name: string): object {
    const { objectId, email, userRole } = this.people.of(name);
    return {
      '@odata.type': '#microsoft.graph.aadUserConversationMember',
      id: membershipOf(conversation, name),
      roles: [userRole === 'guest' ? 'guest' : 'owner'],
      displayName: name,
      userId: objectId,
      email,
    };
  }
}

const membershipOf = ({ id }: Conversation, name: string): string => Buffer.from(`${id}##${name}`).toString('base64url');
