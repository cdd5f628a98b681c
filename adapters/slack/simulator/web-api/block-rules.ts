import type { Draw } from '../draw.ts';
import type { Json, JsonObject, SlackBlock } from '../objects.ts';
import { SlackError } from '../slack-error.ts';

const IN_MESSAGES = [
  'actions',
  'alert',
  'call',
  'card',
  'carousel',
  'context',
  'context_actions',
  'divider',
  'file',
  'header',
  'image',
  'input',
  'markdown',
  'plan',
  'rich_text',
  'section',
  'table',
  'task_card',
  'video',
];
const IN_VIEWS = [
  'actions',
  'alert',
  'call',
  'context',
  'divider',
  'file',
  'header',
  'image',
  'input',
  'markdown',
  'rich_text',
  'section',
  'table',
  'video',
];
/** Not documented; seen by app authors (slackapi/bolt-js#2509). */
const MOST_TEXT_IN_MESSAGE = 13_200;

interface Trouble {
  add(pointer: string, what: string): void;
}

/** Checks blocks against Slack's documented limits, and returns them as Slack stores them: each with a block_id. Throws `invalid_blocks` with pointers. */
export function acceptBlocks(value: Json, where: 'message' | 'view', draw: Draw): readonly SlackBlock[] {
  const error = where === 'message' ? 'invalid_blocks' : 'invalid_arguments';
  if (!Array.isArray(value)) throw new SlackError(where === 'message' ? 'invalid_blocks_format' : error);
  const blocks = value as readonly JsonObject[];
  const most = where === 'message' ? 50 : 100;
  const troubles: string[] = [];
  const at = where === 'message' ? '/blocks' : '/view/blocks';
  const trouble: Trouble = { add: (pointer, what) => troubles.push(`${what} [json-pointer:${at}${pointer}]`) };
  if (blocks.length > most) trouble.add('', `no more than ${most} items allowed`);
  const ids = new Set<string>();
  for (const [i, block] of blocks.entries()) checkBlock(block, `/${i}`, where, ids, trouble);
  if (troubles.length > 0)
    throw new SlackError(error, { errors: troubles, response_metadata: { messages: troubles.map((t) => `[ERROR] ${t}`) } });
  if (where === 'message' && textIn(blocks) > MOST_TEXT_IN_MESSAGE) throw new SlackError('msg_blocks_too_long');
  return blocks.map((block) => withDefaults(block, draw));
}

function checkBlock(block: JsonObject, at: string, where: 'message' | 'view', ids: Set<string>, trouble: Trouble): void {
  const type = typeof block === 'object' && block !== null ? block['type'] : undefined;
  if (typeof type !== 'string' || !(where === 'message' ? IN_MESSAGES : IN_VIEWS).includes(type))
    return trouble.add(`${at}/type`, `unsupported block: ${String(type)}`);
  checkBlockId(block['block_id'], at, ids, trouble);
  const list = (name: string): readonly JsonObject[] => (Array.isArray(block[name]) ? (block[name] as readonly JsonObject[]) : []);
  if (type === 'section') {
    if (!block['text'] && !block['fields']) trouble.add(at, 'missing required field: text or fields');
    if (block['text']) checkText(block['text'], `${at}/text`, 3000, trouble);
    checkCount(list('fields'), `${at}/fields`, 10, trouble);
    for (const [i, field] of list('fields').entries()) checkText(field, `${at}/fields/${i}`, 2000, trouble);
    if (block['accessory']) checkElement(block['accessory'] as JsonObject, `${at}/accessory`, trouble);
  }
  if (type === 'header') checkText(block['text'], `${at}/text`, 150, trouble);
  if (type === 'markdown' && String(block['text'] ?? '').length > 12_000) trouble.add(`${at}/text`, 'must be less than 12001 characters');
  if (type === 'context') {
    checkCount(list('elements'), `${at}/elements`, 10, trouble);
    for (const [i, element] of list('elements').entries())
      if (element['type'] !== 'image') checkText(element, `${at}/elements/${i}`, 2000, trouble);
  }
  if (type === 'actions') {
    checkCount(list('elements'), `${at}/elements`, 25, trouble);
    const seen = new Set<string>();
    for (const [i, element] of list('elements').entries()) {
      checkElement(element, `${at}/elements/${i}`, trouble);
      const id = element['action_id'];
      if (typeof id === 'string' && seen.has(id)) trouble.add(`${at}/elements/${i}/action_id`, `action_id already exists: ${id}`);
      if (typeof id === 'string') seen.add(id);
    }
  }
  if (type === 'input') {
    checkText(block['label'], `${at}/label`, 2000, trouble);
    if (!block['element']) trouble.add(at, 'missing required field: element');
    else checkElement(block['element'] as JsonObject, `${at}/element`, trouble);
  }
  if (type === 'image' && (!block['alt_text'] || !(block['image_url'] ?? block['slack_file'])))
    trouble.add(at, 'missing required field: image_url or alt_text');
}

