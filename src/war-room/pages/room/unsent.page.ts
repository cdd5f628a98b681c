import { html } from '#src/platform/http/pages/html';
import type { Page } from '#src/platform/http/pages/layout';
import type { Draft } from './draft.ts';

/** When the room itself cannot be shown, because the database is away or the session has ended: what was typed stays. */
export function unsentPage(reference: string, { text, ...rest }: Draft, problem: string, signedOut: boolean): Page {
  return {
    title: 'Not sent yet',
    home: '/lite',
    body: html`<h1>Not sent yet</h1>
<p class="problem" role="alert">${problem}</p>
${signedOut && html`<p><a href="/sign-in" target="_blank" rel="noopener">Sign in in another tab</a>, then press the button here again.</p>`}
<form method="post" action="/lite/i/${encodeURIComponent(reference)}">
${Object.entries(rest).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<label for="text">What you wrote</label>
<textarea id="text" name="text" rows="6">
${text}</textarea>
<button class="primary">Send again</button>
</form>`,
  };
}
