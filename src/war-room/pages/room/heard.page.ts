import { type HeardView, heardIn } from '#libs/war-room-protocol/heard';
import { type Html, html } from '#src/platform/http/pages/html';
import { clock } from '../times.ts';

/** Where a message has been heard, for everybody who reads it. */
export function heardHtml({ at, chats }: HeardView): Html {
  return html`<h2>Where it has been heard</h2>
<ul><li>In the room: ${clock(at)}</li>${chats.map(inChat)}</ul>`;
}

function inChat(chat: HeardView['chats'][number]): Html {
  const { surface, at, permalink, why, losses } = chat;
  const open = permalink !== null && html` <a href="${permalink}" rel="noreferrer">Open there</a>`;
  return html`<li>In ${surface.name}: ${heardIn(chat)}${at !== null && `, ${clock(at)}`}${why !== null && `. ${why}`}${losses.length > 0 && `. Not as here: ${losses.join('; ')}`}${open}</li>`;
}
