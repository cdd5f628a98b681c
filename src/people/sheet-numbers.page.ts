import { LONGEST_SHEET_NUMBER, MOST_SHEET_NUMBERS } from '#libs/war-room-protocol/sheet';
import { html } from '#src/platform/http/pages/html';
import type { Page } from '#src/platform/http/pages/layout';
import { type RefusedForm, typed, whyRefused } from '#src/platform/http/pages/refused-form';

const ALL = '/settings/sheet';

/** What an admin puts on everybody's sheet. */
export const sheetNumbersPage = (numbers: readonly string[], refused: RefusedForm | null): Page => ({
  title: 'Numbers on the sheet',
  body: html`<h1>Numbers on the sheet</h1>
<p>Whom to call and which bridge to dial into when neither the chat nor the war room is to be had. They stand on the <a href="/sheet">sheet</a> that everybody prints; whoever printed theirs before has the old ones.</p>
<form method="post" action="${ALL}">${whyRefused(refused, ALL)}<label for="numbers">A line each, such as <q>Bridge: +49 30 1234567, PIN 4711</q>. At most ${MOST_SHEET_NUMBERS} lines of ${LONGEST_SHEET_NUMBER} letters.</label>
<textarea id="numbers" name="numbers" rows="8">${typed(refused, ALL, 'numbers', numbers.join('\n'))}</textarea>
<p><button class="primary">Save</button></p></form>
<p><a href="/settings">All settings</a></p>`,
});
