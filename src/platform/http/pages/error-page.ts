import type { Problem } from '../problems.ts';
import { type Part, html } from './html.ts';
import { documentOf } from './layout.ts';

/** The same sentence as over the API, for somebody who followed a link, and a way on. */
export function errorPage(problem: Problem, path: string): string {
  const { title, say } = wordsFor(problem);
  const [href, label] = wayOn(problem, path);
  return documentOf({ title, body: html`<h1>${title}</h1><p>${withCode(say)}</p><p><a href="${href}">${label}</a></p>` });
}

/** What is to be typed stands between backticks, as in the API's answers. */
const withCode = (say: string): readonly Part[] => say.split('`').map((part, at) => (at % 2 === 1 ? html`<code>${part}</code>` : part));

function wordsFor({ status, title, detail }: Problem): { title: string; say: string } {
  // The framework's own words for an unknown route, which are meant for programmers.
  if (status === 404 && detail.startsWith('Cannot '))
    return { title: 'There is no such page', say: 'Nothing is at this address. It may be mistyped or cut off.' };
  if (status === 401) return { title: 'You are not signed in', say: detail };
  return { title, say: detail };
}

function wayOn({ status, title }: Problem, path: string): [href: string, label: string] {
  if (title === 'Confirm first') return ['/confirm?to=/settings', 'Show that it is you'];
  if (status === 401) return [`/sign-in?to=${encodeURIComponent(path)}`, 'How to sign in'];
  if (status === 410) return ['/sign-in', 'Other ways to sign in'];
  return ['/', 'Go to the incidents'];
}
