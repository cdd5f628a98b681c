import type { types } from '@slack/bolt';
import type { Field } from '@musterhq/chat-port';
import { shorten } from './graphemes.ts';
import { INPUT_CHARS, LABEL_CHARS } from './limits.ts';
import { listOf, optionsOf } from './options.ts';

/** A field as an input block. Its id names the block, so that errors and values find their way back by it. */
export function fieldBlock(field: Field): types.InputBlock {
  return {
    type: 'input',
    block_id: field.id,
    label: plain(field.label || field.id, LABEL_CHARS),
    element: inputOf(field),
    optional: !field.required,
    ...(field.hint ? { hint: plain(field.hint, LABEL_CHARS) } : {}),
  };
}

const plain = (text: string, max: number): types.PlainTextElement => ({ type: 'plain_text', text: shorten(text, max), emoji: false });

function inputOf(field: Field): types.InputBlock['element'] {
  const action_id = field.id;
  switch (field.t) {
    case 'line':
    case 'text':
      return {
        type: 'plain_text_input',
        action_id,
        multiline: field.t === 'text',
        ...(field.max === undefined ? {} : { max_length: Math.min(field.max, INPUT_CHARS) }),
        ...(field.value ? { initial_value: field.value } : {}),
      };
    case 'choice': {
      const options = optionsOf(field.options);
      const initial = options.find(({ value }) => value !== undefined && field.value?.includes(value));
      return { type: 'static_select', action_id, ...listOf(options), ...(initial ? { initial_option: initial } : {}) };
    }
    case 'choices': {
      const options = optionsOf(field.options);
      const initial = options.filter(({ value }) => value !== undefined && field.value?.includes(value));
      return { type: 'multi_static_select', action_id, ...listOf(options), ...(initial.length > 0 ? { initial_options: initial } : {}) };
    }
    case 'person':
      return { type: 'users_select', action_id, ...(field.value ? { initial_user: field.value } : {}) };
    case 'date':
      return { type: 'datepicker', action_id, ...(field.value ? { initial_date: field.value } : {}) };
    case 'instant':
      return { type: 'datetimepicker', action_id, ...instant(field.value) };
    case 'number':
      return { type: 'number_input', action_id, is_decimal_allowed: true, ...(field.value ? { initial_value: field.value } : {}) };
  }
}

function instant(value: string | undefined): { initial_date_time?: number } {
  const at = value ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? {} : { initial_date_time: Math.floor(at / 1000) };
}
