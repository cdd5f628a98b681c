import type { Database } from '#src/platform/database/database';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import type { ActorFact } from '#src/platform/log/event.types';

/** A ring can be lost: people are read as they were this long at most. */
const LOOK_MS = 10_000;

/** Of these the people themselves are told, each as they were met. */
const ABOUT_ACCOUNTS = 'participant.accounts-joined';

interface Told {
  readonly type: string;
  readonly by: ActorFact | null;
  readonly data: object;
}

type Known = ReadonlyMap<string, ActorFact>;

/** By which account somebody was told of who is read as another. */
export interface ReadAccount extends ActorFact {
  readonly person: ActorFact;
}

/**
 * Reads what a log tells with each person as the one they are now. The log itself keeps by which account it was, so that
 * people who are taken apart are read as two again.
 */
export class AsOne {
  private known: Known = new Map();
  private readAt = -Infinity;

  constructor(
    private readonly database: Database,
    doorbell: Doorbell,
  ) {
    doorbell.listen('people', () => (this.readAt = -Infinity));
  }

  /** `events` as they are read now. Where it cannot be found out, as it was known last. */
  async read<Event extends Told>(events: readonly Event[]): Promise<Event[]> {
    await this.look();
    return this.known.size === 0 ? [...events] : events.map((event) => asOne(event, this.known));
  }

  /** For whoever keeps what they are told: besides, as whom of its accounts each person was told of. */
  async readWithAccounts<Event extends Told>(told: Event): Promise<{ readonly event: Event; readonly accounts: readonly ReadAccount[] }> {
    await this.look();
    const accounts = new Map<string, ReadAccount>();
    for (const { id, name } of namedIn([told.by, told.data])) {
      const person = this.known.get(id);
      if (person) accounts.set(id, { id, name, person });
    }
    return { event: accounts.size === 0 ? told : asOne(told, this.known), accounts: [...accounts.values()] };
  }

  private async look(): Promise<void> {
    const now = performance.now();
    if (now - this.readAt < LOOK_MS) return;
    this.readAt = now;
    const found = await this.database
      .query<ActorFact & { own_id: string }>('select o.own_id, o.id, o.name from person_join j join one_person o on o.own_id = j.person_id')
      .catch(() => null);
    if (found) this.known = new Map(found.map(({ own_id: own, id, name }) => [own, { id, name }]));
  }
}

function asOne<Event extends Told>(event: Event, known: Known): Event {
  const by = (event.by && known.get(event.by.id)) ?? event.by;
  return { ...event, by, data: event.type === ABOUT_ACCOUNTS ? event.data : (within(event.data, known) as object) };
}

function namedIn(value: unknown): ActorFact[] {
  if (typeof value !== 'object' || value === null) return [];
  const { id, name } = value as Partial<ActorFact>;
  const own = typeof id === 'string' && typeof name === 'string' ? [{ id, name }] : [];
  return [...own, ...Object.values(value).flatMap(namedIn)];
}

/** Ids are unlike each other whatever they are of: what has one of a person, with a name, is that person. */
function within(value: unknown, known: Known): unknown {
  if (Array.isArray(value)) return value.map((one) => within(one, known));
  if (typeof value !== 'object' || value === null) return value;
  const { id, name } = value as Partial<ActorFact>;
  const one = typeof id === 'string' && typeof name === 'string' ? known.get(id) : undefined;
  if (one) return { ...value, ...one };
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, key === 'mentions' ? meant(inner, known) : within(inner, known)]),
  );
}

/** Whom a text calls. Their names stand in it as they were written. */
const meant = (mentions: unknown, known: Known): unknown =>
  (mentions as readonly ActorFact[]).map((one) => ({ ...one, id: known.get(one.id)?.id ?? one.id }));
