import { type Merged, judgeChat, judgeRoom } from '#test/processes/kill/history';

/** A promise of `docs/reliability.md` that did not hold. */
export interface Breach {
  readonly invariant: `I${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9}`;
  readonly what: string;
}

/** What one chat shows of an incident, and what people said in it. */
export interface ChatHistory {
  readonly name: string;
  readonly said: Merged['saidInChat'];
  /** What we told it, in its order: what was posted here, and what was said in another chat. */
  readonly shown: readonly string[];
  /** The same without what it had lost or nobody could look for in time: that stands where it was said again. */
  readonly shownInOrder: readonly string[];
  /** Rooms that were opened for it. */
  readonly rooms: readonly string[];
  /** So many times a person said that it is to be opened again, of which nobody knew whether it was: as many rooms may be there beside it. */
  readonly openedAgain: number;
  /** What the tables say is still to be told to it, or to be looked for there, the opening of its room included: late, which I7 is about, and not lost. */
  readonly waiting: { readonly texts: readonly string[]; readonly room: boolean };
}

/** What became of one incident: what everybody did and saw, and what the tables have. */
export interface RoomHistory extends Omit<Merged, 'saidInChat' | 'shownInChat'> {
  readonly reference: string;
  /** Each that has to have a room for it. */
  readonly chats: readonly ChatHistory[];
  /** The same room, as each web tells it. */
  readonly toldBy: readonly string[];
  /** Where the tables say another thing than the log. */
  readonly notTheLog: readonly string[];
}

/** What became of the whole, once every trouble was over. */
export interface FleetHistory {
  /** Incidents whose declaring was acknowledged, and that are not there, or there twice. */
  readonly incidents: { readonly missing: readonly string[]; readonly twice: readonly string[] };
  /** Where somebody who takes no part met a private incident. */
  readonly leaks: readonly string[];
  /** The most memory of each process, in MiB. */
  readonly memory: ReadonlyMap<string, number>;
  /** What still waits, by what it is. */
  readonly left: Readonly<Record<string, number>>;
  /** From when everything was whole until nothing waited any more; null when that never came. */
  readonly agreedAfterMs: number | null;
  /** What was said of each chat, in order; `fell` names a fall, however often it was said. */
  readonly surface: readonly { readonly chat: string; readonly to: string; readonly at: number; readonly fell: string | null }[];
  /** From when everything was whole until no chat was called down any more; null when one still is. */
  readonly downAfterMs: number | null;
  readonly deaths: readonly string[];
  readonly putAside: readonly string[];
  readonly badAnswers: readonly string[];
  /**
   * From when everything was whole until the machine had time for our processes: how long anything takes counts from then on. Null when
   * it never had in all the time that was waited, and then nobody can say how long it takes.
   */
  readonly calmAfterMs: number | null;
}

/** What the promises allow, on the fleet's own waits. */
export interface Limits {
  readonly memoryMib: number;
  readonly agreeMs: number;
  readonly downMs: number;
  readonly betweenFallsMs: number;
}

/** One room by itself. Pure: the same history, the same breaches. */
export function breachesInRoom(room: RoomHistory): Breach[] {
  const { lost, twice, outOfOrder } = judgeRoom({ ...room, saidInChat: room.chats.flatMap(({ said }) => said) });
  const [first, ...others] = room.toldBy;
  const of = (invariant: Breach['invariant'], what: readonly string[]): Breach[] =>
    what.map((one) => ({ invariant, what: `${room.reference}: ${one}` }));
  return [
    ...of('I1', lost),
    ...of('I2', twice),
    ...of('I3', outOfOrder),
    ...room.chats.flatMap((chat) => inChat(room, chat).map(({ invariant, what }) => ({ invariant, what: `${room.reference}: ${what}` }))),
    ...of(
      'I3',
      others.flatMap((told) => (told === first ? [] : [`two webs tell it differently: ${whereTheyPart(first ?? '', told)}`])),
    ),
    ...of('I4', room.notTheLog),
  ];
}

