import type { MirrorView } from '#libs/war-room-protocol/mirrors';
import { absentWords, type FileOfMessage, isOfMessage } from '#libs/war-room-protocol/message-files';
import { describeFile } from '#libs/war-room-protocol/files';
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
    const line = lineHtml(item, incident, mirrors, offerHtml(item, items, incident));
    if (!line) return [];
    const changed = date !== day(item.event.displayAt);
    date = day(item.event.displayAt);
    return changed ? [html`<li class="note">${date}</li>\n`, line] : [line];
  });
  return html`<ol class="flow">\n${lines}</ol>`;
}

/** The button that applies what was asked for too late, until somebody has. */
function offerHtml({ event }: FlowItem, items: readonly FlowItem[], incident: string): Html | null {
  if (event.type !== 'command.offered') return null;
  if (items.some(({ event: later }) => later.type === 'command.applied' && later.data.offerId === event.id)) return null;
  return html`<form method="post" action="/lite/i/${incident}"><input type="hidden" name="do" value="apply"><input type="hidden" name="text" value="${event.id}"><button>Apply</button></form>`;
}

function lineHtml(
  { event, now, edited, marks, files }: FlowItem,
  incident: string,
  mirrors: readonly MirrorView[],
  offer: Html | null,
): Html | null {
  const at = html`<time datetime="${event.displayAt.slice(0, 19)}Z">${clock(event.displayAt)}</time>`;
  const late = event.late && html` <span class="late">late</span>`;
  if (isOfMessage(event)) return null;
  if (event.type !== 'message.posted') {
    const words = happening(event);
    const file = event.type === 'file.added' && html` <a href="${fileHref(incident, event.data.fileId)}">Open ${event.data.name}</a>`;
    const card = event.type === 'incident.role-changed' && event.data.card && cardHtml(event.data.card);
    return words === null ? null : html`<li class="note" id="m${event.seq}">${at} ${asHtml(words)}${late}${file}${card}${offer}</li>\n`;
  }
  const body = now === null ? html`<p class="muted">Deleted</p>` : now !== '' && messageHtml(now);
  return html`<li id="m${event.seq}"><b>${event.by?.name ?? event.via.name}</b> <a href="/lite/i/${incident}/m/${event.seq}">${at}</a> <small>via ${event.via.name}${edited && ', edited'}</small>${late}${answerHtml(marks, '')}${body}${files.map((file) => fileHtml(file, incident, event.via.name))}${marksHtml(marks)}${unsaidHtml(mirrors, event, incident)}</li>\n`;
}

/** What a message of a chat came with: to be opened, or why it cannot be. */
function fileHtml(file: FileOfMessage, incident: string, chat: string): Html {
  if (file.state === 'lost') {
    const there = file.href !== undefined && html` <a href="${file.href}" rel="noreferrer">Look for it in ${chat}</a>`;
    return html`<p class="trouble">${absentWords(file, chat)}${there}</p>`;
  }
  if (file.state !== 'kept') return html`<p class="muted">${absentWords(file, chat)}</p>`;
  const { fact } = file;
  const href = fileHref(incident, fact.fileId);
  return html`<p><a href="${href}">Open ${fact.name}</a> (${describeFile(fact)})</p>`;
}
