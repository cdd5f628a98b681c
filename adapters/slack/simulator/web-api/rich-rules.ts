import type { Json, JsonObject } from '../objects.ts';
import type { Trouble } from './trouble.ts';

const PARTS = ['rich_text_section', 'rich_text_list', 'rich_text_preformatted', 'rich_text_quote'];
const ELEMENTS = ['broadcast', 'channel', 'color', 'date', 'emoji', 'link', 'text', 'user', 'usergroup'];
/** Where an element points, and what an id of that kind looks like. */
const IDS: Readonly<Record<string, readonly [field: string, form: RegExp]>> = {
  broadcast: ['range', /^(?:here|channel|everyone)$/],
  channel: ['channel_id', /^[CDG][A-Z0-9]+$/],
  emoji: ['name', /^[^\s:]+(?:::skin-tone-[2-6])?$/],
  user: ['user_id', /^[UW][A-Z0-9]+$/],
  usergroup: ['usergroup_id', /^S[A-Z0-9]+$/],
};
const MOST_ROWS = 100;
const MOST_CELLS = 20;

/** The page of the rich text block: what may stand in which part, and what each needs. */
export function checkRichText(block: JsonObject, at: string, trouble: Trouble): void {
  const parts = listOf(block['elements']);
  if (!Array.isArray(block['elements'])) trouble.add(at, 'missing required field: elements');
  for (const [i, part] of parts.entries()) {
    const type = String(part['type']);
    const here = `${at}/elements/${i}`;
    if (!PARTS.includes(type)) trouble.add(`${here}/type`, `unsupported element: ${type}`);
    else if (type === 'rich_text_list') checkList(part, here, trouble);
    else checkInlines(part, here, trouble);
  }
}

function checkList(list: JsonObject, at: string, trouble: Trouble): void {
  if (!['bullet', 'ordered'].includes(String(list['style']))) trouble.add(`${at}/style`, 'must be one of bullet, ordered');
  for (const [i, item] of listOf(list['elements']).entries()) {
    if (item['type'] !== 'rich_text_section') trouble.add(`${at}/elements/${i}/type`, 'must be rich_text_section');
    checkInlines(item, `${at}/elements/${i}`, trouble);
  }
}

function checkInlines(part: JsonObject, at: string, trouble: Trouble): void {
  if (!Array.isArray(part['elements'])) trouble.add(at, 'missing required field: elements');
  for (const [i, element] of listOf(part['elements']).entries()) {
    const type = String(element['type']);
    const here = `${at}/elements/${i}`;
    if (!ELEMENTS.includes(type)) trouble.add(`${here}/type`, `unsupported element: ${type}`);
    if (type === 'text' && (typeof element['text'] !== 'string' || element['text'] === ''))
      trouble.add(`${here}/text`, 'must be more than 0 characters');
    if (type === 'link' && !isAddress(element['url'])) trouble.add(`${here}/url`, 'must be a valid URL');
    const [field, form] = IDS[type] ?? [];
    if (field && !form?.test(String(element[field] ?? ''))) trouble.add(`${here}/${field}`, 'must be a valid value');
  }
}

/** The page of the table block. That a message takes one only is a rule of messages. */
export function checkTable(block: JsonObject, at: string, trouble: Trouble): void {
  const rows = Array.isArray(block['rows']) ? (block['rows'] as readonly Json[]) : [];
  if (rows.length === 0) trouble.add(`${at}/rows`, 'must be more than 0 items');
  if (rows.length > MOST_ROWS) trouble.add(`${at}/rows`, `no more than ${MOST_ROWS} items allowed`);
  if (listOf(block['column_settings']).length > MOST_CELLS)
    trouble.add(`${at}/column_settings`, `no more than ${MOST_CELLS} items allowed`);
  for (const [i, row] of rows.entries()) {
    const cells = listOf(row);
    if (cells.length > MOST_CELLS) trouble.add(`${at}/rows/${i}`, `no more than ${MOST_CELLS} items allowed`);
    for (const [j, cell] of cells.entries()) {
      const here = `${at}/rows/${i}/${j}`;
      if (cell['type'] === 'rich_text') checkRichText(cell, here, trouble);
      else if (cell['type'] !== 'raw_text') trouble.add(`${here}/type`, `unsupported cell: ${String(cell['type'])}`);
      else if (typeof cell['text'] !== 'string' || cell['text'] === '') trouble.add(`${here}/text`, 'must be more than 0 characters');
    }
  }
}

/** Addresses that Slack makes links of. */
export function isAddress(value: Json): boolean {
  return typeof value === 'string' && value.length <= 3000 && /^(?:https?|mailto|tel|slack):\S+$/i.test(value);
}

function listOf(value: Json): readonly JsonObject[] {
  return Array.isArray(value) ? (value as readonly JsonObject[]) : [];
}
