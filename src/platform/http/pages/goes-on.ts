import { type Html, html } from './html.ts';

/** The way to the rest of a list, below it. */
export const goesOn = ({ next, more }: { readonly next: string | null; readonly more: boolean }): Html | false =>
  more && next !== null && html`<p><a href="?after=${next}">More</a></p>`;
