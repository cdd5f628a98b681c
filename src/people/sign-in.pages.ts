import type { Page } from '#src/platform/http/pages/layout';
import { type Html, html } from '#src/platform/http/pages/html';
import { PASSKEY_PATH } from './passkey-script.ts';
import { passkeyDoor } from './passkeys.pages.ts';
import { FEW } from './printed-codes.service.ts';
import type { RelyingParty } from './relying-party.ts';

export interface OpenLink {
  readonly token: string;
  readonly purpose: 'admin' | 'invitation';
  readonly to: string;
  /** Whose session it opens; null when somebody new signs in and has to say their name. */
  readonly name: string | null;
  readonly typed?: string;
  readonly problem?: string;
}

/** What a link opens: one button, or one field and a button. Looking at it uses nothing up. */
export function openLinkPage({ token, purpose, to, name, typed = '', problem }: OpenLink): Page {
  return {
    title: 'Sign in',
    body: html`<h1>Sign in to Muster</h1>
${problem && html`<p class="problem" role="alert" id="problem">${problem}</p>`}
<p>${whoYouWillBe(purpose, name)}</p>
<form method="post" action="/sign-in/${encodeURIComponent(token)}">
<input type="hidden" name="to" value="${to}">
${name === null ? nameField(typed, problem !== undefined) : null}
<button class="primary">${name === null ? 'Sign in' : `Sign in as ${name}`}</button>
</form>
<p class="muted">The link works once. This browser then stays signed in for 30 days.</p>`,
  };
}

function whoYouWillBe(purpose: OpenLink['purpose'], name: string | null): string {
  if (purpose === 'invitation') return 'You come in as a responder: you can declare, write, lead and invite others.';
  if (name === null) return 'You are the first one here and become the admin, who can also connect chats.';
  return `This link is for ${name}, the admin: whatever you do is shown as theirs. If you are somebody else, ask them for an invitation.`;
}

function nameField(typed: string, invalid: boolean): Html {
  return html`<label for="name">What should people call you?</label>
<input type="text" id="name" name="name" value="${typed}" maxlength="80" autocomplete="name" required${invalid && html` aria-invalid="true" aria-describedby="problem"`}>`;
}

/** For whoever stands outside: which doors there are. */
export function doorsPage(to: string, onlyPractises: boolean, passkeys: RelyingParty | null): Page {
  return {
    title: 'Sign in',
    script: PASSKEY_PATH,
    body: html`<h1>Sign in to Muster</h1>
${onlyPractises && html`<p class="say">You only practise so far${to !== '/' && html`, and <code>${to}</code> is for real`}: that needs a name. <a href="/practice">Back to your practice</a></p>`}
${!onlyPractises && to !== '/' && html`<p>The page that you asked for, <code>${to}</code>, is for people who are signed in. Open it again afterwards.</p>`}
<p>Muster has no passwords, and asks nobody else who you are.</p>
${passkeys && passkeyDoor(passkeys, to)}
${codeForm(to)}
<h2>With a link</h2>
<p>Each of these gives you one that works once:</p>
<ul>
<li>Somebody inside can invite you: <q>Invite somebody</q> in the list of incidents.</li>
<li>On the machine where Muster runs, <code>npm run sign-in</code> prints one for the admin.</li>
<li>Starting Muster in a terminal prints one too.</li>
</ul>
<p>Only want to see it? Muster prints a practice link when it starts.</p>
${tokenForm(to)}`,
  };
}

/** For whoever is in, before what an open laptop may not do. `has`: passkeys. */
export function confirmPage(name: string, to: string, passkeys: RelyingParty | null, has: boolean): Page {
  return {
    title: 'Is it still you?',
    script: PASSKEY_PATH,
    body: html`<h1>Is it still you, ${name}?</h1>
<p>Exports, settings, roles, tokens, passkeys and codes are for whoever has shown within ten minutes who they are. Sign in again, any way; then go back and press once more. What you typed is still there.</p>
${passkeys && has && passkeyDoor(passkeys, to)}
${passkeys && !has && html`<p>You have no passkey yet: <a href="/settings/passkeys">make your first one</a>, and this is a touch.</p>`}
${codeForm(to)}
<h2>With neither</h2>
<ul>
<li>An admin can make codes for you: People, Sheet.</li>
<li>On the machine where Muster runs, <code>npm run sign-in</code> prints a link for the admin. Open it in this browser.</li>
</ul>`,
  };
}

/** The door for whoever has nothing but a sheet of paper. */
function codeForm(to: string, refused?: { readonly typed: string; readonly problem: string }): Html {
  return html`<h2>With a code from your sheet</h2>
${refused && html`<p class="problem" role="alert" id="problem">${refused.problem}</p>`}
<form method="post" action="/sign-in">
<input type="hidden" name="to" value="${to}">
<label for="code">One of the codes that you printed, such as <code>K7QM-4F2P-9TWX</code></label>
<input type="text" id="code" name="code" value="${refused?.typed ?? ''}" maxlength="40" autocomplete="off" autocapitalize="characters" spellcheck="false" required${refused !== undefined && html` aria-invalid="true" aria-describedby="problem"`}>
<button>Sign in with it</button>
</form>`;
}

export const codeRefusedPage = (to: string, typed: string, problem: string): Page => ({
  title: 'Sign in',
  body: html`<h1>Sign in to Muster</h1>${codeForm(to, { typed, problem })}<p><a href="/sign-in?to=${encodeURIComponent(to)}">Other ways to sign in</a></p>`,
});

/** The door for machines without a terminal. */
function tokenForm(to: string, problem?: string): Html {
  return html`<h2>With a token</h2>
${problem && html`<p class="problem" role="alert" id="problem">${problem}</p>`}
<form method="post" action="/sign-in">
<input type="hidden" name="to" value="${to}">
<label for="token">The token that Muster was started with (<code>MUSTER_BOOTSTRAP_TOKEN</code>)</label>
<input type="password" id="token" name="token" autocomplete="off" required${problem !== undefined && html` aria-invalid="true" aria-describedby="problem"`}>
<button>Sign in as the first admin</button>
</form>`;
}

export const tokenRefusedPage = (to: string): Page => ({
  title: 'Sign in',
  body: html`<h1>Sign in to Muster</h1>${tokenForm(to, 'This is not the token that Muster was started with. Check that all of it was copied, and try again.')}<p><a href="/sign-in">Other ways to sign in</a></p>`,
});

/** `codes`: on their sheet; null where they never had one. */
export function alreadyInsidePage(
  name: string,
  to: string,
  { why, codes = null }: { readonly why?: string; readonly codes?: number | null } = {},
): Page {
  return {
    title: 'Signed in',
    body: html`<h1>You are signed in as ${name}</h1>
${why !== undefined && html`<p>${why} <a href="${to}">go on</a>.</p>`}
${why === undefined && html`<p><a href="${to}">Go on</a></p>`}
${codes !== null && codes <= FEW && html`<p class="problem">${['No code is', 'One code is'][codes] ?? `${codes} codes are`} left on your sheet. <a href="/sheet">Print a new one</a> while you are in.</p>`}
<form method="post" action="/sign-out"><button>Sign out</button></form>`,
  };
}
