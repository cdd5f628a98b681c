import type { Chat, Chats } from '#src/platform/chats/chats';
import type { Database } from '#src/platform/database/database';
import { organisationStream } from '#src/platform/log/organisation-stream';
import { type Proof, notWatched, proofBy } from './look-proof.ts';
import type { SurfaceChanged } from './outage.events.ts';
import type { Half, SurfaceState } from './outage.types.ts';
import { clock } from './utc-clock.ts';

/** A chat as lists and banners show it. */
export interface ChatHealth {
  readonly id: string;
  readonly name: string;
  readonly pretend: boolean;
  /** `failed`: it does not run, or not in every process of Muster. */
  readonly state: SurfaceState | 'starting' | 'unauthorized' | 'failed';
  readonly since: string | null;
  /** One or two sentences for anybody. */
  readonly say: string;
  /** In the words of its adapter, which may quote its settings: for admins. */
  readonly detail?: string;
}

interface Row {
  readonly instance: string;
  readonly state: SurfaceState;
  readonly since: Date;
  readonly good_at: Date;
  readonly proven: boolean;
  readonly blind: string | null;
  readonly said_by: string | null;
  readonly half: Half | null;
  readonly cut_off: boolean | null;
  readonly proof: Proof | null;
}

interface TroubleRow {
  readonly instance: string;
  readonly say: string;
  readonly detail: string | null;
  readonly since: Date;
}

/** A process says of its troubles every five seconds; one that has been silent for so long has ended. */
const TROUBLE_SECONDS = 20;

/**
 * Every chat that is asked for and how it is, with those that cannot be as they are asked for. One installed in several
 * workspaces is as well as the worst of them, and one that runs in several processes as the worst of those.
 */
export async function chatHealth(database: Database, chats: Chats): Promise<ChatHealth[]> {
  const running = await runningHealth(database, chats);
  const starting = chats
    .configured()
    .filter(({ id }) => running.every((other) => other.id !== id))
    .map(({ id, name, pretend }): ChatHealth => ({ id, name, pretend, state: 'starting', since: null, say: `${name} is starting.` }));
  const troubles = await database.query<TroubleRow>(
    `select distinct on (instance) instance, say, detail, since from chat_trouble
      where said_at > clock_timestamp() - make_interval(secs => $1) order by instance, is_off desc, since`,
    [TROUBLE_SECONDS],
  );
  const known = [...running, ...starting].map((chat) => {
    const trouble = troubles.find(({ instance }) => instance === chat.id);
    return trouble ? { ...chat, ...failed(trouble) } : chat;
  });
  const unusable = chats.problems().map(({ id, say }): ChatHealth => {
    const chat = known.find((other) => other.id === id);
    return {
      id,
      name: chat?.name ?? id,
      pretend: false,
      state: 'failed',
      since: null,
      say: chat ? `${say} Until then it goes on as it was.` : say,
    };
  });
  return [...known.filter(({ id }) => unusable.every((other) => other.id !== id)), ...unusable].sort((a, b) => (a.id < b.id ? -1 : 1));
}

const failed = ({ say, detail, since }: TroubleRow): Pick<ChatHealth, 'state' | 'since' | 'say' | 'detail'> => ({
  state: 'failed',
  since: since.toISOString(),
  say,
  ...(detail === null ? {} : { detail }),
});

async function runningHealth(database: Database, chats: Chats): Promise<ChatHealth[]> {
  const running = chats.all();
  const found = await database.query<Row>(
    `select h.instance, h.state, h.since, h.good_at, h.detector ->> 'provenAt' is not null as proven, h.detector ->> 'blind' as blind, h.detector #>> '{saidBy,name}' as said_by,
            h.detector ->> 'half' as half, (h.detector ->> 'cutOff')::boolean as cut_off, h.detector ->> 'proof' as proof
       from surface_health h join chat_tenant t using (instance, tenant) where h.instance = any($1)`,
    [running.map(({ id }) => id)],
  );
  return running.map((chat) => {
    const [worst] = found
      .filter(({ instance }) => instance === chat.id)
      .sort((a, b) => WORST_FIRST.indexOf(a.state) - WORST_FIRST.indexOf(b.state));
    return { id: chat.id, name: chat.name, pretend: chat.pretend, ...healthOf(chat, worst) };
  });
}

const WORST_FIRST: readonly SurfaceState[] = ['down', 'suspect', 'recovering', 'ok'];

