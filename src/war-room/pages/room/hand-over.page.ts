import { type HandOverCard, handOverRows } from '#libs/war-room-protocol/hand-over';
import { type Html, html } from '#src/platform/http/pages/html';
import { clock } from '../times.ts';

/** What whoever takes over a role has to know. */
export const cardHtml = (card: HandOverCard): Html =>
  html`<dl class="card">${handOverRows(card).map(
    ({ name, words }) =>
      html`<div><dt>${name}</dt><dd>${words.map((part) => (typeof part === 'string' ? part : clock(part.at)))}</dd></div>\n`,
  )}</dl>`;
