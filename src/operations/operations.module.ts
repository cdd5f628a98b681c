import { Module } from '@nestjs/common';
import type { Role } from '#src/platform/config/config.schema';
import { Database } from '#src/platform/database/database';
import { Doorbell } from '#src/platform/doorbell/doorbell';
import { mapErrors } from '#src/platform/http/problems';
import { StreamLog } from '#src/platform/log/log';
import { LOG, type Log } from '#src/platform/logging/logging';
import { ROLES } from '#src/platform/platform.tokens';
import { Switchboard } from '#src/platform/shedding/switchboard';
import { OperationsController } from './operations.controller.ts';
import { MetricsController } from './metrics.controller.ts';
import { NoSuchWork, NothingAside, ReasonMissing, WrongMetricsToken } from './operations.errors.ts';
import { OperationsPages } from './operations-pages.controller.ts';
import { Operations } from './operations.service.ts';
import { Presence } from './presence.ts';

/** For whoever looks after Muster itself. */
@Module({
  controllers: [OperationsController, OperationsPages, MetricsController],
  providers: [
    {
      provide: Operations,
      useFactory: (database: Database, streams: StreamLog, doorbell: Doorbell, switchboard: Switchboard) => {
        mapErrors(404, NothingAside, NoSuchWork);
        mapErrors(400, ReasonMissing);
        mapErrors(401, WrongMetricsToken);
        return new Operations(database, streams, doorbell, switchboard);
      },
      inject: [Database, StreamLog, Doorbell, Switchboard],
    },
    {
      provide: Presence,
      useFactory: (database: Database, roles: readonly Role[], switchboard: Switchboard, log: Log) =>
        new Presence(database, roles, switchboard, log),
      inject: [Database, ROLES, Switchboard, LOG],
    },
  ],
  exports: [Presence],
})
export class OperationsModule {}
