import { isOpenCategory, kindLabel, SEEN_BY_NOBODY, severities } from '#libs/war-room-protocol/vocabulary';
import { isSafeHref } from '#libs/rich-text/safe-href';
import { type Html, html } from '#src/platform/http/pages/html';
import type { Page } from '#src/platform/http/pages/layout';
import { age, clock, day, ZONE } from '../times.ts';
import { flowHtml } from './flow.page.ts';
import {
  fileForm,
  kindForm,
  type FormState,
  messageForm,
  participantForms,
  roleForm,
  sayAgainForm,
  privacyForm,
  severityForm,
  statusForms,
  summaryForm,
  titleForm,
} from './forms.ts';
import { mirrorWords } from './mirror-words.ts';
import type { RoomView } from './room-view.ts';
import { rolesToReadHtml } from './roles-to-read.page.ts';
import { nudgeForms, updateForm } from './update-forms.ts';
import { asHtml } from './sentence.ts';
import { nextUpdateWords, updateWords } from './update-words.ts';

export interface Said {
  /** Answered to the sender alone. */
  readonly say?: string | undefined;
}

/** The room without a script: the facts with a form beside each, what was said, and a box to write in. */
export function roomPage(view: RoomView, state: FormState & Said): Page {
  const { incident } = view;
  return {
    title: `${incident.number} ${incident.title}`,
    home: '/lite',
    body: html`${incident.kind === 'drill' && html`<p class="trouble">This is a drill. Nothing real is broken.</p>`}
<h1>${severityMark(incident.severity)} ${incident.number} ${incident.title}</h1>
<nav aria-label="This room"><a href="#end">Write</a> · <a href="/i/${incident.number}">Full page</a> · <a href="/i/${incident.number}.txt">Text</a></nav>
${view.givenUp.map((line) => html`<p class="trouble">${line}</p>\n`)}
${notices(state)}
${rolesToReadHtml(view)}
${incident.isPrivate && incident.category === 'triage' && html`<p class="trouble">${SEEN_BY_NOBODY}</p>`}
${incident.mergedInto && html`<p class="trouble">Merged into <a href="/lite/i/${incident.mergedInto}">${incident.mergedInto}</a>. People go on there.</p>`}
${facts(view, state)}
<h2>${view.before === null ? 'What was said' : 'Older'}</h2>
<p class="muted">All times are ${ZONE}. Follow the time of a message to reply to it, edit it or react.${view.flow.older !== null && html` <a href="/lite/i/${incident.number}?before=${view.flow.older}">Older messages</a>`}${view.before !== null && html` <a href="/lite/i/${incident.number}#end">Newest messages</a>`}</p>
${flowHtml(view.flow.items, incident.number, view.mirrors)}
<section id="end" aria-label="Write">${messageForm(view, state)}${fileForm(view, state)}</section>`,
  };
}

export function severityMark(name: string): Html {
  const label = severities.find((severity) => severity.name === name)?.label ?? '';
  return html`<span class="sev ${name}">${name} ${label}</span>`;
}

function notices({ problem, say }: FormState & Said): Html {
  return html`${problem !== null && html`<p class="problem" role="alert" id="problem">${problem}</p>`}${say && html`<p class="say" role="status">${say}</p>`}`;
}

function facts(view: RoomView, state: FormState): Html {
  const { incident, mirrors, people, now } = view;
  const isOver = !isOpenCategory(incident.category);
  const since = `${day(incident.declaredAt)} ${clock(incident.declaredAt)} ${ZONE}`;
  return html`<dl class="facts">
${fact('Severity', incident.severity, severityForm(view, state))}
${fact('Status', incident.status, statusForms(view, state))}
${view.roles.map((role) => fact(role.name, role.holder?.name ?? 'Nobody yet', roleForm(view, state, role)))}
${fact(isOver ? 'Took' : 'Open', html`${age(incident.declaredAt, incident.endedAt ?? now)}, declared${incident.declaredBy && ` by ${incident.declaredBy.name}`} ${since}`)}
${fact('Last update', lastUpdate(view), html`${nudgeForms(view, state)}${updateForm(view, state)}`)}
${fact('Summary', incident.summary === null ? 'None yet' : written(incident.summary), summaryForm(view, state))}
${fact('Title', incident.title, titleForm(view, state))}
${fact('Kind', kindLabel(incident.kind), kindForm(view, state))}
${fact('Shown to', incident.isPrivate ? 'Those who take part only' : 'Everybody in the organisation', privacyForm(view, state))}
${incident.declined && fact('Declined because', written(incident.declined))}
${incident.learned && fact('What will not happen again', written(incident.learned))}
${fact('Took part', namesOf(people, false) || 'Nobody yet', participantForms(view, state))}
${namesOf(people, true) && fact('Watches', namesOf(people, true))}
${fact('Also in', mirrors.length === 0 ? 'Nowhere else' : html`<ul>${mirrors.map(mirrorItem)}</ul>`, sayAgainForm(view, state))}
</dl>`;
}

function lastUpdate({ waiting, now }: RoomView): Html {
  const next = nextUpdateWords(waiting, now);
  const { last } = waiting;
  return html`${last ? [`${clock(last.at)} `, asHtml(updateWords({ data: last }, last.by ? ` by ${last.by.name}` : ''))] : 'None yet'}${next !== null && html`<br>${next}`}`;
}

const namesOf = (people: RoomView['people'], observers: boolean): string =>
  people
    .filter(({ observer }) => observer === observers)
    .map(({ name }) => name)
    .join(', ');

function mirrorItem(mirror: RoomView['mirrors'][number]): Html {
  const { say, trouble } = mirrorWords(mirror);
  const { surface, permalink, admits } = mirror;
  return html`<li>${trouble ? html`<span class="trouble">${say}</span>` : say}${linkTo(permalink, 'Open there')}${linkTo(admits?.href, `What ${surface.name} says`)}</li>`;
}

const linkTo = (href: string | null | undefined, text: string): Html | false =>
  typeof href === 'string' && isSafeHref(href) && html` <a href="${href}" rel="noreferrer">${text}</a>`;

const written = (said: string): Html => html`${asHtml([{ said }])}`;

const fact = (name: string, value: Html | string, form?: Html | false): Html => html`<div><dt>${name}</dt><dd>${value}${form}</dd></div>\n`;
