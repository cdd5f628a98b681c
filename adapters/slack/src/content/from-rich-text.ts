import type { Block, Inline } from '@musterhq/chat-port';
import { roomRef, userRef, type Whose } from '../slack-names.ts';
import { isWire, numberOf, stringOf, textOf, type Wire, wireOf, wiresOf } from '#libs/wire/wire';

/** A rich_text block as content. What is not known to us yet is shown by its text, if it has one, and left out otherwise. */
export function fromRichText(block: Wire, whose: Whose): Block[] {
  const blocks: Block[] = [];
  for (const element of wiresOf(block['elements'])) {
    switch (element['type']) {
      case 'rich_text_section':
        blocks.push({ t: 'p', c: inlinesOf(element, whose) });
        break;
      case 'rich_text_quote':
        blocks.push({ t: 'quote', c: inlinesOf(element, whose) });
        break;
      case 'rich_text_preformatted':
        blocks.push({
          t: 'pre',
          v: wiresOf(element['elements'])
            .map((e) => textOf(e['text']) || textOf(e['url']))
            .join(''),
        });
        break;
      case 'rich_text_list':
        addList(blocks, element, whose);
        break;
    }
  }
  return blocks;
}

/** Slack writes nested lists as flat ones with an indent: each goes under the last item one level up. */
function addList(blocks: Block[], element: Wire, whose: Whose): void {
  const items: Block[][] = wiresOf(element['elements']).map((section) => [{ t: 'p', c: inlinesOf(section, whose) }]);
  const list: Block = { t: 'list', ordered: element['style'] === 'ordered', items };
  let into = blocks;
  for (let depth = numberOf(element['indent']) ?? 0; depth > 0; depth -= 1) {
    const above = into.at(-1);
    const item = above?.t === 'list' ? above.items.at(-1) : undefined;
    if (!item) break;
    into = item;
  }
  const before = into.at(-1);
  if (before?.t === 'list' && before.ordered === list.ordered) before.items.push(...items);
  else into.push(list);
}

function inlinesOf(section: Wire, whose: Whose): Inline[] {
  return wiresOf(section['elements']).flatMap((element) => inlineOf(element, whose));
}

function inlineOf(element: Wire, whose: Whose): Inline[] {
  switch (element['type']) {
    case 'text':
      return [styled(textOf(element['text']), element['style'])];
    case 'link': {
      const href = textOf(element['url']);
      return [{ t: 'link', href, c: [{ t: 'text', v: stringOf(element['text']) ?? href }] }];
    }
    case 'user':
      return [{ t: 'mention', who: userRef(whose, textOf(element['user_id'])) }];
    case 'usergroup':
      return [{ t: 'mention', who: { group: textOf(element['usergroup_id']) } }];
    case 'broadcast':
      return [{ t: 'mention', who: 'everyone' }];
    case 'channel':
      return [{ t: 'room', ref: roomRef(whose, textOf(element['channel_id'])) }];
    case 'emoji':
      return [{ t: 'emoji', name: textOf(element['name']), ...unicode(element['unicode']) }];
    case 'date':
      return [{ t: 'time', at: (numberOf(element['timestamp']) ?? 0) * 1000, style: dateStyle(textOf(element['format'])) }];
    default: {
      const text = stringOf(element['text']) ?? stringOf(element['value']);
      return text ? [{ t: 'text', v: text }] : [];
    }
  }
}

function styled(v: string, style: unknown): Inline {
  const { code, bold, italic, strike } = wireOf(isWire(style) ? style : undefined);
  let inline: Inline = code === true ? { t: 'code', v } : { t: 'text', v };
  if (strike === true) inline = { t: 'strike', c: [inline] };
  if (italic === true) inline = { t: 'em', c: [inline] };
  if (bold === true) inline = { t: 'strong', c: [inline] };
  return inline;
}

function unicode(hex: unknown): { unicode?: string } {
  if (typeof hex !== 'string' || !/^[0-9a-f]+(-[0-9a-f]+)*$/i.test(hex)) return {};
  const points = hex.split('-').map((part) => Number.parseInt(part, 16));
  return points.every((point) => point <= 0x10ffff) ? { unicode: String.fromCodePoint(...points) } : {};
}

const dateStyle = (format: string): 'clock' | 'date' | 'relative' =>
  format.includes('{ago}') ? 'relative' : format.includes('{date') ? 'date' : 'clock';
