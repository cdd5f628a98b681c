import { type ArchiveRule, LONGEST_ARCHIVE_DAYS } from '#libs/war-room-protocol/archiving';
import { html } from '#src/platform/http/pages/html';
import type { Page } from '#src/platform/http/pages/layout';
import { type RefusedForm, typed, whyRefused } from '#src/platform/http/pages/refused-form';

const ALL = '/settings/archiving';

/** After how many days the channels of what is over are archived. */
export const archivingPage = ({ days }: ArchiveRule, refused: RefusedForm | null = null): Page => ({
  title: 'Archiving',
  body: html`<h1>Archiving</h1>
<p>Once an incident has been over for so many days, and nobody has done anything in it since, its channel is archived in each chat that can. What was said there stays in its room here, and the channel is told so some minutes before, as the last that is said in it; whoever writes something then keeps it open.</p>
<p>${days === null ? 'No channel is archived now.' : `Channels are archived after ${days === 1 ? 'one day' : `${days} days`} now.`} Where many are due, they are archived one after the other, and none while something said on one side has not arrived on the other.</p>
<form method="post" action="${ALL}">${whyRefused(refused, ALL)}<label for="days">Days after an incident is over. Empty: channels stay as they are.</label>
<input type="number" id="days" name="days" value="${typed(refused, ALL, 'days', days === null ? '' : String(days))}" min="1" max="${LONGEST_ARCHIVE_DAYS}" step="1" inputmode="numeric">
<p><button class="primary">Save</button></p></form>
<p>A channel that somebody unarchives stays so, until its incident was opened again and is over once more. When an incident is opened again, Muster brings back the channel that it archived where the chat lets it. Slack lets no app do that: the incident's room then says what to do.</p>
<p><a href="/audit">What was changed, and by whom</a> · <a href="/settings">All settings</a></p>`,
});
