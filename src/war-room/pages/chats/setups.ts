import { setTimeout as sleep } from 'node:timers/promises';
import type { AdapterPlugin, Setup, SetupStep } from '@musterhq/chat-port';
import type { AdapterContexts, InstanceRow } from '#src/platform/chats/adapter-context';
import type { ChatTrouble } from '#src/platform/chats/chat-trouble';
import { type ChatEntry, readChatsFile } from '#src/platform/chats/chats-file';
import type { Chats } from '#src/platform/chats/chats';
import { pluginOfPackage } from '#src/platform/chats/outside/outside-plugin';
import { environment } from '#src/platform/config/environment';
import type { Database } from '#src/platform/database/database';
import { BadRequest } from '#src/platform/http/problems';
import type { Log } from '#src/platform/logging/logging';
import { type Choice, firstConfig } from './first-config.ts';
import { type Pasted, pastedInto } from './pasted.ts';

/** A secret, and the variable that it is read from. */
export interface NamedSecret {
  readonly name: string;
  readonly variable: string;
  readonly isSet: boolean;
}

/** How one chat is set up. */
export interface ChatSetup {
  /** What it is called in addresses: of a chat, or of a platform that is not set up yet. */
  readonly id: string;
  readonly name: string;
  /** Of its adapter, as a chat's row names it. */
  readonly plugin: string;
  /** Who says what its settings are: an admin on this page, or whoever starts Muster, who is asked first. */
  readonly ruledBy: 'admin' | 'operator';
  /** An admin connected it here. */
  readonly isEntered: boolean;
  /** By name: those that it has. */
  readonly secrets: readonly string[];
  /** Null when its adapter has none. */
  readonly steps: readonly SetupStep[] | null;
  /** Why the adapter could not say them. */
  readonly problem: string | null;
  /** Empty once it is installed. */
  readonly choices: readonly Choice[];
  /** What the environment still lacks, in sentences. Shows no values. */
  readonly missing: readonly string[];
  /** By step: what was pasted into the chat's own pages. Null while it is not connected. */
  readonly pasted: ReadonlyMap<string, Pasted> | null;
  /** Where it is written down, if it is in a file. */
  readonly file: { readonly path: string; readonly secrets: readonly NamedSecret[] } | null;
}

/** A chat as it is, or as it would be at first. */
export interface Found {
  readonly id: string;
  readonly plugin: AdapterPlugin;
  readonly row: InstanceRow;
  readonly choices: readonly Choice[];
  readonly missing: readonly string[];
  readonly entry: ChatEntry | null;
  readonly ruledBy: ChatSetup['ruledBy'];
  /** It is connected, and no would-be one. */
  readonly isThere: boolean;
}

/** An adapter from outside is loaded for it, and may be slow; whoever asked is told in the end. */
const PATIENCE_MS = 25_000;

/** How chats are set up, as their adapters say it; also for one that nobody has set up yet. */
export class Setups {
  constructor(
    private readonly database: Database,
    private readonly chats: Chats,
    private readonly contexts: AdapterContexts,
    private readonly log: Log,
    private readonly file: string | undefined,
  ) {}

  /** @throws BadRequest when there is no such chat, and this build speaks none of that name */
  async of(id: string, asked: Readonly<Record<string, unknown>>): Promise<ChatSetup> {
    const found = await this.find(id, asked);
    const { choices, missing, entry, row, ruledBy } = found;
    const [said, pasted] = [await this.steps(found), await pastedInto(this.database, id)];
    return {
      id,
      name: row.name,
      plugin: row.plugin,
      ruledBy,
      isEntered: row.entered,
      secrets: Object.keys(row.secrets),
      steps: 'value' in said ? nullIfNone(said.value) : null,
      problem: 'problem' in said ? said.problem : null,
      choices,
      missing,
      pasted: found.isThere ? pasted : null,
      file: entry && this.file ? { path: this.file, secrets: secretsOf(entry) } : null,
    };
  }

