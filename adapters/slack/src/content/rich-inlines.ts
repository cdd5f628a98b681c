import type { types } from '@slack/bolt';
import type { Inline, Rendering, RoomRef } from '@musterhq/chat-port';
import { isSafeHref, plainInlines, readableTime } from './plain-text.ts';

type Element = types.RichTextElement;
type Style = NonNullable<types.RichTextText['style']>;
export type Loss = Rendering['losses'][number];

/** Where content is going, and what it loses on the way. */
export interface Journey {
  readonly room: RoomRef;
  readonly losses: Loss[];
  /** Those that the message is to show, as far as Slack has them. */
  readonly files: { readonly id: string; readonly title: string }[];
}

const DATE_FORMAT = { clock: '{time}', date: '{date_short_pretty}', relative: '{ago}' } as const;

/**
 * Rich text elements rather than mrkdwn: there a text is a field, not syntax, so nothing in it has to be escaped and
 * nothing in it can become bold, a link or a mention. mrkdwn has no way to write a literal asterisk.
 */
export function richInlines(inlines: readonly Inline[], to: Journey, style: Style = {}): Element[] {
  return inlines.flatMap((inline) => richInline(inline, to, style));
}

function richInline(inline: Inline, to: Journey, style: Style): Element[] {
  switch (inline.t) {
    case 'text':
      return text(inline.v, style);
    case 'strong':
      return richInlines(inline.c, to, { ...style, bold: true });
    case 'em':
      return richInlines(inline.c, to, { ...style, italic: true });
    case 'strike':
      return richInlines(inline.c, to, { ...style, strike: true });
    case 'code':
      return text(inline.v, { ...style, code: true });
    case 'link':
      return link(inline.href, plainInlines(inline.c), to, style);
    case 'mention':
      return mention(inline.who, to, style);
    case 'room':
      return inline.ref.adapter === to.room.adapter
        ? [{ type: 'channel', channel_id: inline.ref.room, ...styled(style) }]
        : text(`#${inline.ref.room}`, style);
    case 'emoji':
      return /^[a-z0-9_+'-]+$/.test(inline.name)
        ? [{ type: 'emoji', name: inline.name, ...styled(style) }]
        : text(inline.unicode ?? `:${inline.name}:`, style);
    case 'time':
      return [
        {
          type: 'date',
          timestamp: Math.floor(inline.at / 1000),
          format: DATE_FORMAT[inline.style],
          fallback: readableTime(inline.at),
          ...styled(style),
        },
      ];
  }
}

const styled = (style: Style): { style?: Style } => (Object.keys(style).length === 0 ? {} : { style });

function text(v: string, style: Style): Element[] {
  return v === '' ? [] : [{ type: 'text', text: v, ...styled(style) }];
}

function link(href: string, label: string, to: Journey, style: Style): Element[] {
  if (isSafeHref(href)) return [{ type: 'link', url: href, ...(label === '' ? {} : { text: label }), ...styled(style) }];
  to.losses.push({ feature: 'text', note: 'A link that is neither http, https nor mailto is shown as its text.' });
  return text(label || href, style);
}

function mention(who: Extract<Inline, { t: 'mention' }>['who'], to: Journey, style: Style): Element[] {
  if (who === 'everyone') return [{ type: 'broadcast', range: 'channel', ...styled(style) }];
  if ('group' in who) return [{ type: 'usergroup', usergroup_id: who.group, ...styled(style) }];
  if (who.adapter === to.room.adapter) return [{ type: 'user', user_id: who.user, ...styled(style) }];
  to.losses.push({ feature: 'mention.user', note: 'A person of another chat is named, not notified.' });
  return text(`@${who.user}`, style);
}

/** What Slack counts, or a little more. */
export function lengthOf(element: Element): number {
  switch (element.type) {
    case 'text':
      return element.text.length;
    case 'link':
      return element.url.length + (element.text?.length ?? 0);
    case 'date':
      return element.format.length + (element.fallback?.length ?? 0);
    default:
      return 20;
  }
}
