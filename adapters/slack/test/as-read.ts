import type { ObservedMessage } from '@musterhq/adapter-testkit';
import type { JsonObject, SlackMessage } from '../simulator/objects.ts';

export interface Reading {
  text: string;
  readonly pinged: string[];
  readonly links: string[];
}

/** A message as Slack's own client shows it: its blocks, or where it has none its text. What the notification's text would ping counts too. */
export function asRead(message: SlackMessage): Pick<ObservedMessage, 'text' | 'pinged' | 'links'> {
  const shown: Reading = { text: '', pinged: [], links: [] };
  const lines = (message.blocks ?? []).map((block) => readBlock(block, shown)).filter((line) => line !== undefined);
  const notification: Reading = { text: '', pinged: [], links: [] };
  const fallback = readMrkdwn(message.text, notification);
  const pinged = [...new Set([...shown.pinged, ...notification.pinged])];
  return lines.length > 0 ? { text: lines.join('\n'), pinged, links: shown.links } : { text: fallback, pinged, links: notification.links };
}

function readBlock(block: JsonObject, to: Reading): string | undefined {
  const list = (name: string): readonly JsonObject[] => (Array.isArray(block[name]) ? (block[name] as readonly JsonObject[]) : []);
  switch (block['type']) {
    case 'rich_text':
      return list('elements')
        .map((element) => readRich(element, to))
        .join('\n');
    case 'header':
      return readTextObject(block['text'] as JsonObject, to);
    case 'section':
      return [...(block['text'] ? [block['text'] as JsonObject] : []), ...list('fields')]
        .map((text) => readTextObject(text, to))
        .join('\n');
    case 'context':
      return list('elements')
        .map((text) => readTextObject(text, to))
        .join(' ');
    case 'actions':
      for (const element of list('elements')) if (typeof element['url'] === 'string') to.links.push(element['url']);
      return undefined;
    default:
      return undefined;
  }
}

function readTextObject(text: JsonObject, to: Reading): string {
  const v = String(text['text'] ?? '');
  if (text['type'] === 'plain_text') return v;
  return bare(readMrkdwn(v, to));
}

/** Marks take effect between word boundaries, as in Slack's own reader; a text with an unpaired one is shown as it is. */
const bare = (text: string): string =>
  text
    .replace(/(?<![\w*])\*([^*\n]+)\*(?![\w*])/g, '$1')
    .replace(/(?<![\w_])_([^_\n]+)_(?![\w_])/g, '$1')
    .replace(/(?<![\w~])~([^~\n]+)~(?![\w~])/g, '$1')
    .replace(/`([^`\n]+)`/g, '$1');

function readMrkdwn(text: string, to: Reading): string {
  const shown = text.replace(/<([^<>]*)>/g, (_, inside: string) => {
    const [target = '', label] = inside.split('|', 2);
    if (target.startsWith('@')) to.pinged.push(target.slice(1));
    else if (/^!(channel|here|everyone)/.test(target)) to.pinged.push('everyone');
    else if (target.startsWith('!subteam^')) to.pinged.push(target.slice('!subteam^'.length));
    else if (!target.startsWith('#') && !target.startsWith('!')) to.links.push(unescape(target));
    return label ?? target;
  });
  return unescape(shown);
}

function readRich(element: JsonObject, to: Reading): string {
  const inner = Array.isArray(element['elements']) ? (element['elements'] as readonly JsonObject[]) : [];
  if (element['type'] === 'rich_text_list') return inner.map((item) => readRich(item, to)).join('\n');
  return inner.map((one) => readInline(one, to)).join('');
}

function readInline(one: JsonObject, to: Reading): string {
  switch (one['type']) {
    case 'text':
      return String(one['text']);
    case 'link':
      to.links.push(String(one['url']));
      return String(one['text'] ?? one['url']);
    case 'user':
      to.pinged.push(String(one['user_id']));
      return `@${String(one['user_id'])}`;
    case 'usergroup':
      to.pinged.push(String(one['usergroup_id']));
      return `@${String(one['usergroup_id'])}`;
    case 'broadcast':
      to.pinged.push('everyone');
      return `@${String(one['range'])}`;
    case 'channel':
      return `#${String(one['channel_id'])}`;
    case 'emoji':
      return `:${String(one['name'])}:`;
    case 'date':
      return String(one['fallback'] ?? one['timestamp']);
    default:
      return '';
  }
}

const unescape = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
