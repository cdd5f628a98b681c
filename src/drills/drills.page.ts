import { type Html, html } from '#src/platform/http/pages/html';
import { goesOn } from '#src/platform/http/pages/goes-on';
import type { Page } from '#src/platform/http/pages/layout';
import { type RefusedForm, typed, whyRefused } from '#src/platform/http/pages/refused-form';
import { FAULT_WORDS } from './drill-words.ts';
import { DRILL_FAULTS, type DrillList, type DrillView, MINUTES } from './drills.types.ts';

export interface DrillsShown {
  readonly list: DrillList;
  /** Names; empty where there is none to choose. */
  readonly chats: readonly string[];
  readonly teams: readonly string[];
  /** Whether this person may begin one. */
  readonly may: boolean;
  readonly refused: RefusedForm | null;
}

const ACTION = '/drill';

/** What a drill is, a form to begin one, and those that were. */
export const drillsPage = ({ list, chats, teams, may, refused }: DrillsShown): Page => ({
  title: 'Drills',
  body: html`<h1>Drills</h1>
<p>A team rehearses an outage of its chat before there is one. Muster opens a room in the chat as for an incident; then that room, and no other, loses the chat for a few minutes. Nothing real breaks. Afterwards a report says what was noticed, who came, what was exchanged, and what to improve.</p>
${beginning(list, chats, teams, may, refused)}
<h2>Those that were</h2>
${list.drills.length === 0 ? html`<p>None yet.</p>` : html`<ul class="list">${list.drills.map(row)}</ul>`}
${goesOn(list)}
<p>Alone, with a pretend chat: <a href="/practice">practise</a>.</p>`,
});

function beginning(
  { drills }: DrillList,
  chats: readonly string[],
  teams: readonly string[],
  may: boolean,
  refused: RefusedForm | null,
): Html {
  const running = drills.find(({ phase }) => phase !== 'over');
  if (running) return html`<p class="trouble"><a href="/drill/${running.id}">${running.number}</a> goes on. ${running.say}</p>`;
  if (!may) return html`<p>Responders begin one.</p>`;
  if (chats.length === 0) return html`<p>No chat is connected here. <a href="/adapters">Connect one</a> first.</p>`;
  return html`<h2>Begin one</h2>
${whyRefused(refused, ACTION)}
<form method="post" action="${ACTION}">
<fieldset><legend>How does the chat break?</legend>
${DRILL_FAULTS.map((fault, n) => html`<label class="choice"><input type="radio" name="fault" value="${fault}"${(typed(refused, ACTION, 'fault') || DRILL_FAULTS[0]) === fault && html` checked`}${n === 0 && html` required`}> <b>${FAULT_WORDS[fault].label}</b>: ${FAULT_WORDS[fault].says('it')}</label>\n`)}</fieldset>
<label for="minutes">For how many minutes?</label>
<input id="minutes" name="minutes" type="number" min="${String(MINUTES.least)}" max="${String(MINUTES.most)}" required value="${typed(refused, ACTION, 'minutes', String(MINUTES.usual))}">
${chats.length > 1 && choice('chat', 'Which chat?', chats, refused, null)}
${teams.length > 0 && choice('team', 'Who is called into it?', teams, refused, 'Nobody: people are let in from the room')}
<fieldset><legend>Who else is told?</legend>
<label class="choice"><input type="checkbox" name="tells" value="on"${typed(refused, ACTION, 'tells') === 'on' && html` checked`}> <b>Tell people by mail, pager and webhook too.</b> Whoever is on call is paged; each notice begins with DRILL. Without it nobody is, and the ways count as what they proved last.</label></fieldset>
<button class="primary">Begin the drill</button></form>`;
}

const choice = (name: string, label: string, names: readonly string[], refused: RefusedForm | null, none: string | null): Html =>
  html`<label for="${name}">${label}</label>
<select id="${name}" name="${name}">${none !== null && html`<option value="">${none}</option>`}${names.map((each) => html`<option${typed(refused, ACTION, name) === each && html` selected`}>${each}</option>`)}</select>\n`;

const row = ({ id, number, chat, fault, by, begunAt, phase, report }: DrillView): Html =>
  html`<li><a href="/drill/${id}"><b>${number}</b> ${FAULT_WORDS[fault].title(chat)}</a><br><small>${moment(begunAt)}, begun by ${by}. ${phase === 'over' ? (report && report.of > 0 ? `${report.kept} of ${report.of} goals kept.` : 'Nothing was measured.') : 'It goes on.'}</small></li>\n`;

export const moment = (iso: string): Html => html`<time datetime="${iso}">${iso.slice(0, 16).replace('T', ' ')} UTC</time>`;
