import type { SetupStep } from '@musterhq/chat-port';
import { type Html, type Part, html } from '#src/platform/http/pages/html';
import type { Page } from '#src/platform/http/pages/layout';
import type { Choice } from './first-config.ts';
import { type Pasted, newIn } from './pasted.ts';
import type { ChatSetup, NamedSecret } from './setups.ts';

/** What came of the form that was sent: of the secrets, or of the test message. */
export interface Said {
  readonly lines: readonly string[];
  readonly isProblem: boolean;
  readonly of: 'secrets' | 'test';
  /** By secret: why what was entered is not kept, said beside its field. */
  readonly fields?: Readonly<Record<string, string>>;
}

interface Around {
  /** Where this Muster is. */
  readonly address: string;
  /** What is entered would be encrypted. */
  readonly canKeep: boolean;
  readonly canTest: boolean;
  readonly said: Said | null;
}

/** What is left to do before a chat works, with what has to be copied and what can be entered. */
export function setupPage(setup: ChatSetup, { address, canKeep, canTest, said }: Around): Page {
  const { id, name, steps, problem, choices, ruledBy, isEntered, file } = setup;
  const isOpen = ruledBy === 'admin' && canKeep && (steps?.some(({ ask }) => ask) ?? false);
  return {
    title: `Set up ${name}`,
    home: '/lite',
    copies: true,
    body: html`<h1>Set up ${name}</h1>
${choices.map((choice) => choiceForm(setup, choice))}
${problem !== null && html`<p class="trouble">Its adapter cannot say how it is set up: ${problem}</p>`}
${said?.of === 'secrets' && told(said)}
${steps && (isOpen ? secretsForm(setup, steps, said?.fields ?? {}) : stepList(setup, steps, null))}
${!steps && problem === null && html`<p>${name} has no steps to show here. ${file ? 'What its settings may be is said where its adapter comes from.' : html`Its settings are in <code>docs/configuration.md</code>.`}</p>`}
${ruledBy === 'admin' && !canKeep && html`<p class="trouble">Nothing can be entered here: Muster has nothing to encrypt it with. Set <code>MUSTER_SECRET</code> where Muster is started, the same on every machine, and start it again.</p>`}
${canTest && testForm(setup, said?.of === 'test' ? said : null)}
${!isEntered && otherWay(setup)}
<p>This Muster says it is at <code>${address}</code>; a chat that sends to it has to reach it there, at <code>${address}/hooks/${id}</code>.</p>
${isEntered && disconnectForm(setup)}
${setup.pasted !== null && html`<form id="pasted" method="post" action="${actionOf(id)}"><input type="hidden" name="do" value="pasted"></form>`}
<p><a href="/adapters">All chats</a></p>`,
  };
}

const actionOf = (id: string): string => `/adapters/${id}/setup`;

const told = ({ lines, isProblem }: Said): Html =>
  html`<div role="${isProblem ? 'alert' : 'status'}"${isProblem && html` class="problem"`}>${lines.map((line) => html`<p>${line}</p>`)}</div>`;

/** One form for all, so that what belongs together is tried together. */
function secretsForm(setup: ChatSetup, steps: readonly SetupStep[], refused: Refused): Html {
  const { id, plugin, name, choices, isEntered } = setup;
  return html`<form method="post" action="${actionOf(id)}" autocomplete="off">
<input type="hidden" name="plugin" value="${plugin}"><input type="hidden" name="name" value="${name}">
${choices.map((choice) => html`<input type="hidden" name="${choice.name}" value="${choice.chosen}">`)}
${stepList(setup, steps, refused)}
<p>What you enter is tried first. If it works it is kept encrypted, and used at once: Muster need not be started again.</p>
<p><button class="primary" name="do" value="connect">${isEntered ? 'Try and keep the new ones' : `Connect ${name}`}</button></p>
</form>`;
}

/** By secret, why it was not kept. */
type Refused = NonNullable<Said['fields']>;

/** `refused`: null where nothing can be entered. */
const stepList = (setup: ChatSetup, steps: readonly SetupStep[], refused: Refused | null): Html =>
  html`<ol>${steps.map((step) => stepItem(setup, step, refused))}</ol>`;

function stepItem(setup: ChatSetup, { id, title, done, wrong, say, give, ask }: SetupStep, refused: Refused | null): Html {
  const pasted = give && 'text' in give && setup.pasted && whetherPasted(id, give.text, setup.pasted.get(id));
  const isOld = give && 'text' in give && (setup.pasted?.get(id)?.given ?? give.text) !== give.text;
  return html`<li><h2>${title}${done && !isOld && ' (done)'}</h2><p${wrong && html` class="trouble"`}>${withLinks(say)}</p>${give && gift(setup.id, id, give)}${pasted}${ask && refused && field(setup, ask, refused)}</li>\n`;
}

/** The most lines that are shown of what is new: who wants all of it has it above. */
const MOST_NEW = 12;

