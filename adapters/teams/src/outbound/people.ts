import { type Attempt, type Fault, type People, type Profile, type UserRef, type RoomRef, done, refused } from '@musterhq/chat-port';
import { type Wire, stringOf, textOf } from '#libs/wire/wire';
import type { Us } from '../inbound/us.ts';
import type { Whereabouts } from '../whereabouts.ts';
import type { Connector } from './connector.ts';
import type { Roster } from './roster.ts';

/**
 * Looks people up among those who are in a conversation with the bot: without Graph there is no other list. By mail or handle, which
 * here is the name that they sign in with, only those of the team whose channel was chosen are found.
 */
export class TeamsPeople implements People {
  constructor(
    private readonly us: Us,
    private readonly connector: Connector,
    private readonly roster: Roster,
    private readonly whereabouts: Pick<Whereabouts, 'of'>,
  ) {}

  readonly find: People['find'] = async (by, tenant, signal) => {
    const found =
      'id' in by ? await this.byId(by.id, signal) : await this.among('email' in by ? hasMail(by.email) : hasHandle(by.handle), signal);
    return found.outcome === 'done' ? done(found.value.map((member) => this.profile(member, tenant))) : found;
  };

  /** The personal conversation of this person with the bot; asked for again it is the same. Nobody sees anything of it. */
  readonly direct = async ({ adapter, tenant, user }: UserRef, signal: AbortSignal): Promise<Attempt<RoomRef>> => {
    const body = {
      isGroup: false,
      bot: { id: `28:${this.us.appId}` },
      members: [{ id: user }],
      tenantId: tenant,
      channelData: { tenant: { id: tenant } },
    };
    const opened = await this.connector.call({ method: 'POST', path: [], body }, ({ id }) => stringOf(id), signal);
    if (opened.outcome === 'done') return done({ adapter, tenant, room: opened.value });
    return opened.outcome === 'refused' && NOT_TO_THEM.has(opened.fault.native ?? '')
      ? refused({ ...NOBODY, ...nativeOf(opened.fault) })
      : opened;
  };

  private async byId(user: string, signal: AbortSignal): Promise<Attempt<Wire[]>> {
    const met = await this.whereabouts.of(user);
    for (const conversation of new Set([met, this.us.channel])) {
      if (conversation === null || conversation === undefined) continue;
      const member = await this.roster.member(conversation, user, signal);
      if (member.outcome !== 'done') return member;
      if (member.value) return done([{ ...member.value, id: user }]);
    }
    return done([]);
  }

  private among(fits: (member: Wire) => boolean, signal: AbortSignal): Promise<Attempt<Wire[]>> {
    const { channel } = this.us;
    return channel === undefined ? Promise.resolve(done([])) : this.roster.find(channel, fits, signal);
  }

  private profile(member: Wire, tenant: string): Profile {
    const [user, handle] = [textOf(member.id), stringOf(member.userPrincipalName)];
    const address = stringOf(member.email) ?? handle;
    return {
      ref: { adapter: this.us.adapter, tenant, user },
      name: textOf(member.name) || [member.givenName, member.surname].map(textOf).join(' ').trim() || user,
      ...(handle !== undefined && handle !== '' && { handle }),
      ...(address !== undefined && address !== '' && { email: { address, verified: isTheirs(address, member, tenant) } }),
      bot: user.startsWith('28:'),
      active: true,
    };
  }
}

/**
 * An administrator can write any address into the directory, so that proves nothing. The name that one signs in with ends with a domain
 * that the organisation has shown to be its own: an address that is that name is theirs. Guests sign in elsewhere.
 */
function isTheirs(address: string, { userPrincipalName, userRole, tenantId }: Wire, tenant: string): boolean {
  const isOfHere = (userRole === undefined || userRole === 'user') && (tenantId === undefined || tenantId === tenant);
  return isOfHere && isSame(address, userPrincipalName) && !address.toUpperCase().includes('#EXT#');
}

const isSame = (one: string, other: unknown): boolean => one.toLowerCase() === stringOf(other)?.toLowerCase();

const hasMail =
  (mail: string) =>
  ({ email, userPrincipalName }: Wire): boolean =>
    isSame(mail.trim(), email) || isSame(mail.trim(), userPrincipalName);

function hasHandle(given: string): (member: Wire) => boolean {
  const handle = given.replace(/^@/, '').trim();
  return ({ name, userPrincipalName }) => isSame(handle, userPrincipalName) || isSame(handle, name);
}

/** What Teams says where there is no such person, where they have not got the app, and where they have blocked it. */
const NOT_TO_THEM: ReadonlySet<string> = new Set([
  '400',
  'BadSyntax',
  'BadArgument',
  '403',
  'Forbidden',
  'BotNotInConversationRoster',
  'ConversationBlockedByUser',
]);
const NOBODY: Fault = {
  code: 'not-found',
  scope: 'message',
  detail: 'Teams lets Muster write to nobody who has not got the app. They add it under "Apps", or an administrator gives it to all.',
};
const nativeOf = ({ native }: Fault): Pick<Fault, 'native'> => (native === undefined ? {} : { native });
