import { type Html, html } from '#src/platform/http/pages/html';
import type { Page } from '#src/platform/http/pages/layout';
import { goesOn } from '#src/platform/http/pages/goes-on';
import { DAYS, type TokenDraft } from './api-token-draft.ts';
import type { ApiToken } from './api-tokens.service.ts';
import { may } from './permissions.types.ts';
import { type AtTheDoor, SCOPES, type Scope } from './people.types.ts';

export interface Tokens {
  readonly tokens: readonly ApiToken[];
  readonly next: string | null;
  readonly more: boolean;
  readonly viewer: AtTheDoor;
  readonly draft: TokenDraft;
  readonly problem: string | null;
  readonly now: Date;
}

const MEANS: Readonly<Record<Scope, string>> = {
  read: 'see what you see',
  write: 'do what you do in incidents, in your name',
  admin: 'settings, people, tokens, invitations, audit and operations, besides',
};

/** A person's tokens and a form for another one. An admin sees everybody's. */
export function tokensPage({ tokens, viewer, draft, problem, now, ...rest }: Tokens): Page {
  return {
    title: 'Tokens',
    body: html`<h1>Tokens of the API</h1>
<p>A program that sends <code>Authorization: Bearer …</code> acts as you, and never does more than you may.</p>
${tokens.length === 0 ? html`<p>There is none yet.</p>` : html`<ul class="list">${tokens.map((token) => row(token, viewer, now))}</ul>`}
${goesOn(rest)}
<h2>Make one</h2>
${problem !== null && html`<p class="problem" role="alert" id="problem">${problem}</p>`}
<form method="post" action="/settings/tokens">
<label for="name">What is it for?</label>
<input type="text" id="name" name="name" value="${draft.name}" maxlength="40" required autocomplete="off"${problem !== null && html` aria-describedby="problem"`}>
<fieldset><legend>It may</legend>${SCOPES.filter((scope) => scope !== 'admin' || may(viewer.role, 'token.make-for-admins')).map((scope) => choice(scope, draft))}</fieldset>
<label for="days">It ends</label>
<select id="days" name="days">${DAYS.map((days) => html`<option value="${days}"${days === draft.days && html` selected`}>in ${days} days</option>`)}<option value=""${draft.days === null && html` selected`}>when it is revoked</option></select>
<button class="primary">Make a token</button>
</form>
<p><a href="/settings">All settings</a></p>`,
  };
}

function choice(scope: Scope, { scopes }: TokenDraft): Html {
  return html`<label class="choice"><input type="checkbox" name="scopes" value="${scope}"${scopes.includes(scope) && html` checked`}> <b>${scope}</b>: ${MEANS[scope]}</label>`;
}

function row({ id, name, person, scopes, expiresAt, lastUsedAt }: ApiToken, viewer: AtTheDoor, now: Date): Html {
  const isOver = expiresAt !== null && Date.parse(expiresAt) <= now.getTime();
  const end = expiresAt === null ? 'until it is revoked' : `${isOver ? 'ended' : 'until'} ${moment(expiresAt)}`;
  const used = lastUsedAt === null ? 'never used' : `last used about ${moment(lastUsedAt)}`;
  return html`<li><b>${name}</b>${person.id !== viewer.person.id && html`, of ${person.name}`}<br><small>${scopes?.join(', ') ?? 'everything'}; ${end}; ${used}${scopes === null && html`. It is the token that Muster was started with, and comes back at the next start while MUSTER_BOOTSTRAP_TOKEN is set`}</small>
<form method="post" action="/settings/tokens/${id}/revoke"><button aria-label="Revoke ${name}, of ${person.name}">Revoke</button></form></li>\n`;
}

/** Shown once, so it says how to go on. */
export function tokenMadePage({ name, expiresAt }: ApiToken, value: string): Page {
  return {
    title: 'A token',
    copies: true,
    body: html`<h1>${name}</h1>
<label for="token">Copy this token now: it is shown only here, and kept nowhere</label>
<input type="text" id="token" value="${value}" readonly data-copy autocomplete="off">
<p>It is good ${expiresAt === null ? 'until it is revoked' : `until ${moment(expiresAt)}`}. Try it: <code>curl -H 'Authorization: Bearer …' …/api/v1/me</code></p>
<p><a href="/settings/tokens">Your tokens</a> · <a href="/settings">All settings</a></p>`,
  };
}

const moment = (iso: string): string => `${iso.slice(0, 16).replace('T', ' ')} UTC`;