function healthOf({ name, health, adapter }: Chat, row: Row | undefined): Pick<ChatHealth, 'state' | 'since' | 'say'> {
  if (health.state === 'unauthorized') {
    const { remedy = 'reauthorize', detail } = health.fault ?? {};
    const say = `${name} no longer lets Muster in${detail ? ` (${detail.replace(/\.$/, '')})` : ''}. ${REMEDIES[remedy]}`;
    return { state: 'unauthorized', since: new Date(health.since).toISOString(), say };
  }
  if (!row) return { state: 'starting', since: null, say: `${name} is starting. Muster has not reached it yet.` };
  const since = row.since.toISOString();
  const good = clock(row.good_at);
  if (row.cut_off && (row.state === 'suspect' || row.state === 'down')) return { state: row.state, since, say: cutOff(name, good) };
  switch (row.state) {
    case 'ok':
      if (health.state === 'limited')
        return {
          state: 'suspect',
          since: new Date(health.since).toISOString(),
          say: `${name} answers, and does not tell Muster everything. ${health.fault?.detail ?? ''}`.trim(),
        };
      const most = proofBy(adapter);
      if (most === null)
        return { state: 'ok', since, say: `${name} answers. Muster has no rooms of its own there to look at, so only calls are watched.` };
      if (row.blind)
        return {
          state: 'ok',
          since,
          say: `${name} answers, but Muster cannot look whether it works: ${row.blind.replace(/\.?$/, '.')} Only calls are watched.`,
        };
      if (row.proven)
        return {
          state: 'ok',
          since,
          say: `${name} answers. Last proven ${good}.${notWatched(adapter, most === 'echo' ? most : (row.proof ?? most))}`,
        };
      return { state: 'starting', since: null, say: `${name} is starting. Muster is waiting for its first sign of life.` };
    case 'suspect':
      return {
        state: 'suspect',
        since,
        say: doubted(name, row.half, good),
      };
    case 'down':
      if (row.said_by !== null)
        return {
          state: 'down',
          since,
          say: `${name} is down, ${row.said_by} said at ${clock(row.since)}. Messages wait and go out when it returns.`,
        };
      return { state: 'down', since, say: fallen(name, row.half, good) };
    case 'recovering':
      return {
        state: 'recovering',
        since,
        say: `${name} ${row.said_by === null ? `answers again since ${clock(row.since)}` : `is back, ${row.said_by} said at ${clock(row.since)}`}. What was said there meanwhile is read, and what waited here goes out.`,
      };
  }
}

const cutOff = (name: string, good: string): string =>
  `Muster reaches nothing outside since ${good}, so not ${name} either: look at Muster’s own network first. What is written here is kept.`;

function doubted(name: string, half: Half | null, good: string): string {
  switch (half) {
    case 'send':
      return `${name} may not take what is written here: nothing is proven to have arrived since ${good}. What is said there is heard. What is written here is kept.`;
    case 'events':
      return `${name} may not tell Muster what is said there since ${good}. What is written here still goes there.`;
    case null:
      return `${name} may be in trouble. Nothing is proven to have arrived since ${good}. What is written here is kept.`;
  }
}

function fallen(name: string, half: Half | null, good: string): string {
  switch (half) {
    case 'send':
      return `${name} takes nothing since ${good}: what is written here waits and goes out when it does. What is said there is heard here.`;
    case 'events':
      return `${name} tells Muster nothing since ${good}: what is said there is read when it returns, and what is written here waits for that.`;
    case null:
      return `${name} is not answering since ${good}. Messages wait and go out when it returns.`;
  }
}

const REMEDIES = {
  reauthorize: 'An admin has to authorise Muster there again.',
  reinstall: 'An admin has to install Muster there again.',
  'invite-bot': 'Invite Muster to the room.',
  shorten: 'Nothing can be sent until this is put right.',
  wait: 'Muster tries again by itself.',
  'ask-admin': 'Ask an admin of that chat to allow Muster.',
} as const;

/** What a chat became, and what that was judged by. */
export interface ChatChange extends Pick<SurfaceChanged, 'name' | 'from' | 'why' | 'strikes' | 'calls' | 'admits'> {
  readonly at: string;
  readonly to: SurfaceState;
}

const CHANGES = 10;

/** The last changes of all chats but the pretend ones, the latest first. */
export async function chatChanges(database: Database): Promise<ChatChange[]> {
  const found = await database.query<{ at: Date; type: string; data: SurfaceChanged }>(
    `select e.at, e.type, e.data from event e
      where e.stream_id = $1 and e.type in ('surface.ok', 'surface.suspect', 'surface.down', 'surface.recovering')
        and exists (select 1 from chat_instance c where c.id = e.data ->> 'instance' and not c.pretend)
      order by e.seq desc limit $2`,
    [await organisationStream(database), CHANGES],
  );
  return found.map(({ at, type, data: { name, from, why, strikes, calls, admits } }) => ({
    ...{ name, from, why, strikes, calls },
    ...(admits ? { admits } : {}),
    at: at.toISOString(),
    to: type.slice('surface.'.length) as SurfaceState,
  }));
}