  /** What its adapter says of it, in time. Null: it says nothing. */
  steps({ plugin, row }: Pick<Found, 'plugin' | 'row'>): Promise<{ value: SetupStep[] | null } | { problem: string }> {
    return this.inTime({ plugin, row }, async (setup) => setup.steps());
  }

  /** Null when the setup gives no such file, or cannot. */
  async artefact(id: string, name: string, asked: Readonly<Record<string, unknown>>): Promise<{ mime: string; bytes: Uint8Array } | null> {
    const said = await this.inTime(await this.find(id, asked), (setup) => setup.artefact(name));
    return 'value' in said ? said.value : null;
  }

  /**
   * A chat of this name; else what one of the adapter in `asked.plugin`, or of the platform of this name, would be at first.
   *
   * @throws BadRequest when there is none
   */
  async find(id: string, asked: Readonly<Record<string, unknown>>): Promise<Found> {
    const [row] = await this.database.query<InstanceRow>('select * from chat_instance where id = $1 and not pretend', [id]);
    const entry = (this.file ? (await readChatsFile(this.file)).entries : []).find((one) => one.id === id) ?? null;
    const named = entry
      ? entry.package === undefined
        ? (entry.plugin ?? '')
        : pluginOfPackage(entry.package)
      : (row?.plugin ?? (typeof asked['plugin'] === 'string' ? asked['plugin'] : id));
    const platform = this.chats.platform(named);
    if (!platform || (!entry && !row && !this.chats.platforms().some(({ plugin }) => plugin.id === named)))
      throw new BadRequest(`This Muster has no chat and no adapter named "${id.slice(0, 40)}". The page "Chats" lists those it has.`, 404);
    const { plugin, fromEnvironment } = platform;
    const called = typeof asked['name'] === 'string' && asked['name'].trim() !== '' ? asked['name'].trim().slice(0, 60) : plugin.name;
    const name = entry?.name ?? (entry ? id : called);
    const notYet = { id, plugin: named, name, secrets: {}, pretend: false, pace: 1, entered: false, drill_of: null };
    const isAskedFor = this.chats.problems().some((problem) => problem.id === id);
    const ruledBy = entry || (row ? !row.entered : isAskedFor) ? 'operator' : 'admin';
    if (entry)
      return {
        id,
        plugin,
        row: row ?? { ...notYet, config: entry.config },
        choices: [],
        missing: [],
        entry,
        ruledBy,
        isThere: row !== undefined,
      };
    const { config, choices } = firstConfig(plugin.config, asked);
    const read = fromEnvironment(environment);
    const missing = 'problems' in read ? read.problems : [];
    return {
      id,
      plugin,
      row: row ?? { ...notYet, config },
      choices: row ? [] : choices,
      missing,
      entry,
      ruledBy,
      isThere: row !== undefined,
    };
  }

  /** Whatever an adapter does here costs this answer, in words, and nothing else. Null: it has no setup. */
  private async inTime<T>(
    { plugin, row }: Pick<Found, 'plugin' | 'row'>,
    work: (setup: Setup) => Promise<T>,
  ): Promise<{ value: T | null } | { problem: string }> {
    try {
      const setup = plugin.setup?.(this.contexts.of(row));
      if (!setup) return { value: null };
      const late = sleep(PATIENCE_MS, undefined, { ref: false }).then(() => {
        throw new Error('It did not answer in time.');
      });
      return { value: await Promise.race([work(setup), late]) };
    } catch (error) {
      this.log.warn({ instance: row.id, error }, 'setup of a chat failed');
      const { message, detail } = error as Partial<ChatTrouble>;
      return { problem: [message ?? 'It failed without saying why.', detail].filter(Boolean).join(' It says: ') };
    }
  }
}

const nullIfNone = (steps: readonly SetupStep[] | null): readonly SetupStep[] | null => (steps && steps.length > 0 ? steps : null);

const secretsOf = ({ secrets }: ChatEntry): NamedSecret[] =>
  Object.entries(secrets).map(([name, { env }]) => ({ name, variable: env, isSet: (environment[env]?.trim() ?? '') !== '' }));
