import type { Chat, Chats } from '#src/platform/chats/chats';
import type { Database } from '#src/platform/database/database';
import { Canary } from './canary.ts';
import type { SurfaceState } from './outage.types.ts';

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
    `select h.instance, h.state, h.since, h.good_at, h.detector ->> 'provenAt' is not null as proven, h.detector ->> 'blind' as blind
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
  switch (row.state) {
    case 'ok':
      if (row.proven) return { state: 'ok', since, say: `${name} answers. Last proven ${good}.` };
      if (!Canary.isPossible(adapter))
        return { state: 'ok', since, say: `${name} answers. It does not tell Muster of its own messages, so only calls are watched.` };
      if (row.blind) return { state: 'ok', since, say: `${name} answers, but Muster cannot prove that its events arrive: ${row.blind}` };
      return { state: 'starting', since: null, say: `${name} is starting. Muster is waiting for its first sign of life.` };
    case 'suspect':
      return {
        state: 'suspect',
        since,
        say: `${name} may be in trouble. Nothing is proven to have arrived since ${good}. What is written here is kept.`,
      };
    case 'down':
      return { state: 'down', since, say: `${name} is not answering since ${good}. Messages wait and go out when it returns.` };
    case 'recovering':
      return {
        state: 'recovering',
        since,
        say: `${name} answers again since ${clock(row.since)}. What was said there meanwhile is read, and what waited here goes out.`,
      };
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

/** A server knows no reader's zone, so it names its own. */
const clock = (at: Date): string => `${at.toISOString().slice(11, 16)} UTC`;
