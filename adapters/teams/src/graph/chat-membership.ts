import { type Attempt, type Fault, type UserRef, done, refused } from '@musterhq/chat-port';
import type { ChatPeople, KnownPerson } from './chat-people.ts';
import type { Chats } from './chats.ts';

export interface Uninvited {
  readonly user: UserRef;
  readonly fault: Fault;
}

/** Who can be in one chat. */
export const MOST_IN_CHAT = 250;

/** Who is in a chat. It is looked at first: what is so already is not done, so all of it may be done again. */
export class ChatMembership {
  constructor(
    private readonly chats: Chats,
    private readonly people: ChatPeople,
  ) {}

  /** Brings in whoever is not in it. One who cannot be brought keeps nobody else out. */
  async invite(chat: string, users: readonly UserRef[], signal: AbortSignal): Promise<Attempt<Uninvited[]>> {
    const found = await this.people.of(users, signal);
    return found.outcome === 'done' ? this.bring(chat, found.value.known, found.value.unknown, signal) : found;
  }

  async bring(
    chat: string,
    known: readonly KnownPerson[],
    unknownToTeams: readonly UserRef[],
    signal: AbortSignal,
  ): Promise<Attempt<Uninvited[]>> {
    const uninvited: Uninvited[] = unknownToTeams.map((user) => ({ user, fault: UNKNOWN }));
    if (known.length === 0) return done(uninvited);
    const there = await this.chats.members(chat, signal);
    if (there.outcome !== 'done') return there;
    let many = there.value.length;
    for (const { user, ...member } of known) {
      if (there.value.some(({ person }) => person === member.person)) continue;
      if (many >= MOST_IN_CHAT) {
        uninvited.push({ user, fault: FULL });
        continue;
      }
      const added = await this.chats.add(chat, member, signal);
      if (added.outcome === 'done') many += 1;
      else if (isAboutThem(added)) uninvited.push({ user, fault: { ...added.fault, scope: 'message' } });
      else return added;
    }
    return done(uninvited);
  }

  /** Whoever is not in it is out. One whom nobody can name to Teams may be in it all the same, by a friend's hand, so that is said. */
  async remove(chat: string, users: readonly UserRef[], signal: AbortSignal): Promise<Attempt<true>> {
    const found = await this.people.of(users, signal);
    if (found.outcome !== 'done') return found;
    const there = await this.chats.members(chat, signal);
    if (there.outcome !== 'done') return there;
    for (const member of there.value) {
      if (!found.value.known.some(({ person }) => person === member.person)) continue;
      const removed = await this.chats.remove(chat, member, signal);
      if (removed.outcome !== 'done') return removed;
    }
    const [nameless] = found.value.unknown;
    return nameless === undefined ? done(true) : refused(UNKNOWN);
  }
}

const isAboutThem = (ended: Attempt<unknown>): ended is Extract<Attempt<never>, { outcome: 'refused' }> =>
  ended.outcome === 'refused' && (ended.fault.code === 'invalid' || ended.fault.code === 'not-found');

const UNKNOWN: Fault = {
  code: 'not-found',
  scope: 'message',
  detail: 'Teams does not tell Muster who they are: they are not in the team that was chosen for incidents, and have not spoken to Muster.',
};

const FULL: Fault = { code: 'closed', scope: 'message', detail: `Teams has no more than ${MOST_IN_CHAT} people in one chat.` };