function inChat(room: RoomHistory, { name, said, shown, shownInOrder, rooms, openedAgain, waiting }: ChatHistory): Breach[] {
  const others = room.chats.filter((chat) => chat.name !== name).flatMap((chat) => chat.said);
  const toTell = [...room.posts, ...others].map(({ text }) => text);
  const { lost, twice } = judgeChat(room.log, toTell, shown);
  const { outOfOrder } = judgeChat(room.log, toTell, shownInOrder);
  const echoed = said.filter(({ text }) => shown.includes(text)).map(({ text }) => `told to where it was said: ${text}`);
  const of = (invariant: Breach['invariant'], what: readonly string[]): Breach[] =>
    what.map((one) => ({ invariant, what: `${one} (${name})` }));
  return [
    ...of(
      'I1',
      lost.filter((one) => !waiting.texts.some((text) => one.endsWith(`: ${text}`))),
    ),
    ...of('I2', [...twice, ...echoed]),
    ...of('I2', rooms.length > 1 + openedAgain ? [`it has ${rooms.length} rooms in the chat: ${rooms.join(', ')}`] : []),
    ...of('I1', rooms.length === 0 && !waiting.room ? ['it has no room in the chat'] : []),
    ...of('I3', outOfOrder),
  ];
}

/** A few words of each, from a little before the first sign that is not the same. */
function whereTheyPart(one: string, other: string): string {
  const signs = [...one];
  const at = signs.findIndex((sign, n) => sign !== other[n]);
  const from = Math.max(0, (at < 0 ? signs.length : at) - 60);
  return [one, other].map((told) => `…${told.slice(from, from + 160)}`).join(' and ');
}

export function breachesInFleet(fleet: FleetHistory, limits: Limits): Breach[] {
  const of = (invariant: Breach['invariant'], what: readonly string[]): Breach[] => what.map((one) => ({ invariant, what: one }));
  const tooSoon = [...new Set(fleet.surface.map(({ chat }) => chat))].flatMap((chat) => fellTooSoon(fleet, chat, limits));
  const { missing, twice } = fleet.incidents;
  return [
    ...of(
      'I1',
      missing.map((title) => `declared and not there: ${title}`),
    ),
    ...of(
      'I2',
      twice.map((title) => `declared once and there twice: ${title}`),
    ),
    ...of('I5', fleet.leaks),
    ...of(
      'I6',
      [...fleet.memory].filter(([, mib]) => mib > limits.memoryMib).map(([name, mib]) => `${name} took ${mib} MiB`),
    ),
    ...(fleet.calmAfterMs === null ? [] : of('I7', waited(fleet, limits))),
    ...(fleet.calmAfterMs === null ? [] : of('I8', staysDown(fleet, limits))),
    ...of('I8', tooSoon),
    ...of(
      'I9',
      fleet.deaths.map((death) => `ended by itself: ${death}`),
    ),
    ...of(
      'I9',
      fleet.putAside.map((one) => `put aside: ${one}`),
    ),
    ...of('I9', fleet.badAnswers),
  ];
}

function fellTooSoon({ surface }: FleetHistory, chat: string, { betweenFallsMs }: Limits): string[] {
  const falls = surface.filter((one) => one.chat === chat && one.to === 'down');
  const firsts = falls.filter(({ fell }, n) => falls.findIndex((other) => other.fell === fell) === n);
  return firsts.flatMap(({ at }, n) => {
    const since = at - (firsts[n - 1]?.at ?? -Infinity);
    return since < betweenFallsMs ? [`${chat} was called down again after ${since} ms`] : [];
  });
}

/** What would be a breach if the machine had had time. To be said, so that nobody takes it for a promise that held. */
export function unjudgedInFleet(fleet: FleetHistory, limits: Limits): string[] {
  return fleet.calmAfterMs === null ? [...waited(fleet, limits), ...staysDown(fleet, limits)] : [];
}

function waited({ agreedAfterMs, calmAfterMs, left }: FleetHistory, { agreeMs }: Limits): string[] {
  const waiting = Object.entries(left).filter(([, count]) => count > 0);
  if (agreedAfterMs === null)
    return [`still waiting long after the last trouble: ${waiting.map(([what, n]) => `${n} ${what}`).join(', ')}`];
  return agreedAfterMs > agreeMs + (calmAfterMs ?? 0) ? [`${agreedAfterMs} ms after the last trouble something still waited`] : [];
}

function staysDown({ downAfterMs, calmAfterMs }: FleetHistory, { downMs }: Limits): string[] {
  const isWell = downAfterMs !== null && downAfterMs <= downMs + (calmAfterMs ?? 0);
  return isWell ? [] : [`a chat is well and was called down for ${downAfterMs ?? 'ever'} ms`];
}
