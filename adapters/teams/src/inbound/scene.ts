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

export function sceneOf({ adapter }: Us, activity: Wire): Scene | undefined {
  const conversation = wireOf(activity.conversation);
  const tenant = stringOf(wireOf(wireOf(activity.channelData).tenant).id) ?? stringOf(conversation.tenantId);
  const id = stringOf(conversation.id);
  if (tenant === undefined || id === undefined) return undefined;
  const { room, thread } = placeOf(id);
  return {
    tenant,
    room: { adapter, tenant, room },
    ...(thread !== undefined && { thread }),
    user: { adapter, tenant, user: stringOf(wireOf(activity.from).id) ?? 'nobody' },
  };
}

/** The first message of a thread is not in it: its conversation names the thread that it begins. */
export const refOf = ({ room, thread }: Scene, id: string): MessageRef => ({
  room,
  id,
  ...(thread !== undefined && thread !== id && { thread }),
});
