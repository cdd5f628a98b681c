import type { Draw } from '../draw.ts';
import type { Json, JsonObject, SlackBlock } from '../objects.ts';
import { SlackError } from '../slack-error.ts';
import type { Trouble } from './trouble.ts';
import { checkRichText, checkTable, isAddress } from './rich-rules.ts';

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
  // Its name is that of attachments although it stands among the blocks.
  if (where === 'message' && blocks.filter(({ type }) => type === 'table').length > 1)
    throw new SlackError('invalid_attachments', { response_metadata: { messages: ['[ERROR] only_one_table_allowed'] } });
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
  if (type === 'rich_text') checkRichText(block, at, trouble);
  if (type === 'table') checkTable(block, at, trouble);
  if (type === 'header') checkPlain(block['text'], `${at}/text`, 150, trouble);
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
    checkPlain(block['label'], `${at}/label`, 2000, trouble);
    if (block['hint']) checkPlain(block['hint'], `${at}/hint`, 2000, trouble);
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
    checkPlain(element['text'], `${at}/text`, 75, trouble);
    if (element['url'] !== undefined && !isAddress(element['url'])) trouble.add(`${at}/url`, 'must be a valid URL');
    if (typeof element['value'] === 'string' && element['value'].length > 2000)
      trouble.add(`${at}/value`, 'must be less than 2001 characters');
  }
  if (element['placeholder']) checkPlain(element['placeholder'], `${at}/placeholder`, 150, trouble);
  if (element['confirm']) checkConfirm(element['confirm'] as JsonObject, `${at}/confirm`, trouble);
  if (element['type'] === 'plain_text_input') checkInput(element, at, trouble);
  checkOptions(element, at, trouble);
}

function checkConfirm(confirm: JsonObject, at: string, trouble: Trouble): void {
  checkPlain(confirm['title'], `${at}/title`, 100, trouble);
  checkText(confirm['text'], `${at}/text`, 300, trouble);
  for (const name of ['confirm', 'deny']) if (confirm[name]) checkPlain(confirm[name], `${at}/${name}`, 30, trouble);
}

function checkInput(element: JsonObject, at: string, trouble: Trouble): void {
  const [least, most] = [Number(element['min_length'] ?? 0), Number(element['max_length'] ?? 3000)];
  if (least < 0 || least > 3000) trouble.add(`${at}/min_length`, 'must be between 0 and 3000');
  if (most < 1 || most > 3000) trouble.add(`${at}/max_length`, 'must be between 1 and 3000');
  if (String(element['initial_value'] ?? '').length > most) trouble.add(`${at}/initial_value`, `must be less than ${most + 1} characters`);
}

function checkOptions(element: JsonObject, at: string, trouble: Trouble): void {
  const { options, option_groups: groups } = element;
  if (Array.isArray(options)) checkOptionList(options as readonly JsonObject[], element, `${at}/options`, trouble);
  if (Array.isArray(groups)) {
    checkCount(groups, `${at}/option_groups`, 100, trouble);
    for (const [i, group] of (groups as readonly JsonObject[]).entries()) {
      checkPlain(group['label'], `${at}/option_groups/${i}/label`, 75, trouble);
      const inside = Array.isArray(group['options']) ? (group['options'] as readonly JsonObject[]) : [];
      checkOptionList(inside, element, `${at}/option_groups/${i}/options`, trouble);
    }
  }
  if (element['initial_option']) checkInitial(element['initial_option'] as JsonObject, element, at, trouble);
}

function checkOptionList(options: readonly JsonObject[], element: JsonObject, at: string, trouble: Trouble): void {
  const most = element['type'] === 'overflow' ? 5 : element['type'] === 'checkboxes' || element['type'] === 'radio_buttons' ? 10 : 100;
  if (options.length === 0) trouble.add(at, 'must be more than 0 items');
  checkCount(options, at, most, trouble);
  for (const [i, option] of options.entries()) {
    const isMarked = ['checkboxes', 'radio_buttons'].includes(String(element['type']));
    (isMarked ? checkText : checkPlain)(option['text'], `${at}/${i}/text`, 75, trouble);
    const value = option['value'];
    if (typeof value !== 'string' || value === '') trouble.add(`${at}/${i}/value`, 'must be more than 0 characters');
    else if (value.length > 150) trouble.add(`${at}/${i}/value`, 'must be less than 151 characters');
  }
}

/** What is chosen at first has to be one of what can be chosen. */
function checkInitial(initial: JsonObject, element: JsonObject, at: string, trouble: Trouble): void {
  const groups = (element['option_groups'] ?? []) as readonly { options?: readonly JsonObject[] }[];
  const all = [...((element['options'] ?? []) as readonly JsonObject[]), ...groups.flatMap(({ options }) => options ?? [])];
  if (!all.some((option) => option['value'] === initial['value']))
    trouble.add(`${at}/initial_option`, 'must match one of the provided options');
}

function checkPlain(value: Json, at: string, most: number, trouble: Trouble): void {
  checkText(value, at, most, trouble);
  if ((value as JsonObject | undefined)?.['type'] !== 'plain_text') trouble.add(`${at}/type`, 'must be plain_text');
}

function checkText(value: Json, at: string, most: number, trouble: Trouble): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return trouble.add(at, 'must be a valid text object');
  const { text } = value as { text?: Json };
  if (typeof text !== 'string' || text.trim() === '') return trouble.add(`${at}/text`, 'must be more than 0 characters');
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
