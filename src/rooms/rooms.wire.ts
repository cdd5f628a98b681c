import { fromMarkdown } from '#libs/rich-text/from-markdown';
import { toHtml } from '#libs/rich-text/to-html';
import { toInlineHtml } from '#libs/rich-text/to-inline-html';
import { withMentions } from '#libs/rich-text/with-mentions';
import type { RoomEvent, RoomEventOf } from '#libs/war-room-protocol/events';
import type { LoggedEvent } from '#src/platform/log/event.types';
import { type MessageEdited, isRoomEvent } from './rooms.events.ts';

/** Where in an event, besides messages, people's own words are. */
const SAID = {
  'incident.severity-changed': 'reason',
  'incident.summary-changed': 'to',
  'incident.declined': 'reason',
  'incident.resolved': 'learned',
  'timeline.entry-added': 'text',
  'timeline.entry-edited': 'text',
  'update.shared': 'text',
} as const satisfies { [T in RoomEvent['type']]?: keyof RoomEventOf<T>['data'] };

/** A log event as pages, the API and webhooks read it. What people wrote is rendered here, once, and safe to insert. */
export function toWire(event: LoggedEvent): RoomEvent {
  const html = htmlIn(event);
  // Pages insert it as it is. It is made here and nowhere else: what a log holds under that name somebody forged.
  const { html: _forged, ...data } = event.data as { readonly html?: unknown };
  return {
    seq: event.seq,
    id: event.id,
    at: event.at.toISOString(),
    displayAt: event.displayAt,
    late: event.late,
    by: event.by,
    via: event.via,
    type: event.type,
    data: html === null ? data : { ...data, html },
  } as RoomEvent;
}

function htmlIn(event: LoggedEvent): string | null {
  if (isRoomEvent(event, 'message.posted') || isRoomEvent(event, 'message.edited')) return htmlOf(event.data);
  const words = (event.data as Readonly<Record<string, unknown>>)[SAID[event.type as keyof typeof SAID]];
  return typeof words === 'string' ? toInlineHtml(fromMarkdown(words)) : null;
}

/** People's names stand out where they are meant. */
function htmlOf({ text, mentions = [] }: MessageEdited): string {
  const names = new Map(mentions.map(({ id, name }) => [id, name]));
  const content = withMentions(fromMarkdown(text), mentions, (user) => ({ adapter: 'muster', tenant: '', user }));
  return toHtml(content, { person: ({ user }) => names.get(user) });
}
