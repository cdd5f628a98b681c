import type { Answer, Content, Form, HttpOut } from '@musterhq/chat-port';
import { toText } from '#libs/rich-text/to-text';
import { type CardAttachment, attachmentOf } from '../content/card.ts';
import { formCard } from '../content/form-card.ts';
import { answerCard } from '../content/render.ts';

const json = (body: object): HttpOut => ({ status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
const EMPTY: HttpOut = { status: 200 };

/** To a button of a card: the card is replaced, or the one who pressed it is told something. It can open no form. */
export function asCardAnswer(answer: Answer): HttpOut {
  if (answer.t === 'replace') return json({ statusCode: 200, type: CARD, value: answerCard(answer.content).content });
  return json({ statusCode: 200, type: MESSAGE, value: wordsOf(answer) });
}

/** To a button that opens a form: the form itself, or a word in its place. */
export function asFetchAnswer(answer: Answer): HttpOut {
  if (answer.t === 'form') return dialog(answer.form.title, attachmentOf(formCard(answer.form)));
  return answer.t === 'none' ? EMPTY : message(wordsOf(answer));
}

/** To a form that was sent: it closes, or stays open with what was typed and what is wrong with it. */
export const asSubmitAnswer =
  (form: Form, values: Readonly<Record<string, readonly string[]>>) =>
  (answer: Answer): HttpOut => {
    if (answer.t === 'none') return EMPTY;
    if (answer.t === 'form') return dialog(answer.form.title, attachmentOf(formCard(answer.form)));
    if (answer.t === 'errors') return dialog(form.title, attachmentOf(formCard(form, { values, errors: answer.errors })));
    return message(wordsOf(answer));
  };

const CARD = 'application/vnd.microsoft.card.adaptive';
const MESSAGE = 'application/vnd.microsoft.activity.message';

const dialog = (title: string, card: CardAttachment): HttpOut =>
  json({ task: { type: 'continue', value: { title, height: 'medium', width: 'medium', card } } });
const message = (value: string): HttpOut => json({ task: { type: 'message', value } });

function wordsOf(answer: Answer): string {
  if (answer.t === 'form') return `Teams cannot open “${answer.form.title}” from this button.`;
  if (answer.t === 'errors') return Object.values(answer.errors).join('\n');
  return 'content' in answer ? textOf(answer.content) : '';
}

const textOf = (content: Content): string => toText(content);