function checkBlockId(id: Json, at: string, ids: Set<string>, trouble: Trouble): void {
  if (typeof id !== 'string') return;
  if (id.length > 255) trouble.add(`${at}/block_id`, 'must be less than 256 characters');
  if (ids.has(id)) trouble.add(`${at}/block_id`, `block_id already exists: ${id}`);
  ids.add(id);
}

function checkElement(element: JsonObject, at: string, trouble: Trouble): void {
  const id = element['action_id'];
  if (typeof id === 'string' && id.length > 255) trouble.add(`${at}/action_id`, 'must be less than 256 characters');
  if (element['type'] === 'button') {
    checkText(element['text'], `${at}/text`, 75, trouble);
    if (typeof element['value'] === 'string' && element['value'].length > 2000)
      trouble.add(`${at}/value`, 'must be less than 2001 characters');
    if (typeof element['url'] === 'string' && element['url'].length > 3000) trouble.add(`${at}/url`, 'must be less than 3001 characters');
  }
  if (element['placeholder']) checkText(element['placeholder'], `${at}/placeholder`, 150, trouble);
  const options = element['options'];
  if (!Array.isArray(options)) return;
  if (options.length === 0) trouble.add(`${at}/options`, 'must be more than 0 items');
  checkCount(
    options as readonly JsonObject[],
    `${at}/options`,
    element['type'] === 'overflow' ? 5 : element['type'] === 'checkboxes' || element['type'] === 'radio_buttons' ? 10 : 100,
    trouble,
  );
  for (const [i, option] of (options as readonly JsonObject[]).entries()) {
    checkText(option['text'], `${at}/options/${i}/text`, 75, trouble);
    if (String(option['value'] ?? '').length > 150) trouble.add(`${at}/options/${i}/value`, 'must be less than 151 characters');
  }
}

function checkText(value: Json, at: string, most: number, trouble: Trouble): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return trouble.add(at, 'must be a valid text object');
  const { text } = value as { text?: Json };
  if (typeof text !== 'string' || text.length === 0) return trouble.add(`${at}/text`, 'must be more than 0 characters');
  if (text.length > most) trouble.add(`${at}/text`, `must be less than ${most + 1} characters`);
}

function checkCount(list: readonly unknown[], at: string, most: number, trouble: Trouble): void {
  if (list.length > most) trouble.add(at, `no more than ${most} items allowed`);
}

/** All that people would read in the blocks, in characters. */
function textIn(value: Json): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (Array.isArray(value)) return value.reduce((sum: number, one: Json) => sum + textIn(one), 0);
  return Object.entries(value).reduce((sum, [key, one]) => sum + (key === 'text' && typeof one === 'string' ? one.length : textIn(one)), 0);
}

function withDefaults(block: JsonObject, draw: Draw): SlackBlock {
  const full = fillTexts(block) as JsonObject;
  return {
    ...full,
    type: String(full['type']),
    block_id: typeof full['block_id'] === 'string' && full['block_id'] !== '' ? full['block_id'] : draw.hex(8),
  };
}

/** Slack gives text objects back with their defaults written out. */
function fillTexts(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(fillTexts);
  const filled = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fillTexts(one)])) as JsonObject;
  if (filled['type'] === 'mrkdwn' && filled['verbatim'] === undefined) return { ...filled, verbatim: false };
  if (filled['type'] === 'plain_text' && filled['emoji'] === undefined) return { ...filled, emoji: true };
  return filled;
}
