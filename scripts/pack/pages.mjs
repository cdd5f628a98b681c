import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { inProject, isThere } from '../prepare/project.mjs';

/** The pages of each package. Those of all are neighbours: wherever one is installed, the other is beside it. */
const PAGES = {
  'chat-port': ['libs/chat-port/README.md', 'libs/chat-port/CONTRACT.md'],
  'adapter-testkit': ['libs/adapter-testkit/README.md', 'docs/write-an-adapter.md'],
};

/** By their names in the package, with links that lead from there to where it is. Throws for a link that leads out of the packages. */
export const pagesOf = (name) => new Map(PAGES[name].map((page) => [posix.basename(page), relinked(page)]));

function relinked(page) {
  return readFileSync(inProject(page), 'utf8').replace(/\]\((?!https?:|#)([^)#]+)/g, (_, target) => {
    const path = posix.join(posix.dirname(page), target);
    const [name] = Object.entries(PAGES).find(([, pages]) => pages.includes(path)) ?? [];
    if (!name || !isThere(path)) throw new Error(`${page} leads to ${target}. Whoever has only the packages does not have it.`);
    return `](../${name}/${posix.basename(path)}`;
  });
}
