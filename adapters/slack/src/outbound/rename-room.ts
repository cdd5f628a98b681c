import { type Attempt, done, refused } from '@musterhq/chat-port';
import { textOf, type Wire } from '#libs/wire/wire';
import type { SlackClient } from '../slack-client.ts';
import { isSlackError } from '../slack-faults.ts';
import { purposeOfChannel } from './channel.ts';
import { keyInPurpose } from './room-key.ts';
import { roomName, secondName } from './room-name.ts';

/** Gives a channel the name that it would have been created with, or the second one where somebody else has that. */
export async function renameRoom(client: SlackClient, channel: string, wanted: string, signal: AbortSignal): Promise<Attempt<unknown>> {
  const name = roomName(wanted);
  const first = await client.call<object>('conversations.rename', { channel, name }, signal);
  if (!isSlackError(first, 'name_taken')) return first;

  const info = await client.call<{ channel: Wire }>('conversations.info', { channel }, signal);
  if (info.outcome !== 'done') return info;
  const other = secondName(wanted, keyInPurpose(purposeOfChannel(info.value.channel)) ?? channel);
  const now = textOf(info.value.channel['name']);
  if (now === name || now === other) return done(undefined);
  const second = await client.call<object>('conversations.rename', { channel, name: other }, signal);
  if (!isSlackError(second, 'name_taken')) return second;
  return refused({ code: 'conflict', scope: 'message', detail: `Other channels are called #${name} and #${other}.` });
}
