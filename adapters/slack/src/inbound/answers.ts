import type { types } from '@slack/bolt';
import type { Answer, Interaction, RoomRef } from '@musterhq/chat-port';
import { contentView, formView } from '../content/form-view.ts';
import { render, type SlackBody } from '../content/render.ts';
import type { AnswerDoor } from './bolt-decoder.ts';

/** Slack waits three seconds; the way back takes a part of them. */
export const ANSWER_MS = 2_500;

export type AnswerPayload =
  | { readonly response_type: 'ephemeral'; readonly text: string; readonly blocks: SlackBody['blocks'] }
  | { readonly response_action: 'errors'; readonly errors: Record<string, string> }
  | { readonly response_action: 'update'; readonly view: types.ModalView };

/** The room an answer's mentions are relative to: an interaction in a form has none. */
export const roomOfAnswer = ({ room, user }: Interaction): RoomRef => room ?? { adapter: user.adapter, tenant: user.tenant, room: '' };

/**
 * An answer in Slack's words; undefined for an empty one.
 *
 * A submitted form can be answered with errors, another form, or words in its place. A command or a press is answered
 * with words for the person alone; they open a form by `Forms.open` and their trigger, for Slack has no such answer.
 */
export function answerPayload(door: AnswerDoor, answer: Answer, room: RoomRef): AnswerPayload | undefined {
  const isForm = door === 'view';
  switch (answer.t) {
    case 'none':
      return undefined;
    case 'form':
      return isForm ? { response_action: 'update', view: formView(answer.form) } : privately(FORM_NOT_HERE);
    case 'errors':
      return isForm ? { response_action: 'errors', errors: answer.errors } : privately(Object.values(answer.errors).join('\n'));
    case 'replace':
    case 'private':
      return isForm ? { response_action: 'update', view: contentView(answer.content, room) } : privatelyRendered(answer, room);
  }
}

const FORM_NOT_HERE = 'The form could not be opened. Please try again.';

/** One answer is one message: what does not fit into it is said to be missing. */
function privatelyRendered({ content }: Extract<Answer, { t: 'replace' | 'private' }>, room: RoomRef): AnswerPayload {
  const [first, ...more] = render(content, room).parts.map(({ body }) => body as SlackBody);
  const { text, blocks } = first ?? { text: content.summary, blocks: [] };
  const rest: SlackBody['blocks'] =
    more.length > 0
      ? [{ type: 'context', elements: [{ type: 'plain_text', text: 'This answer is longer than Slack shows here.', emoji: false }] }]
      : [];
  return { response_type: 'ephemeral', text, blocks: [...blocks.slice(0, 49), ...rest] };
}

function privately(text: string): AnswerPayload {
  return { response_type: 'ephemeral', text, blocks: [{ type: 'section', text: { type: 'plain_text', text, emoji: false } }] };
}
