import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../rules/planted.ts';

/** A document that names a file which was moved sends a newcomer astray. */
describe('Places that the documents name', () => {
  it.each(['README.md', 'CONTRIBUTING.md', 'docs/architecture.md'])('%s: are there', (document) => {
    const named = placesIn(readFileSync(join(ROOT, document), 'utf8'));

    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((place) => !existsSync(join(ROOT, place)))).toEqual([]);
  });

  it('are found in text as people write it', () => {
    expect(placesIn('see `src/rooms/say`, `docs/events.md#x` and `/incident`')).toEqual(['src/rooms/say', 'docs/events.md']);
  });
});

const placesIn = (text: string): string[] =>
  [...text.matchAll(/`((?:src|adapters|libs|test|docs|scripts)\/[\w./-]*\w)/g)].map(([, place = '']) => place);
