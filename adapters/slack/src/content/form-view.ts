import type { types } from '@slack/bolt';
import type { Content, Form, RoomRef } from '@musterhq/chat-port';
import { fieldBlock } from './field-block.ts';
import { shorten } from './graphemes.ts';
import { MODAL_FIELDS, MODAL_STATE, MODAL_TITLE } from './limits.ts';
import { piecesOf } from './slack-blocks.ts';

const plain = (text: string): types.PlainTextElement => ({ type: 'plain_text', text: shorten(text, MODAL_TITLE), emoji: false });

/** Why Slack would not take the form; undefined when it would. State is never shortened: half a state is a wrong one. */
export function formProblem(form: Form): string | undefined {
  if ((form.state?.length ?? 0) > MODAL_STATE) return `The form's state is longer than the ${MODAL_STATE} characters Slack keeps.`;
  if (form.fields.length > MODAL_FIELDS) return `The form has more than the ${MODAL_FIELDS} fields Slack shows.`;
  if (new Set(form.fields.map(({ id }) => id)).size < form.fields.length) return 'Two fields of the form have the same id.';
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

/** What a person is told in place of a form they submitted. */
export function contentView(content: Content, room: RoomRef): types.ModalView {
  const pieces = piecesOf(content.blocks.length > 0 ? content.blocks : [{ t: 'p', c: [{ t: 'text', v: content.summary }] }], {
    room,
    losses: [],
  });
  return {
    type: 'modal',
    title: plain(content.summary || 'Muster'),
    close: plain('Close'),
    blocks: pieces.slice(0, MODAL_FIELDS).map(({ block }) => block),
  };
}
