import type { Block, Content, Inline } from '@musterhq/chat-port';
import type { SearchPage, SearchResult } from '#libs/war-room-protocol/search';
import type { Verb } from '#src/conversation/conversation.types';
import { viewerOf } from '#src/incidents/visibility.queries';
import { mustHaveScope } from '#src/people/permissions.types';
import { hintsOf } from '#libs/war-room-protocol/search-hints';
import type { Search } from './search.service.ts';

/** An answer in a chat is read, not paged: the rest is on a page. */
const SHOWN = 5;

export function findVerb(search: Search, publicUrl: string): Verb {
  return {
    name: 'find',
    usage: 'find <words>',
    help: 'looks for incidents and for what was said in them. Only you see the answer.',
    inRoom: false,
    late: 'answer',
    forThemAlone: true,
    async run({ tx, by, text }) {
      // A command is sent as a change, and this one only reads.
      mustHaveScope(by.scopes ?? null, 'read');
      const found = await search.findIn(tx, text, await viewerOf(tx, by.person.id));
      return { say: answer(text, found, publicUrl), seq: null };
    },
  };
}

function answer(asked: string, found: SearchPage, publicUrl: string): Content {
  const { results } = found;
  const all = new URL(`/search?${new URLSearchParams({ q: asked }).toString()}`, publicUrl).href;
  const more = results.length > SHOWN || found.next !== null;
  const blocks: Block[] = [
    ...hintsOf(found).map((hint): Block => paragraph(words(hint))),
    ...(results.length > 0 ? [{ t: 'list', ordered: false, items: results.slice(0, SHOWN).map(itemOf) } satisfies Block] : []),
    ...(more ? [paragraph(link(all, 'Everything that was found'))] : []),
  ];
  return { summary: results.length === 0 ? 'Nothing was found' : `Found for ${asked}`, blocks };
}

function itemOf({ incident, seq, by, excerpts }: SearchResult): Block[] {
  const [excerpt] = excerpts;
  const said = seq === null || by === null ? '' : `${by.name}: `;
  return [
    paragraph(
      link(incident.url, `${incident.number} ${incident.title}`),
      ...(excerpt && excerpt.in !== 'title' ? [words(` ${said}${excerpt.text}`)] : []),
    ),
  ];
}

const words = (v: string): Inline => ({ t: 'text', v });
const link = (href: string, text: string): Inline => ({ t: 'link', href, c: [words(text)] });
const paragraph = (...c: Inline[]): Block => ({ t: 'p', c });
