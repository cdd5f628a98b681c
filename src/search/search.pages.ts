import type { Excerpt, SearchPage, SearchResult } from '#libs/war-room-protocol/search';
import { type Html, html } from '#src/platform/http/pages/html';
import type { Page } from '#src/platform/http/pages/layout';
import { searchChars } from '#libs/war-room-protocol/search';
import { hintsOf } from '#libs/war-room-protocol/search-hints';

/** A form and what it found. Without a question there are no results. */
export const searchPageOf = (q: string, found: SearchPage | null): Page => ({
  title: q === '' ? 'Search' : `Search: ${q}`,
  home: '/lite',
  body: html`<h1>Search</h1>
<form method="get" action="/search" role="search">
<label for="q">What to look for</label>
<input type="search" id="q" name="q" value="${q}" maxlength="${searchChars}" autocomplete="off" aria-describedby="how">
<p class="muted" id="how">Words, "words in this order", -not-this, or a number such as INC-12.</p>
<button class="primary">Search</button>
</form>
${found && resultsOf(q, found)}`,
});

function resultsOf(q: string, found: SearchPage): Html {
  const hints = hintsOf(found).map((hint) => html`<p>${hint}</p>`);
  if (found.results.length === 0) return html`${hints}`;
  const next = found.next && `/search?${new URLSearchParams({ q, after: found.next }).toString()}`;
  return html`${hints}<ol class="list">${found.results.map(row)}</ol>${next && html`<p><a href="${next}">More results</a></p>`}`;
}

/** What was said is shown where it stands: a page of the room ends with it, and opens there. */
function row({ incident, seq, at, by, via, excerpts }: SearchResult): Html {
  const { number, title, severity, status } = incident;
  const place = seq === null ? '' : `?before=${seq + 1}#m${seq}`;
  const who = seq === null ? `${severity}, ${status}, declared` : `${by?.name ?? via?.name ?? 'Muster'} via ${via?.name ?? 'web'}`;
  return html`<li><a href="/lite/i/${number}${place}">${number} ${title}</a><br><small>${who} <time datetime="${at}">${at.slice(0, 16).replace('T', ' ')} UTC</time></small>
${excerpts.map((excerpt) => html`<p>${markedOf(excerpt)}</p>`)}</li>\n`;
}

function markedOf({ text, marks }: Excerpt): Html {
  let at = 0;
  const parts = marks.map(([begin, end]) => {
    const part = html`${text.slice(at, begin)}<mark>${text.slice(begin, end)}</mark>`;
    at = end;
    return part;
  });
  return html`${parts}${text.slice(at)}`;
}
