import type { Conversation } from './conversations.ts';

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object | string | Uint8Array;
}

const MAX_BYTES = 100_000;
const ELEMENTS = [
  'RichTextBlock',
  'TextBlock',
  'ActionSet',
  'Container',
  'FactSet',
  'Input.Text',
  'Input.ChoiceSet',
  'Input.Number',
  'Input.Date',
];

export const failed = (status: number, code: string): Answer => ({ status, body: { error: { code, message: `${code}.` } } });

/** Why Teams does not take this activity; `undefined` when it does. */
export function objection(conversation: Conversation | undefined, activity: unknown): Answer | undefined {
  if (!conversation) return failed(404, 'ConversationNotFound');
  if (conversation.isWithoutApp) return failed(403, 'BotNotInConversationRoster');
  if (conversation.archived) return failed(403, 'MessageWritesBlocked');
  if (activity === undefined) return undefined;
  const { type, text, attachments } = activity as Record<string, unknown>;
  const cards = Array.isArray(attachments) ? (attachments as Record<string, unknown>[]) : [];
  if (JSON.stringify(activity).length * 2 > MAX_BYTES) return failed(413, 'MessageSizeTooBig');
  if (type !== 'message' || (text === undefined && cards.length === 0)) return failed(400, 'BadSyntax');
  return cards.every(isCard) ? undefined : failed(400, 'BadArgument');
}

function isCard({ contentType, content }: Record<string, unknown>): boolean {
  const { type, version, body } = (content ?? {}) as Record<string, unknown>;
  const elements = Array.isArray(body) ? (body as Record<string, unknown>[]) : [];
  const isKnown = elements.every((element) => ELEMENTS.includes(String(element.type)));
  return (
    contentType === 'application/vnd.microsoft.card.adaptive' &&
    type === 'AdaptiveCard' &&
    version === '1.5' &&
    elements.length > 0 &&
    isKnown
  );
}
