import { reactions, reactionSign } from '#libs/war-room-protocol/reactions';
import type { HeardView } from '#libs/war-room-protocol/heard';
import type { IncidentView } from '#libs/war-room-protocol/views';
import type { AtTheDoor } from '#src/people/people.types';
import { type Html, html } from '#src/platform/http/pages/html';
import type { Page } from '#src/platform/http/pages/layout';
import { clock, day, ZONE } from '../times.ts';
import type { Draft } from './draft.ts';
import type { FormState } from './forms.ts';
import { heardHtml } from './heard.page.ts';
import { firstWords } from './mark-words.ts';
import { answerHtml, marksHtml } from './marks.page.ts';
import { mayHere } from './may-here.ts';
import { messageHtml } from './message-html.ts';
import type { OneMessage } from './message.queries.ts';

export interface MessageView {
  readonly incident: IncidentView;
  readonly message: OneMessage;
  readonly heard: HeardView;
  readonly viewer: AtTheDoor;
}

/** One message, what it said before, and what can be done with it. */
export function messagePage(view: MessageView, state: FormState): Page {
  const { incident, message, heard } = view;
  const by = message.by?.name ?? message.via;
  return {
    title: `What ${by} wrote in ${incident.number}`,
    home: '/lite',
    body: html`<h1>What ${by} wrote in <a href="/lite/i/${incident.number}#m${message.seq}">${incident.number}</a></h1>
${state.problem !== null && html`<p class="problem" role="alert" id="problem">${state.problem}</p>`}
<p class="muted">${day(message.at)} ${clock(message.at)} ${ZONE}, via ${message.via}</p>
${answerHtml(message, `/lite/i/${incident.number}`)}
<blockquote>${message.now === null ? html`<p class="muted">Deleted</p>` : messageHtml(message.now)}</blockquote>
${marksHtml(message)}
${message.earlier.length > 0 && html`<h2>What it said before</h2>\n<ol>${message.earlier.map(({ at, text }) => html`<li><small>${clock(at)}</small>${messageHtml(text)}</li>`)}</ol>`}
${heardHtml(heard)}
${message.now === null ? replyForm(view, state) : actions(view, state, message.now)}`,
  };
}

function actions(view: MessageView, state: FormState, now: string): Html {
  const { message, viewer } = view;
  const isOwn = message.by?.id === viewer.person.id;
  const mayDelete = isOwn || mayHere(view, 'message.delete');
  return html`${replyForm(view, state)}
${reactForms(view, state)}
${form(view, state, message.pinned ? 'unpin' : 'pin', html`<button>${message.pinned ? 'Take off the timeline' : 'Put on the timeline'}</button>`)}
${view.heard.chats.some(({ state: stands }) => stands === 'doubtful' || stands === 'refused') && form(view, state, 'say-again', html`<button>Say it again</button>`)}
${isOwn && form(view, state, 'edit', html`<label for="edit">As it should read</label>\n<textarea id="edit" name="text" rows="4">\n${kept(state, 'edit') || now}</textarea><button>Save</button>`)}
${mayDelete && form(view, state, 'delete', html`<p class="muted">“${firstWords(now)}” disappears here and in the chats. The log keeps it.</p><button>Delete</button>`)}`;
}

const replyForm = (view: MessageView, state: FormState): Html =>
  form(
    view,
    state,
    'reply',
    html`<label for="reply">Reply</label>\n<textarea id="reply" name="text" rows="3">\n${kept(state, 'reply')}</textarea><button class="primary">Send</button>`,
  );

function reactForms(view: MessageView, state: FormState): Html {
  const isMine = (emoji: string): boolean =>
    view.message.reactions.some((one) => one.emoji === emoji && one.people.some(({ id }) => id === view.viewer.person.id));
  const mine = view.message.reactions.filter(({ emoji }) => isMine(emoji));
  const others = reactions.filter(({ name }) => !isMine(name));
  return html`${form(
    view,
    state,
    'react',
    html`<label for="react">React</label>\n<select id="react" name="text">${others.map(({ name, sign, says }) => html`<option value="${name}">${sign} ${says}</option>`)}</select><button>React</button>`,
  )}${mine.map(({ emoji }) => form(view, state, 'take-back', html`<input type="hidden" name="text" value="${emoji}"><button>Take back ${reactionSign(emoji)}</button>`))}`;
}

function form({ incident, message }: MessageView, state: FormState, kind: Draft['do'], fields: Html): Html {
  return html`<form method="post" action="/lite/i/${incident.number}"><input type="hidden" name="do" value="${kind}"><input type="hidden" name="id" value="${state.id}"><input type="hidden" name="about" value="${message.seq}">${fields}</form>\n`;
}

const kept = (state: FormState, kind: Draft['do']): string => (state.draft?.do === kind ? state.draft.text : '');
