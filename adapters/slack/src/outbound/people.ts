import { type Attempt, done, type People, type Profile, type RoomRef, type UserRef } from '@musterhq/chat-port';
import type { SlackClient } from '../slack-client.ts';
import { isSlackError } from '../slack-faults.ts';
import { stringOf, textOf, type Wire, wireOf, wiresOf } from '#libs/wire/wire';

const PAGES = 10;
const PAGE = 500;

/** Looks people up. Nobody found is an empty list, not a fault. */
export class SlackPeople implements People {
  constructor(
    private readonly client: SlackClient,
    private readonly adapter: string,
  ) {}

  async find(
    by: { email: string } | { handle: string } | { id: string },
    tenant: string,
    signal: AbortSignal,
  ): Promise<Attempt<Profile[]>> {
    if ('handle' in by) return this.byHandle(by.handle.replace(/^@/, '').toLowerCase(), tenant, signal);
    const answer =
      'email' in by
        ? await this.client.call<{ user: Wire }>('users.lookupByEmail', { email: by.email }, signal)
        : await this.client.call<{ user: Wire }>('users.info', { user: by.id }, signal);
    if (isSlackError(answer, 'users_not_found', 'user_not_found', 'user_not_visible')) return done([]);
    return answer.outcome === 'done' ? done([this.profile(answer.value.user, tenant)]) : answer;
  }

  async called(what: { group: string } | { room: RoomRef }, _tenant: string, signal: AbortSignal): Promise<Attempt<string | null>> {
    if ('group' in what) {
      const listed = await this.client.call<{ usergroups: unknown }>('usergroups.list', { include_disabled: true }, signal);
      if (listed.outcome !== 'done') return listed;
      const group = wiresOf(listed.value.usergroups).find(({ id }) => id === what.group);
      return done(textOf(group?.['handle']) || textOf(group?.['name']) || null);
    }
    const answer = await this.client.call<{ channel: unknown }>('conversations.info', { channel: what.room.room }, signal);
    if (isSlackError(answer, 'channel_not_found')) return done(null);
    if (answer.outcome !== 'done') return answer;
    const { name, is_channel: isChannel, is_private: isPrivate } = wireOf(answer.value.channel);
    return done(isChannel === true && isPrivate !== true ? textOf(name) || null : null);
  }

  /** Slack posts to a person by their id. The scope that opens the conversation itself is not asked for. */
  direct({ tenant, user }: UserRef): Promise<Attempt<RoomRef>> {
    return Promise.resolve(done({ adapter: this.adapter, tenant, room: user }));
  }

  /**
   * Slack has no such search: the list of people is read, as far as ten pages go. A handle is one person's; without that, everybody
   * who shows themselves by that name.
   */
  private async byHandle(handle: string, tenant: string, signal: AbortSignal): Promise<Attempt<Profile[]>> {
    let cursor: string | undefined;
    const shown: Wire[] = [];
    for (let page = 0; page < PAGES; page += 1) {
      const args = { limit: PAGE, ...(cursor ? { cursor } : {}) };
      const answer = await this.client.call<{ members: unknown; response_metadata?: { next_cursor?: string } }>('users.list', args, signal);
      if (answer.outcome !== 'done') return answer;
      const members = wiresOf(answer.value.members);
      const whose = members.find((user) => textOf(user['name']).toLowerCase() === handle);
      if (whose) return done([this.profile(whose, tenant)]);
      shown.push(...members.filter((user) => namesOf(user).includes(handle)));
      cursor = answer.value.response_metadata?.next_cursor;
      if (!cursor) break;
    }
    return done(shown.map((user) => this.profile(user, tenant)));
  }

  private profile(user: Wire, tenant: string): Profile {
    const profile = wireOf(user['profile']);
    const email = stringOf(profile['email']);
    const name = textOf(profile['display_name']) || textOf(profile['real_name']) || textOf(user['real_name']) || textOf(user['name']);
    const tz = stringOf(user['tz']);
    return {
      ref: { adapter: this.adapter, tenant, user: textOf(user['id']) },
      name,
      handle: textOf(user['name']),
      ...(email ? { email: { address: email, verified: isTheirMail(user) } } : {}),
      bot: user['is_bot'] === true || user['id'] === 'USLACKBOT',
      active: user['deleted'] !== true,
      ...(tz ? { tz } : {}),
    };
  }
}

/**
 * Said in so many words, by the workspace itself: of guests and of people of another workspace it was somebody else who
 * let them in with it.
 */
const isTheirMail = (user: Wire): boolean =>
  user['is_email_confirmed'] === true && !['is_restricted', 'is_ultra_restricted', 'is_stranger'].some((mark) => user[mark] === true);

function namesOf(user: Wire): string[] {
  const profile = wireOf(user['profile']);
  return [profile['display_name'], profile['display_name_normalized']].map((name) => textOf(name).toLowerCase());
}
