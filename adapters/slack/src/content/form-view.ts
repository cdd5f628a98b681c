import type { types } from '@slack/bolt';
import type { Content, Field, Form, RoomRef } from '@musterhq/chat-port';
import { fieldBlock } from './field-block.ts';
import { shorten } from './graphemes.ts';
import { MODAL_FIELDS, MODAL_STATE, MODAL_TITLE, OPTION_GROUPS, OPTION_VALUE, OPTIONS, VIEW_BLOCKS } from './limits.ts';
import { isTooLong } from './options.ts';
import { piecesOf } from './slack-blocks.ts';

const plain = (text: string): types.PlainTextElement => ({ type: 'plain_text', text: shorten(text, MODAL_TITLE), emoji: false });

/** Why Slack would not take the form; undefined when it would. State is never shortened: half a state is a wrong one. */
export function formProblem(form: Form): string | undefined {
  if ((form.state?.length ?? 0) > MODAL_STATE) return `The form's state is longer than the ${MODAL_STATE} characters Slack keeps.`;
  if (form.fields.length > MODAL_FIELDS) return `The form has more than the ${MODAL_FIELDS} fields Slack shows.`;
  if (new Set(form.fields.map(({ id }) => id)).size < form.fields.length) return 'Two fields of the form have the same id.';
  return form.fields.map(fieldProblem).find((problem) => problem !== undefined);
}

function fieldProblem(field: Field): string | undefined {
  if (field.t !== 'choice' && field.t !== 'choices') return undefined;
  if (field.options.length === 0) return `The field "${field.label}" has nothing to choose from.`;
  if (field.options.length > OPTIONS * OPTION_GROUPS) return `The field "${field.label}" has more choices than Slack shows.`;
  if (field.options.some(isTooLong))
    return `A choice of the field "${field.label}" has a value of more than the ${OPTION_VALUE} characters Slack keeps.`;
  return undefined;
}

export function formView(form: Form): types.ModalView {
  return {
    type: 'modal',
    callback_id: form.id,
    title: plain(form.title),
    submit: plain(form.submit),
    close: plain('Cancel'),
    notify_on_close: true,
    blocks: form.fields.map(fieldBlock),
    ...(form.state === undefined ? {} : { private_metadata: form.state }),
  };
}

const MORE: types.ContextBlock = {
  type: 'context',
  elements: [{ type: 'plain_text', text: 'There is more, and Slack shows no more here.' }],
};

/** What a person is told in place of a form they submitted. */
export const contentView = (content: Content, room: RoomRef): types.ModalView => ({
  type: 'modal',
  title: plain(content.summary || 'Muster'),
  close: plain('Close'),
  blocks: blocksOf(content, room),
});

/** What a person finds under "Home". */
export const homeView = (content: Content, room: RoomRef): types.HomeView => ({ type: 'home', blocks: blocksOf(content, room) });

function blocksOf(content: Content, room: RoomRef): types.KnownBlock[] {
  const pieces = piecesOf(content.blocks.length > 0 ? content.blocks : [{ t: 'p', c: [{ t: 'text', v: content.summary }] }], {
    room,
    losses: [],
    files: [],
  });
  const blocks = pieces.map(({ block }) => block);
  return pieces.length > VIEW_BLOCKS ? [...blocks.slice(0, VIEW_BLOCKS - 1), MORE] : blocks;
}
