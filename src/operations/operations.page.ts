import { type Html, html } from '#src/platform/http/pages/html';
import type { Page } from '#src/platform/http/pages/layout';
import type { WorkState } from '#src/platform/shedding/work.types';
import type { AsideView, OperationsView, ProcessView, QueueView } from './operations.types.ts';

export interface Said {
  readonly text: string;
  readonly isProblem: boolean;
}

/** How Muster is: what lies aside, what waits, who works. No script, so that it works when little else does. */
export const operationsPage = ({ quarantine, queues, processes, work }: OperationsView, said: Said | null, now: Date): Page => ({
  title: 'Operations',
  body: html`<h1>Operations</h1>
${said && html`<p class="${said.isProblem ? 'problem' : 'say'}" role="${said.isProblem ? 'alert' : 'status'}">${said.text}</p>`}
<h2 id="aside">Put aside</h2>
<p>Muster tried each of these three times, a webhook mostly for three days. Everything else went on. <b>Try again</b> once what was wrong is put right; <b>drop</b> what nobody needs any more.</p>
${quarantine.length === 0 ? html`<p>Nothing is put aside.</p>` : html`<ul class="list">${quarantine.map((one) => asideItem(one, now))}</ul>`}
<h2>Work that can be given up</h2>
<p>In this order. Under load Muster gives up the first by itself, and takes it up again when it is calm. The room itself is never given up.</p>
<ol>${work.map(workItem)}</ol>
<h2>Waiting</h2>
${queues.length === 0 ? html`<p>Nothing waits.</p>` : html`<ul class="list">${queues.map((queue) => queueItem(queue, now))}</ul>`}
<h2>Processes</h2>
${processes.length === 0 ? html`<p>No process has said yet that it is alive. They do so every five seconds.</p>` : html`<ul class="list">${processes.map((one) => processItem(one, now))}</ul>`}
<p><a href="/settings">All settings</a></p>`,
});

function asideItem({ id, what, incident, problem, tries, since, state, outcome, missing }: AsideView, now: Date): Html {
  return html`<li><b>${what}</b>${incident && html`, <a href="/lite/i/${incident}">${incident}</a>`}
<p>${ago(since, now)}, tried ${tries} times. Why: <code>${problem}</code></p>
${outcome && html`<p>Last decision: ${outcome}</p>`}
${
  state === 'replaying'
    ? html`<p class="trouble">A worker is asked to try it again. Load this page again to see what came of it.</p>`
    : html`<form method="post" action="/operations/quarantine/${id}"><button name="do" value="replay" aria-label="Try again: ${what}, ${id.slice(0, 8)}">Try again</button></form>
<details><summary>Drop it</summary><form method="post" action="/operations/quarantine/${id}"><p>${missing}</p>
<label for="why-${id}">Why it may be dropped</label><input type="text" id="why-${id}" name="why" required maxlength="300" autocomplete="off">
<button name="do" value="drop">Drop it for good</button></form></details>`
}</li>\n`;
}

function workItem({ class: work, name, on, means, decidedBy, switch: said }: WorkState): Html {
  const who = {
    nobody: '',
    load: ' by itself, under load',
    file: ' by the file switches.json',
    person: ` by ${said?.by?.name ?? 'somebody'}`,
  }[decidedBy];
  return html`<li><b>${name}</b>: ${on ? html`on${who}` : html`<span class="trouble">off${who}. ${means}</span>`}
${said && html`<p>Why: ${said.why}${said.until && ` Until ${said.until.slice(0, 16).replace('T', ' ')} UTC.`}</p>`}
<details><summary>Change: ${name}</summary><form method="post" action="/operations/switches/${work}">
${on && html`<p>When it is off: ${means}</p>`}
<label for="why-${work}">Why</label><input type="text" id="why-${work}" name="why" required maxlength="300" autocomplete="off">
<label for="minutes-${work}">For how many minutes (empty: until somebody changes it)</label><input type="text" inputmode="numeric" id="minutes-${work}" name="minutes" autocomplete="off">
${on ? html`<button name="do" value="off">Switch off</button>` : html`<button name="do" value="on">Switch on, whatever the load</button>`}
${decidedBy === 'person' && html` <button name="do" value="auto">Leave it to Muster</button>`}
</form></details></li>\n`;
}

const queueItem = ({ name, length, oldest }: QueueView, now: Date): Html =>
  html`<li>${name}: <b>${length}</b>${oldest && html`, the oldest ${ago(oldest, now)}`}</li>\n`;

function processItem({ roles, host, pid, startedAt, seenAt, alive, load }: ProcessView, now: Date): Html {
  return html`<li><b>${roles.join(', ')}</b> on ${host}, process ${pid}, started ${ago(startedAt, now)}.
${
  alive
    ? html`Alive. Its event loop is late by ${load.loopDelayMs} ms; ${load.poolWaiting} wait for the database.${load.off.length > 0 && html` <span class="trouble">Given up: ${load.off.join(', ')}.</span>`}`
    : html`<span class="trouble">Not heard of since ${ago(seenAt, now)}.</span>`
}</li>\n`;
}

/** A page without a script cannot count on, so it says how long it was when it was made. */
function ago(at: string, now: Date): string {
  const seconds = Math.max(0, Math.round((now.getTime() - Date.parse(at)) / 1_000));
  if (seconds < 90) return `${seconds} s ago`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min ago`;
  return seconds < 36 * 3_600 ? `${Math.round(seconds / 3_600)} h ago` : `${Math.round(seconds / 86_400)} days ago`;
}
