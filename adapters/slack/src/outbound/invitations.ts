import { type Attempt, done, type Fault, type UserRef } from '@musterhq/chat-port';
import type { SlackClient } from '../slack-client.ts';
import { isSlackError } from '../slack-faults.ts';

export interface Uninvited {
  readonly user: UserRef;
  readonly fault: Fault;
}

const THERE_ALREADY = ['already_in_channel', 'cant_invite_self'];

/**
 * Invites people, and says who could not be. One call for all; only when Slack refuses it because of somebody in it,
 * one for each, so that one account that is gone keeps nobody out.
 */
export async function invite(
  client: SlackClient,
  channel: string,
  users: readonly UserRef[],
  signal: AbortSignal,
): Promise<Attempt<Uninvited[]>> {
  if (users.length === 0) return done([]);
  const together = await call(client, channel, users.map(({ user }) => user).join(','), signal);
  if (together.outcome === 'done') return done([]);
  if (!isAboutAPerson(together)) return together;

  const uninvited: Uninvited[] = [];
  for (const user of users) {
    const alone = await call(client, channel, user.user, signal);
    if (alone.outcome === 'done' || isSlackError(alone, ...THERE_ALREADY)) continue;
    if (!isAboutAPerson(alone)) return alone;
    uninvited.push({ user, fault: alone.fault });
  }
  return done(uninvited);
}

/** Somebody who is not there any more is removed. */
export async function removeFrom(
  client: SlackClient,
  channel: string,
  users: readonly UserRef[],
  signal: AbortSignal,
): Promise<Attempt<void>> {
  for (const { user } of users) {
    const answer = await client.call<object>('conversations.kick', { channel, user }, signal);
    if (answer.outcome !== 'done' && !isSlackError(answer, 'not_in_channel')) return answer;
  }
  return done(undefined);
}

const call = (client: SlackClient, channel: string, users: string, signal: AbortSignal): Promise<Attempt<object>> =>
  client.call<object>('conversations.invite', { channel, users }, signal);

const ABOUT_A_PERSON = [
  ...THERE_ALREADY,
  'user_not_found',
  'no_user',
  'cant_invite',
  'user_is_restricted',
  'user_is_ultra_restricted',
  'user_is_bot',
  'ura_max_channels',
  'external_user_not_allowed',
  'failed_for_some_users',
  'cannot_invite_guest',
  'user_disabled',
];

const isAboutAPerson = (attempt: Attempt<unknown>): attempt is Extract<Attempt<never>, { outcome: 'refused' }> =>
  attempt.outcome === 'refused' && isSlackError(attempt, ...ABOUT_A_PERSON);
