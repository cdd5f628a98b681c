import type { MessageRef, RoomRef, UserRef } from '@musterhq/chat-port';
import { placeOf } from '../conversations.ts';
import { type Wire, stringOf, wireOf } from '#libs/wire/wire';
import type { Us } from './us.ts';

/** Where an activity took place. Without a tenant or a conversation it is about nothing that we know. */
export interface Scene {
  readonly tenant: string;
  readonly room: RoomRef;
  readonly thread?: string;
  readonly user: UserRef;
}

export function sceneOf({ adapter, channel }: Us, activity: Wire): Scene | undefined {
  const conversation = wireOf(activity.conversation);
  const tenant = stringOf(wireOf(wireOf(activity.channelData).tenant).id) ?? stringOf(conversation.tenantId);
  const id = stringOf(conversation.id);
  if (tenant === undefined || id === undefined) return undefined;
  const { room, thread } = placeIn(channel, id);
  return {
    tenant,
    room: { adapter, tenant, room },
    ...(thread !== undefined && { thread }),
    user: { adapter, tenant, user: stringOf(wireOf(activity.from).id) ?? 'nobody' },
  };
}

/** In the channel that was chosen for incidents each thread is a room; elsewhere it is one of its channel's threads. */
function placeIn(channel: string | undefined, conversation: string): ReturnType<typeof placeOf> {
  const place = placeOf(conversation);
  return place.room === channel && place.thread !== undefined ? { room: conversation } : place;
}

/** The first message of a thread is not in it: its conversation names the thread that it begins. */
export const refOf = ({ room, thread }: Scene, id: string): MessageRef => ({
  room,
  id,
  ...(thread !== undefined && thread !== id && { thread }),
});
