import { type Attempt, type UserRef, done } from '@musterhq/chat-port';
import { type Wire, stringOf } from '#libs/wire/wire';
import type { Roster } from '../outbound/roster.ts';
import type { NewMember } from './chats.ts';
import type { Directory } from './directory.ts';

export interface KnownPerson extends NewMember {
  readonly user: UserRef;
}

export interface ChatPeopleFound {
  readonly known: readonly KnownPerson[];
  /** Whom nobody can name to Graph. */
  readonly unknown: readonly UserRef[];
}

/** Whoever is to be in a chat, as Graph names them: those of the team are looked up there, others are known from when they spoke. */
export class ChatPeople {
  constructor(
    private readonly channel: string,
    private readonly roster: Pick<Roster, 'find'>,
    private readonly directory: Pick<Directory, 'idOf'>,
  ) {}

  async of(users: readonly UserRef[], signal: AbortSignal): Promise<Attempt<ChatPeopleFound>> {
    if (users.length === 0) return done({ known: [], unknown: [] });
    const named = new Set(users.map(({ user }) => user));
    const isNamed = (member: Wire): boolean => [member.id, idIn(member)].some((id) => named.has(stringOf(id) ?? ''));
    const team = await this.roster.find(this.channel, isNamed, signal);
    if (team.outcome !== 'done') return team;
    const known: KnownPerson[] = [];
    const unknown: UserRef[] = [];
    for (const user of users) {
      const member = team.value.find((one) => one.id === user.user || idIn(one) === user.user);
      const person = (member && idIn(member)) ?? (await this.directory.idOf(user.user));
      if (person === undefined) unknown.push(user);
      else if (!known.some((one) => one.person === person)) known.push({ user, person, isGuest: member !== undefined && isGuest(member) });
    }
    return done({ known, unknown });
  }
}

/** Both names are in use. */
const idIn = ({ objectId, aadObjectId }: Wire): string | undefined => stringOf(aadObjectId) ?? stringOf(objectId);

const isGuest = ({ userRole, userPrincipalName }: Wire): boolean =>
  userRole === 'guest' || (stringOf(userPrincipalName)?.toUpperCase().includes('#EXT#') ?? false);
