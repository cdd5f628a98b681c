import type { AdapterContext } from '@musterhq/chat-port';
import { type Wire, stringOf, wireOf, wiresOf } from '#libs/wire/wire';
import type { Roster } from '../outbound/roster.ts';

/** What a process remembers of people by itself. */
const MOST = 10_000;

/**
 * Teams tells a bot of people by ids that are the bot's alone (`29:…`), and Graph by those of the directory. Both stand in what Teams
 * tells, so they are kept as they go by; whom nobody heard of is asked for where the bot is. Losing them costs another look.
 */
export class Directory {
  private readonly users = new Map<string, string>();
  private readonly ids = new Map<string, string>();

  constructor(
    private readonly ctx: Pick<AdapterContext, 'kv'>,
    private readonly roster: Pick<Roster, 'member'>,
    /** Whose members the bot may look up. */
    private readonly channel: string | undefined,
  ) {}

  /** From whatever Teams told. */
  readonly notice = (activity: Wire): void => {
    for (const one of [wireOf(activity.from), ...wiresOf(activity.membersAdded)]) {
      const [user, id] = [stringOf(one.id), stringOf(one.aadObjectId)];
      if (user !== undefined && id !== undefined && this.users.get(id) !== user) this.keep(id, user);
    }
  };

  /** The bot's own id of each; whom the bot has never met goes by the directory's. */
  async usersOf(ids: readonly string[], signal: AbortSignal): Promise<(id: string) => string> {
    for (const id of new Set(ids)) if (!this.users.has(id)) await this.look(id, signal);
    return (id) => this.users.get(id) ?? id;
  }

  /** The directory's id of somebody who was met; those who go by it have it. */
  async idOf(user: string): Promise<string | undefined> {
    if (isDirectoryId(user)) return user;
    return this.ids.get(user) ?? (await this.ctx.kv.get(idKey(user)).catch(() => null)) ?? undefined;
  }

  private async look(id: string, signal: AbortSignal): Promise<void> {
    const kept = await this.ctx.kv.get(userKey(id)).catch(() => null);
    if (kept !== null) return this.remember(id, kept);
    if (this.channel === undefined) return;
    const member = await this.roster.member(this.channel, id, signal);
    const user = member.outcome === 'done' ? stringOf(member.value?.id) : undefined;
    if (user !== undefined) this.keep(id, user);
  }

  private keep(id: string, user: string): void {
    this.remember(id, user);
    for (const [name, value] of [
      [userKey(id), user],
      [idKey(user), id],
    ] as const)
      void this.ctx.kv.set(name, value).catch(() => undefined);
  }

  private remember(id: string, user: string): void {
    const [oldest] = this.users.keys();
    if (this.users.size >= MOST && oldest !== undefined) {
      this.ids.delete(this.users.get(oldest) ?? '');
      this.users.delete(oldest);
    }
    this.users.set(id, user);
    this.ids.set(user, id);
  }
}

const isDirectoryId = (user: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(user);
const idKey = (user: string): string => `directory:${user}`;
const userKey = (id: string): string => `user:${id}`;
