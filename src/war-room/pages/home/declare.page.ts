import { kinds, SEEN_BY_NOBODY, severities } from '#libs/war-room-protocol/vocabulary';
import { type Html, html } from '#src/platform/http/pages/html';
import type { Page } from '#src/platform/http/pages/layout';
import type { DeclareDraft } from './declare-draft.ts';

export const declarePage = (draft: DeclareDraft, problem: string | null): Page => ({
  title: 'Declare an incident',
  home: '/lite',
  body: html`<h1>Declare an incident</h1>${declareForm(draft, problem)}`,
});

export function declareForm(draft: DeclareDraft, problem: string | null): Html {
  const { key, title, severity, summary } = draft;
  return html`${problem !== null && html`<p class="problem" role="alert" id="problem">${problem}</p>`}
<form method="post" action="/declare"><input type="hidden" name="key" value="${key}">
<label for="title">What is broken?</label>
<input type="text" id="title" name="title" value="${title}" autocomplete="off" required aria-describedby="hint${problem !== null && ' problem'}">
<p class="muted" id="hint">A few words are enough. Everything can be changed later.</p>
<fieldset><legend>How bad is it?</legend>
${severities.map(
  ({ name, label, guidance }) =>
    html`<label class="choice"><input type="radio" name="severity" value="${name}"${name === severity && html` checked`}>${name} ${label}: ${guidance.toLowerCase()}</label>\n`,
)}</fieldset>
<label for="summary">What do you know so far?</label>
<textarea id="summary" name="summary" rows="3">
${summary}</textarea>
${more(draft)}
<button class="primary">Declare</button>
</form>`;
}

/** What few need: folded, unless something in it was chosen. */
function more({ kind, private: isPrivate, triage }: DeclareDraft): Html {
  return html`<details${(isPrivate || triage || kind !== 'standard') && html` open`}><summary>More</summary>
<label for="kind">What sort of thing is it?</label>
<select id="kind" name="kind">${kinds.map(({ name, label, guidance }) => html`<option value="${name}"${name === kind && html` selected`}>${label}: ${guidance.toLowerCase()}</option>`)}</select>
<label class="choice"><input type="checkbox" name="private"${isPrivate && html` checked`}>Private: only those who take part see it</label>
<label class="choice"><input type="checkbox" name="triage"${triage && html` checked`}>To be triaged: somebody else says whether it is an incident</label>
<p class="muted">Both together: ${SEEN_BY_NOBODY.toLowerCase().slice(0, 1)}${SEEN_BY_NOBODY.slice(1)}</p></details>`;
}
