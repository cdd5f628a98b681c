import { type Html, html } from '#src/platform/http/pages/html';
import type { Page } from '#src/platform/http/pages/layout';
import { FAULT_WORDS } from './drill-words.ts';
import { moment } from './drills.page.ts';
import type { DrillLine, DrillReport, DrillView } from './drills.types.ts';

/** How far a drill is, and at its end how it went. It needs no script: whoever waits for it loads it again. */
export const drillPage = (drill: DrillView, may: boolean): Page => ({
  title: drill.number,
  body: html`<h1>${drill.number} ${FAULT_WORDS[drill.fault].title(drill.chat)}</h1>
<p class="trouble">This is a drill. Nothing real is broken.</p>
<p>${drill.say}</p>
${drill.phase !== 'over' && html`<p><a href="/drill/${drill.id}">Look again</a></p>`}
${drill.phase !== 'over' && may && html`<form method="post" action="/drill/${drill.id}"><button>End it now</button></form>`}
${drill.report && reported(drill.report)}
<h2>What happened when</h2>
<ul class="list">
<li>${moment(drill.begunAt)}: begun by ${drill.by}, for ${drill.minutes} minutes. ${drill.tells ? 'People are told by mail, pager and webhook.' : 'Nobody is told beside the room.'}</li>
${drill.brokenAt && html`<li>${moment(drill.brokenAt)}: broken</li>`}
${drill.healedAt && html`<li>${moment(drill.healedAt)}: well again</li>`}
${drill.overAt && html`<li>${moment(drill.overAt)}: over</li>`}
</ul>
<p><a href="/i/${drill.number}">Its war room</a> · <a href="/drill">All drills</a></p>`,
});

function reported({ kept, of, lines }: DrillReport): Html {
  const toDo = lines.filter(({ improve }) => improve !== null);
  return html`<h2>${kept} of ${of} goals kept</h2>
<ul class="list">${lines.map(item)}</ul>
<h2>What to improve</h2>
${toDo.length === 0 ? html`<p>Nothing that this drill could see.</p>` : html`<ul>${toDo.map(({ improve }) => html`<li>${improve}</li>\n`)}</ul>`}`;
}

const WORDS: Readonly<Record<DrillLine['is'], string>> = { kept: 'Kept', missed: 'Missed', unmeasured: 'Not measured' };

const item = ({ what, goal, came, is }: DrillLine): Html =>
  html`<li><b>${WORDS[is]}</b>: ${what}<br><small>Goal: ${goal}. It was: ${came}.</small></li>\n`;
