import { type Attempt, done, refused, type RoomSpec } from '@musterhq/chat-port';
import type { SlackClient } from '../slack-client.ts';
import { isSlackError } from '../slack-faults.ts';
import { textOf, type Wire } from '#libs/wire/wire';
import { purposeOfChannel } from './channel.ts';
import { channelNamed } from './find-room.ts';
import type { KnownChannels } from './known-channels.ts';
import { isKeyedBy, keyInPurpose, purposeOf } from './room-key.ts';
import { roomName, secondName } from './room-name.ts';

/**
 * A channel with this key: the one there is, or a new one.
 *
 * Slack knows no key at creation. It knows that a name is taken, which is the lock; the key follows in the purpose. So
 * a channel of our name that we made and that has no key yet is one whose creation was cut short (a lost answer, a
 * crash), and it is taken over. A name somebody else has leads to a second name, which the key determines.
 */
export async function createRoom(
  client: SlackClient,
  known: KnownChannels,
  spec: RoomSpec,
  me: string,
  signal: AbortSignal,
): Promise<Attempt<Wire>> {
  const made = await findOrMake(client, known, spec, me, signal);
  if (made.outcome === 'done') await known.keep(spec.key, textOf(made.value['id']));
  return made;
}

async function findOrMake(
  client: SlackClient,
  known: KnownChannels,
  spec: RoomSpec,
  me: string,
  signal: AbortSignal,
): Promise<Attempt<Wire>> {
  for (const name of [roomName(spec.name), secondName(spec.name, spec.key)]) {
    const made = await client.call<{ channel: Wire }>('conversations.create', { name, is_private: spec.private }, signal);
    if (made.outcome === 'done') return marked(client, made.value.channel, spec, signal);
    if (!isSlackError(made, 'name_taken')) return made;

    const remembered = await rememberedChannel(client, await known.find(spec.key, name), name, signal);
    const taken = remembered ? done(remembered) : await channelNamed(client, name, signal);
    if (taken.outcome !== 'done') return taken;
    const whose = taken.value ? ownerOf(taken.value, spec.key, me) : 'somebody';
    if (taken.value && whose === 'ours') return done(taken.value);
    if (taken.value && whose === 'unmarked') return marked(client, taken.value, spec, signal);
  }
  return refused({
    code: 'conflict',
    scope: 'message',
    remedy: 'ask-admin',
    detail: `A channel named #${roomName(spec.name)} exists already and is not ours.`,
  });
}

/** What is remembered, if it is called so still: anything else is looked for. */
async function rememberedChannel(
  client: SlackClient,
  channel: string | undefined,
  name: string,
  signal: AbortSignal,
): Promise<Wire | undefined> {
  if (channel === undefined) return undefined;
  const info = await client.call<{ channel: Wire }>('conversations.info', { channel }, signal);
  return info.outcome === 'done' && info.value.channel['name'] === name ? info.value.channel : undefined;
}

function ownerOf(channel: Wire, key: string, me: string): 'ours' | 'unmarked' | 'somebody' {
  const purpose = purposeOfChannel(channel);
  if (isKeyedBy(purpose, key)) return 'ours';
  const isBlank = purpose === '' && keyInPurpose(purpose) === undefined;
  return isBlank && channel['creator'] === me && channel['is_archived'] !== true ? 'unmarked' : 'somebody';
}

/** Without its mark the room would not be found again, so this failing is the creation failing; the next try takes over. */
async function marked(client: SlackClient, channel: Wire, { key, name }: RoomSpec, signal: AbortSignal): Promise<Attempt<Wire>> {
  const purpose = purposeOf(key, name);
  const set = await client.call<object>('conversations.setPurpose', { channel: textOf(channel['id']), purpose }, signal);
  return set.outcome === 'done' ? done({ ...channel, purpose: { value: purpose } }) : set;
}
