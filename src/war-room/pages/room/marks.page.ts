import { type Html, html } from '#src/platform/http/pages/html';
import { answerWords, markWords } from './mark-words.ts';
import type { MessageMarks } from './message.queries.ts';

/** Above a message: whose it answers, and its first words. */
export function answerHtml(marks: MessageMarks | null, room: string): Html | null {
  if (!marks?.answers) return null;
  return html`<p class="muted">In answer to <a href="${room}#m${marks.answers.seq}">${answerWords(marks.answers)}</a></p>`;
}

/** Below it: what people made of it. */
export function marksHtml(marks: MessageMarks | null): Html | null {
  const words = marks && markWords(marks);
  return words ? html`<p class="muted">${words}</p>` : null;
}
