import type { Chat, Chats } from '#src/platform/chats/chats';
import type { Database } from '#src/platform/database/database';
import { Canary } from './canary.ts';
import type { SurfaceState } from './outage.types.ts';

/** A chat as lists and banners show it. */
export interface ChatHealth {
  readonly id: string;
  readonly name: string;
  readonly pretend: boolean;
  readonly state: SurfaceState | 'starting' | 'unauthorized';
  readonly since: string | null;
  /** One or two sentences for anybody. */
  readonly say: string;
}

interface Row {
  readonly instance: string;
  readonly state: SurfaceState;
  readonly since: Date;
  readonly good_at: Date;
  readonly proven: boolean;
  readonly blind: string | null;
}

/** Every running chat and how it is. One installed in several workspaces is as well as the worst of them. */
export async function chatHealth(database: Database, chats: Chats): Promise<ChatHealth[]> {
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
