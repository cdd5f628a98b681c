import type { Capabilities, ChatAdapter } from '@musterhq/chat-port';
import type { Harness, Kit, RareAct, Stunt, Transport } from './harness.ts';
import { checkStunts } from './stunts.ts';

/** One promise of the contract, tried. It fails by throwing; it has its harness to itself. */
export interface Case {
  readonly id: string;
  readonly rule: Rule;
  /** A sentence an adapter's author would agree with. */
  readonly title: string;
  /** Why this case says nothing about an adapter that declares this, or `undefined` when it does. */
  readonly notFor?: (declared: Declared) => string | undefined;
  run(stage: Stage): Promise<void>;
}

export type Rule = `CP${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15}`;

/** What adapter and harness say of themselves: nothing else decides which cases apply. */
export interface Declared {
  readonly capabilities: Capabilities;
  readonly facets: ReadonlySet<Facet>;
  readonly transports: readonly Transport[];
  readonly cannot: Partial<Record<Stunt, string>>;
  readonly also: ReadonlySet<RareAct['do']>;
  /** What the harness can do besides, where its author wrote it. */
  readonly can: ReadonlySet<Extra>;
  /** Its health has named a tenant. */
  readonly namesTenant: boolean;
}

const EXTRAS = ['advance', 'shortPages', 'outage', 'insideOf', 'homeOf'] as const;
export type Extra = (typeof EXTRAS)[number];

const FACETS = ['webhooks', 'connect', 'rooms', 'people', 'history', 'forms', 'files', 'home', 'renewSilent', 'statusFeed'] as const;
const MESSAGE_FACETS = ['reconcile', 'edit', 'remove', 'react'] as const;
const HISTORY_FACETS = ['pins'] as const;
const PEOPLE_FACETS = ['direct'] as const;
export type Facet =
  (typeof FACETS)[number] | (typeof MESSAGE_FACETS)[number] | (typeof HISTORY_FACETS)[number] | (typeof PEOPLE_FACETS)[number];

/** What a case has before it: the harness that the author wrote, and the core's side of the port. */
export interface Stage extends Harness {
  readonly inlet: Kit['inlet'];
  readonly secrets: Kit['secrets'];
  readonly again: Kit['again'];
}

/** Of a room of this harness: what a platform can do in one kind of room it may not do in another. */
export async function declaredBy(harness: Harness): Promise<Declared> {
  const { adapter, transports, cannot, also } = harness;
  checkStunts(harness);
  let namesTenant = false;
  const watching = adapter.health$.subscribe(({ tenant }) => (namesTenant ||= tenant !== undefined));
  const room = await harness.room();
  watching.unsubscribe();
  return {
    capabilities: adapter.capabilities(room),
    facets: facetsOf(adapter),
    transports,
    cannot: cannot ?? {},
    also: new Set(also),
    can: new Set(EXTRAS.filter((extra) => harness[extra] !== undefined)),
    namesTenant,
  };
}

function facetsOf(adapter: ChatAdapter): Set<Facet> {
  return new Set([
    ...FACETS.filter((facet) => adapter[facet] !== undefined),
    ...MESSAGE_FACETS.filter((facet) => adapter.messages[facet] !== undefined),
    ...HISTORY_FACETS.filter((facet) => adapter.history?.[facet] !== undefined),
    ...PEOPLE_FACETS.filter((facet) => adapter.people?.[facet] !== undefined),
  ]);
}
