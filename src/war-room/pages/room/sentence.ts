import { fromMarkdown } from '#libs/rich-text/from-markdown';
import { toInlineHtml } from '#libs/rich-text/to-inline-html';
import { type Html, trusted } from '#src/platform/http/pages/html';

/** What Muster says, and in `said` what somebody wrote, as they wrote it (Markdown). */
export type Sentence = readonly (string | { readonly said: string })[];

/** For whoever reads it on a terminal. */
export const asWritten = (sentence: Sentence): string => sentence.map((part) => (typeof part === 'string' ? part : part.said)).join('');

/** For a page. `toInlineHtml` escapes by construction, which is the reason it is trusted here. */
export const asHtml = (sentence: Sentence): readonly (string | Html)[] =>
  sentence.map((part) => (typeof part === 'string' ? part : trusted(toInlineHtml(fromMarkdown(part.said)))));
