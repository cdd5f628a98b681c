import { roleSentence } from '#libs/war-room-protocol/roles';
import { isOpenCategory } from '#libs/war-room-protocol/vocabulary';
import { type Html, html } from '#src/platform/http/pages/html';
import type { RoleToRead } from '#src/rooms/read-marks.service';
import { clock } from '../times.ts';
import { cardHtml } from './hand-over.page.ts';
import { action } from './forms.ts';
import type { RoomView } from './room-view.ts';

/** Roles that others gave to whoever looks: what they ask and what there is to know, until they say that they read it. Over, nothing is asked of them. */
export const rolesToReadHtml = (view: RoomView): Html =>
  html`${isOpenCategory(view.incident.category) && view.rolesToRead.map((one) => roleHtml(one, view))}`;

function roleHtml({ seq, at, by, change, instructions }: RoleToRead, view: RoomView): Html {
  const sentence = roleSentence(change, by).join('');
  return html`<section class="say" aria-label="${change.name}: you have it now"><p><b>${sentence}</b>, ${clock(at)}.${instructions !== '' && ` ${instructions}`}</p>${change.card && cardHtml(change.card)}
<form method="post" action="${action(view)}/read"><input type="hidden" name="roles" value="${seq}"><button>I have read it</button></form></section>\n`;
}
