import type { ChatEvent } from '@musterhq/chat-port';

/** The room that an event happened in; null where it names none. */
export function roomIn(event: ChatEvent): string | null {
  switch (event.type) {
    case 'message.created':
    case 'message.edited':
      return event.message.ref.room.room;
    case 'message.deleted':
    case 'reaction':
    case 'pin':
      return event.target.room.room;
    case 'command':
    case 'shortcut':
    case 'action':
    case 'form':
      return event.via.room?.room ?? event.via.on?.room.room ?? null;
    case 'member':
    case 'room':
      return event.room.room;
    case 'home.opened':
    case 'tenant':
    case 'missed':
    case 'unknown':
      return null;
  }
}
