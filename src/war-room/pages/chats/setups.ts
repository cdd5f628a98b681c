import type { Setup } from '@musterhq/chat-port';
import { type InstanceRow, adapterContext } from '#src/platform/chats/adapter-context';
import type { Chats } from '#src/platform/chats/chats';
import type { ChatPlatform } from '#src/platform/chats/plugins';
import { environment } from '#src/platform/config/environment';
import type { Database } from '#src/platform/database/database';
import { BadRequest } from '#src/platform/http/problems';
import type { Log } from '#src/platform/logging/logging';
import { type Choice, firstConfig } from './first-config.ts';

export interface OpenSetup {
  readonly setup: Setup | null;
  /** Empty once it is installed. */
  readonly choices: readonly Choice[];
}

/** How chats are set up, as their adapters say it; also for one that nobody has set up yet. */
export class Setups {
  constructor(
    private readonly database: Database,
    private readonly chats: Chats,
    private readonly log: Log,
  ) {}

  /** @throws BadRequest when this build does not speak it */
  platform(id: string): ChatPlatform {
    const platform = this.chats.platform(id);
    if (!platform) throw new BadRequest(`This Muster has no adapter named "${id.slice(0, 40)}". The page "Chats" lists those it has.`, 404);
    return platform;
  }

  /** As it is installed; before that, as it would be with what `asked` picks. */
  async open({ plugin }: ChatPlatform, asked: Readonly<Record<string, unknown>>): Promise<OpenSetup> {
    const [row] = await this.database.query<InstanceRow>(
      'select * from chat_instance where plugin = $1 and not pretend order by id limit 1',
      [plugin.id],
    );
    const { config, choices } = firstConfig(plugin.config, asked);
    const notYet: InstanceRow = { id: plugin.id, plugin: plugin.id, name: plugin.name, config, secrets: {}, pretend: false, pace: 1 };
    return { setup: plugin.setup?.(adapterContext(this.database, this.log, row ?? notYet)) ?? null, choices: row ? [] : choices };
  }

  /** What the environment still lacks, in the adapter's own words. Shows no values. */
  missing({ fromEnvironment }: ChatPlatform): readonly string[] {
    const found = fromEnvironment(environment);
    return 'problems' in found ? found.problems : [];
  }
}
