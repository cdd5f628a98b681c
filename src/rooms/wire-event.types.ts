import { fromMarkdown } from '#libs/rich-text/from-markdown';
import { toHtml } from '#libs/rich-text/to-html';
import { withMentions } from '#libs/rich-text/with-mentions';
import type { RoomEvent } from '#libs/war-room-protocol/events';
import type { LoggedEvent } from '#src/platform/log/event.types';
import { type MessageEdited, isRoomEvent } from './rooms.events.ts';

/** A log event as pages, the API and webhooks read it. Message bodies are rendered here, once, and safe to insert. */
export function toWire(event: LoggedEvent): RoomEvent {
  const data =
    isRoomEvent(event, 'message.posted') || isRoomEvent(event, 'message.edited') ? { ...event.data, html: htmlOf(event.data) } : event.data;
  return {
    seq: event.seq,
    id: event.id,
    at: event.at.toISOString(),
    displayAt: event.displayAt,
    late: event.late,
    by: event.by,
    via: event.via,
    type: event.type,
    data,
  } as RoomEvent;
}

/** People's names stand out where they are meant. */
function htmlOf({ text, mentions = [] }: MessageEdited): string {
  const names = new Map(mentions.map(({ id, name }) => [id, name]));
  const content = withMentions(fromMarkdown(text), mentions, (user) => ({ adapter: 'muster', tenant: '', user }));
  return toHtml(content, { person: ({ user }) => names.get(user) });
}
