import type { types } from '@slack/bolt';
import type { Answer, Envelope, HttpOut, RoomRef } from '@musterhq/chat-port';
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
export function roomOfAnswer({ event }: Envelope): RoomRef {
  const via = 'via' in event ? event.via : undefined;
  return via?.room ?? { adapter: via?.user.adapter ?? '', tenant: via?.user.tenant ?? '', room: '' };
}

/**
 * What goes back with the acknowledgement; undefined for an empty one.
 *
 * A command can be answered with words for the person alone, a submitted form with errors, another form, or words in
 * its place. A command opens a form by `Forms.open` and its trigger, not here: there is no such answer in Slack.
 */
export function answerPayload(door: AnswerDoor, answer: Answer, room: RoomRef): AnswerPayload | undefined {
  switch (answer.t) {
    case 'none':
      return undefined;
    case 'form':
      return door === 'view' ? { response_action: 'update', view: formView(answer.form) } : privately(FORM_NOT_HERE);
    case 'errors':
      return door === 'view' ? { response_action: 'errors', errors: answer.errors } : privately(Object.values(answer.errors).join('\n'));
    case 'replace':
    case 'private':
      return door === 'view' ? { response_action: 'update', view: contentView(answer.content, room) } : privatelyRendered(answer, room);
  }
}

export function answerHttp(door: AnswerDoor, answer: Answer, room: RoomRef): HttpOut {
  const payload = answerPayload(door, answer, room);
  return payload
    ? { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(payload) }
    : { status: 200, body: '' };
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