/** A chat tells little of what became of it, so what was pasted is kept here. Its button belongs to a form of its own, which Enter in a field does not send. */
function whetherPasted(step: string, text: string, pasted: Pasted | undefined): Html {
  const button = (words: string): Html => html`<button form="pasted" name="step" value="${step}">${words}</button>`;
  if (!pasted)
    return html`<p>Muster does not know whether this is what was pasted there. Once it is, say so: it then says here when there is a newer one. ${button('It is pasted as it stands here')}</p>`;
  const on = `${pasted.at.toISOString().slice(0, 10)}`;
  if (pasted.given === text) return html`<p>Pasted on ${on}, and not changed since.</p>`;
  const lines = newIn(text, pasted.given);
  return html`<p class="trouble">It changed since it was pasted on ${on}: paste it once more.</p>
${lines.length > 0 && html`<p>New in it:</p><ul>${lines.slice(0, MOST_NEW).map((line) => html`<li><code>${line}</code></li>`)}${lines.length > MOST_NEW && html`<li>and ${lines.length - MOST_NEW} more</li>`}</ul>`}
<p>${button('It is pasted as it stands here')}</p>`;
}

function field({ secrets }: ChatSetup, { secret, label }: NonNullable<SetupStep['ask']>, refused: Refused): Html {
  const isKept = secrets.includes(secret);
  const why = refused[secret];
  const isFirst = Object.keys(refused)[0] === secret;
  return html`<label for="secret-${secret}">${label}</label>
${why !== undefined && html`<p class="problem" id="why-${secret}">${withLinks(why)}</p>`}<input id="secret-${secret}" name="secret.${secret}" type="password" autocomplete="off" spellcheck="false"${why !== undefined && html` aria-invalid="true" aria-describedby="why-${secret}"`}${isFirst && html` autofocus`}${isKept && html` placeholder="kept; leave it empty to keep it"`}>`;
}

function testForm({ id, name }: ChatSetup, said: Said | null): Html {
  return html`<form method="post" action="${actionOf(id)}"><h2>Send a test message</h2>
<p>Muster opens a private room in ${name} with you in it, says something there, and waits to hear of it: all that an incident needs.</p>
${said && told(said)}
<label for="test-who">Your mail address there, or your handle</label><input id="test-who" name="who" required maxlength="200">
<p><button name="do" value="test">Send a test message</button></p></form>`;
}

function otherWay({ id, file, missing, ruledBy, plugin }: ChatSetup): Html {
  if (file) return html`<h2>Where its settings are</h2>${inFile(id, file)}`;
  if (ruledBy === 'admin' && id !== plugin) return html``;
  return html`<h2>${ruledBy === 'operator' ? 'Where its settings are' : 'Or where Muster is started'}</h2>
<p>${ruledBy === 'operator' ? html`They come from where Muster is started, which counts before anything that is entered here: <code>CHAT_ADAPTERS=${id}</code> and the variables below. Muster reads them when it starts.` : html`Start Muster again with <code>CHAT_ADAPTERS=${id}</code> and the variables below, instead of entering anything here. They then count first.`}</p>
${missing.length > 0 && html`<p>Still missing for that:</p><ul>${missing.map((line) => html`<li>${line}</li>`)}</ul>`}`;
}

function disconnectForm({ id, name }: ChatSetup): Html {
  return html`<form method="post" action="${actionOf(id)}"><h2>Disconnect ${name}</h2>
<p>You are told first what that means.</p>
<p><button name="do" value="disconnect">Disconnect ${name}…</button></p></form>`;
}

function inFile(id: string, { path, secrets }: NonNullable<ChatSetup['file']>): Html {
  return html`<p>Its settings are the entry <code>"id": "${id}"</code> of <code>${path}</code>. Muster reads them when it starts.</p>
<p>A secret that a step asks for is named there, with the variable that it is read from: <code>"secrets": { "a-name": { "env": "A_VARIABLE" } }</code>. Set the variable where Muster is started.</p>
${secrets.length > 0 && html`<ul>${secrets.map(secretItem)}</ul>`}`;
}

const secretItem = ({ name, variable, isSet }: NamedSecret): Html =>
  html`<li><code>${name}</code>, from <code>${variable}</code>: ${isSet ? 'set' : 'not set'}</li>`;

function choiceForm({ plugin, name: called, id }: ChatSetup, { name, about, options, chosen }: Choice): Html {
  return html`<form method="get">${id !== plugin && html`<input type="hidden" name="plugin" value="${plugin}"><input type="hidden" name="name" value="${called}">`}<label for="choice-${name}">${about}</label>
<select id="choice-${name}" name="${name}">${options.map(({ value, says }) => html`<option value="${value}"${value === chosen && html` selected`}>${says}</option>`)}</select>
<button>Show the steps for this</button></form>`;
}

const ADDRESS = /(https:\/\/[^\s"]*[^\s".,;:)])/;

const withLinks = (say: string): readonly Part[] =>
  say.split(ADDRESS).map((part, at) => (at % 2 === 1 ? html`<a href="${part}" target="_blank" rel="noreferrer">${part}</a>` : part));

function gift(chat: string, id: string, give: NonNullable<SetupStep['give']>): Html {
  if ('download' in give) return html`<p><a href="/adapters/${chat}/setup/${encodeURIComponent(give.download)}">${give.label}</a></p>`;
  const rows = Math.min(20, give.text.split('\n').length + 1);
  return html`<label for="give-${id}">${give.label}, to copy</label>
<textarea id="give-${id}" rows="${rows}" readonly data-copy spellcheck="false">
${give.text}</textarea>`;
}
