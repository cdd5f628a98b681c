import { html } from '#src/platform/http/pages/html';
import type { Page } from '#src/platform/http/pages/layout';
import type { Draft } from './draft.ts';

/** When the room itself cannot be shown, because the database is away or the session has ended: what was typed stays. */
export function unsentPage(reference: string, draft: Draft, problem: string, signedOut: boolean): Page {
  return {
    title: 'Not sent yet',
    home: '/lite',
    body: html`<h1>Not sent yet</h1>
<p class="problem" role="alert">${problem}</p>
${signedOut && html`<p><a href="/sign-in" target="_blank" rel="noopener">Sign in in another tab</a>, then press the button here again.</p>`}
<form method="post" action="/lite/i/${encodeURIComponent(reference)}">
<input type="hidden" name="do" value="${draft.do}"><input type="hidden" name="id" value="${draft.id}"><input type="hidden" name="reason" value="${draft.reason}"><input type="hidden" name="about" value="${draft.about}"><input type="hidden" name="role" value="${draft.role}">
<label for="text">What you wrote</label>
<textarea id="text" name="text" rows="6">
${draft.text}</textarea>
<button class="primary">Send again</button>
</form>`,
  };
}
