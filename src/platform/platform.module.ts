import { type DynamicModule, Global, Module } from '@nestjs/common';
import type { Config, Role } from '#src/platform/config/config.schema';
import { AdapterContexts } from '#src/platform/chats/adapter-context';
import { ChatSecrets } from '#src/platform/chats/chat-secrets';
import { Chats } from '#src/platform/chats/chats';
import { Detours } from '#src/platform/chats/drill/detours';
import { FrontDoor } from '#src/platform/chats/front-door';
import { OVER_MEMORIES } from '#src/platform/chats/memories';
import { CHAT_PLATFORMS, type LoadPlatforms } from '#src/platform/chats/plugins';
import { Database } from '#src/platform/database/database';
import { DatabaseModule } from '#src/platform/database/database.module';
import { Doorbell } from '#src/platform/doorbell/doorbell';
import { FollowerRunners } from '#src/platform/followers/follower-runners';
import { store } from '#src/platform/inbox/admit';
import { Inbox } from '#src/platform/inbox/inbox';
import { Pages } from '#src/platform/http/pages/pages';
import { InboxHandlers } from '#src/platform/inbox/inbox-handlers';
import { READ_BODIES } from '#src/platform/inbox/read-bodies';
import { StreamLog } from '#src/platform/log/log';
import { LOG, type Log } from '#src/platform/logging/logging';
import { Retention } from '#src/platform/retention/retention';
import { Vault } from '#src/platform/secrets/vault';
import { WorkIsOff } from '#src/platform/shedding/shedding.errors';
import { StrainGauge } from '#src/platform/shedding/strain-gauge';
import { SwitchFile } from '#src/platform/shedding/switch-file';
import { Switchboard } from '#src/platform/shedding/switchboard';
import { mapErrors } from '#src/platform/http/problems';
import { Addresses } from '#src/platform/outgoing/addresses';
import { AddressNotUsable } from '#src/platform/outgoing/outgoing.errors';
import { Metrics } from '#src/platform/metrics/metrics';
import { Replays } from '#src/platform/quarantine/replays';
import { CONFIG, ROLES, WANT_ROLE } from './platform.tokens.ts';

export interface PlatformOptions {
  readonly config: Config;
  readonly databaseUrl: string;
  readonly roles: readonly Role[];
  readonly log: Log;
  readonly platforms: LoadPlatforms;
  /** Asks for a process that plays this role, if none does. */
  readonly want: (role: Role) => void;
}

/** What every capability stands on. Global, and knows none of them. */
@Global()
@Module({})
export class PlatformModule {
  static with({ config, databaseUrl, roles, log, platforms, want }: PlatformOptions): DynamicModule {
    const providers = [
      { provide: CONFIG, useValue: config },
      { provide: ROLES, useValue: roles },
      { provide: LOG, useValue: log },
      { provide: WANT_ROLE, useValue: want },
      { provide: CHAT_PLATFORMS, useValue: platforms },
      { provide: Metrics, useFactory: () => new Metrics() },
      { provide: Vault, useFactory: () => new Vault(config.MUSTER_SECRET) },
      {
        provide: ChatSecrets,
        useFactory: (database: Database, vault: Vault) => new ChatSecrets(database, vault),
        inject: [Database, Vault],
      },
      {
        provide: Addresses,
        useFactory: () => {
          mapErrors(400, AddressNotUsable);
          return new Addresses(config.MUSTER_WEBHOOK_NETWORKS);
        },
      },
      { provide: Pages, useFactory: () => new Pages(config) },
      { provide: Doorbell, useFactory: () => new Doorbell(databaseUrl) },
      {
        provide: StreamLog,
        useFactory: (database: Database, doorbell: Doorbell) => new StreamLog(database, doorbell),
        inject: [Database, Doorbell],
      },
      {
        provide: Inbox,
        useFactory: (database: Database, doorbell: Doorbell) => new Inbox((batch) => store(database, batch), doorbell),
        inject: [Database, Doorbell],
      },
      {
        provide: AdapterContexts,
        useFactory: (database: Database, secrets: ChatSecrets) => new AdapterContexts(database, secrets, log, config),
        inject: [Database, ChatSecrets],
      },
      {
        provide: Chats,
        useFactory: (database: Database, doorbell: Doorbell, contexts: AdapterContexts, secrets: ChatSecrets) =>
          new Chats(platforms, database, doorbell, log, contexts, secrets, config.MUSTER_CHATS),
        inject: [Database, Doorbell, AdapterContexts, ChatSecrets],
      },
      {
        provide: FrontDoor,
        useFactory: (inbox: Inbox, chats: Chats, database: Database) => new FrontDoor(inbox, chats, new Detours(database, chats), log),
        inject: [Inbox, Chats, Database],
      },
      {
        provide: FollowerRunners,
        useFactory: (database: Database, streams: StreamLog, doorbell: Doorbell) => new FollowerRunners(database, streams, doorbell, log),
        inject: [Database, StreamLog, Doorbell],
      },
      {
        provide: Switchboard,
        useFactory: (database: Database, streams: StreamLog, doorbell: Doorbell) => {
          mapErrors(503, WorkIsOff);
          const complain = (why: string): void => log.warn({ why }, 'switches.json cannot be understood and changes nothing');
          const file = config.MUSTER_DATA ? new SwitchFile(config.MUSTER_DATA, complain) : null;
          return new Switchboard(database, streams, doorbell, file, new StrainGauge(database), log);
        },
        inject: [Database, StreamLog, Doorbell],
      },
      {
        provide: InboxHandlers,
        useFactory: (database: Database, doorbell: Doorbell, work: Switchboard) => new InboxHandlers(database, doorbell, log, work),
        inject: [Database, Doorbell, Switchboard],
      },
      {
        provide: Retention,
        useFactory: (database: Database) => {
          const retention = new Retention(database, log);
          retention.add(READ_BODIES, OVER_MEMORIES);
          return retention;
        },
        inject: [Database],
      },
      {
        provide: Replays,
        useFactory: (database: Database, streams: StreamLog, doorbell: Doorbell, followers: FollowerRunners, inbox: InboxHandlers) => {
          const replays = new Replays(database, streams, doorbell, log);
          replays.add(followers);
          replays.add(inbox);
          return replays;
        },
        inject: [Database, StreamLog, Doorbell, FollowerRunners, InboxHandlers],
      },
    ];
    return { module: PlatformModule, imports: [DatabaseModule.at(databaseUrl)], providers, exports: providers };
  }
}
