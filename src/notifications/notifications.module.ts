import { Module } from '@nestjs/common';
import { Chats } from '#src/platform/chats/chats';
import type { Config } from '#src/platform/config/config.schema';
import { Database } from '#src/platform/database/database';
import { Doorbell } from '#src/platform/doorbell/doorbell';
import { mapErrors } from '#src/platform/http/problems';
import { StreamLog } from '#src/platform/log/log';
import { LOG, type Log } from '#src/platform/logging/logging';
import { Addresses } from '#src/platform/outgoing/addresses';
import { CONFIG } from '#src/platform/platform.tokens';
import { Retention } from '#src/platform/retention/retention';
import { Vault } from '#src/platform/secrets/vault';
import { OVER_NOTICES } from './notice-rows.ts';
import { NoticeSender } from './notice-sender.ts';
import { NoticesController } from './notices.controller.ts';
import { NoticesPages } from './notices-pages.controller.ts';
import { Notices } from './notices.service.ts';
import { CodeJustSent, CodeNotSent, CodeNotUsable, NoMailWay, SecretNeeded, TooManyWays, WayNotFound } from './notifications.errors.ts';
import { OpenWays } from './open-ways.ts';
import { OwnAddress } from './own-address.service.ts';
import { WayCanaries } from './way-canaries.ts';
import { WayQueries } from './ways.queries.ts';
import { Ways } from './ways.service.ts';

@Module({
  controllers: [NoticesController, NoticesPages],
  providers: [
    {
      provide: OpenWays,
      useFactory: (vault: Vault, addresses: Addresses, config: Config, chats: Chats, database: Database) =>
        new OpenWays(vault, addresses, config, chats, database),
      inject: [Vault, Addresses, CONFIG, Chats, Database],
    },
    {
      provide: Ways,
      useFactory: (database: Database, log: StreamLog, vault: Vault, addresses: Addresses, open: OpenWays, chats: Chats) => {
        mapErrors(404, WayNotFound);
        mapErrors(400, SecretNeeded, CodeNotUsable);
        mapErrors(409, TooManyWays, NoMailWay, CodeJustSent, CodeNotSent);
        return new Ways(database, log, vault, addresses, open, new WayQueries(database), chats);
      },
      inject: [Database, StreamLog, Vault, Addresses, OpenWays, Chats],
    },
    {
      provide: OwnAddress,
      useFactory: (database: Database, log: StreamLog, open: OpenWays, config: Config) =>
        new OwnAddress(database, log, open, config.PUBLIC_URL),
      inject: [Database, StreamLog, OpenWays, CONFIG],
    },
    {
      provide: Notices,
      useFactory: (doorbell: Doorbell, retention: Retention) => {
        retention.add(OVER_NOTICES);
        return new Notices(doorbell);
      },
      inject: [Doorbell, Retention],
    },
    {
      provide: NoticeSender,
      useFactory: (database: Database, open: OpenWays, doorbell: Doorbell, log: Log) => new NoticeSender(database, open, doorbell, log),
      inject: [Database, OpenWays, Doorbell, LOG],
    },
    {
      provide: WayCanaries,
      useFactory: (database: Database, open: OpenWays, log: Log) => new WayCanaries(database, open, log),
      inject: [Database, OpenWays, LOG],
    },
  ],
  exports: [Notices, NoticeSender, WayCanaries],
})
export class NotificationsModule {}
