import type { IncidentView } from '#libs/war-room-protocol/views';

const SHOWN = 3;
/** Shorter words are in every sentence. */
const LONG_ENOUGH = 3;
/** Words are the same word as far as this: "fails" and "failing". */
const SAME_CHARS = 5;

/** Said of whatever is broken: alike in these alone, two incidents are not alike. */
const OF_ANY = new Set(
  'all and are but can cannot customers down error errors every everybody everything fail failed failing fails for from has have incident issue late nobody not nothing one out problem problems since slow some the two very was were with working'.split(
    ' ',
  ),
);

/** Those that go on and share a telling word with what is being written, the most alike first. Pure. */
export function similarTo(title: string, open: readonly IncidentView[]): readonly IncidentView[] {
  const written = wordsOf(title);
  return open
    .map((incident) => ({ incident, shared: sharedBy(written, wordsOf(`${incident.title} ${incident.summary ?? ''}`)) }))
    .filter(({ shared }) => shared > 0)
    .toSorted((one, other) => other.shared - one.shared)
    .slice(0, SHOWN)
    .map(({ incident }) => incident);
}

const sharedBy = (written: ReadonlySet<string>, others: ReadonlySet<string>): number =>
  [...written].filter((word) => others.has(word)).length;

const wordsOf = (text: string): ReadonlySet<string> =>
  new Set(
    text
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word.length >= LONG_ENOUGH && !OF_ANY.has(word))
      .map((word) => word.slice(0, SAME_CHARS)),
  );
