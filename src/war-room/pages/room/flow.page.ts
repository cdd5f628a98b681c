import type { MirrorView } from '#libs/war-room-protocol/mirrors';
import { type Html, html } from '#src/platform/http/pages/html';
import { clock, day } from '../times.ts';
import type { FlowItem } from './flow.queries.ts';
import { fileHref } from './file-href.ts';
import { happening } from './happening.ts';
import { answerHtml, marksHtml } from './marks.page.ts';
import { cardHtml } from './hand-over.page.ts';
import { messageHtml } from './message-html.ts';
import { asHtml } from './sentence.ts';
import { unsaidHtml } from './unsaid.page.ts';

/** The middle of the room, oldest first, with the date where it changes. */
export function flowHtml(items: readonly FlowItem[], incident: string, mirrors: readonly MirrorView[]): Html {
  let date = '';
  const lines = items.flatMap((item) => {
    const line = lineHtml(item, incident, mirrors);
    if (!line) return [];
    const changed = date !== day(item.event.displayAt);
    date = day(item.event.displayAt);
    return changed ? [html`<li class="note">${date}</li>\n`, line] : [line];
  });
  return html`<ol class="flow">\n${lines}</ol>`;
}

function lineHtml({ event, now, edited, marks }: FlowItem, incident: string, mirrors: readonly MirrorView[]): Html | null {
  const at = html`<time datetime="${event.displayAt.slice(0, 19)}Z">${clock(event.displayAt)}</time>`;
  const late = event.late && html` <span class="late">late</span>`;
  if (event.type !== 'message.posted') {
    const words = happening(event);
    const file = event.type === 'file.added' && html` <a href="${fileHref(incident, event.data.fileId)}">Open ${event.data.name}</a>`;
    const card = event.type === 'incident.role-changed' && event.data.card && cardHtml(event.data.card);
    return words === null ? null : html`<li class="note" id="m${event.seq}">${at} ${asHtml(words)}${late}${file}${card}</li>\n`;
  }
  const body = now === null ? html`<p class="muted">Deleted</p>` : messageHtml(now);
  return html`<li id="m${event.seq}"><b>${event.by?.name ?? event.via.name}</b> <a href="/lite/i/${incident}/m/${event.seq}">${at}</a> <small>via ${event.via.name}${edited && ', edited'}</small>${late}${answerHtml(marks, '')}${body}${marksHtml(marks)}${unsaidHtml(mirrors, event, incident)}</li>\n`;
}
