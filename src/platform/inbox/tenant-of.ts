import type { ChatEvent } from '@musterhq/chat-port';

/** The tenant an event belongs to; empty for events that name neither a room nor a person. */
export function tenantOf(event: ChatEvent): string {
  switch (event.type) {
    case 'message.created':
    case 'message.edited':
      return event.message.ref.room.tenant;
    case 'message.deleted':
    case 'reaction':
    case 'pin':
      return event.target.room.tenant;
    case 'command':
    case 'shortcut':
    case 'action':
    case 'form':
      return event.via.user.tenant;
    case 'member':
    case 'room':
      return event.room.tenant;
    case 'home.opened':
      return event.user.tenant;
    case 'tenant':
    case 'missed':
      return event.tenant;
    case 'unknown':
      return '';
  }
}
