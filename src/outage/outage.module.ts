import { Module } from '@nestjs/common';
import { Chats } from '#src/platform/chats/chats';
import { Database } from '#src/platform/database/database';
import { Doorbell } from '#src/platform/doorbell/doorbell';
import { Inbox } from '#src/platform/inbox/inbox';
import { StreamLog } from '#src/platform/log/log';
import { LOG, type Log } from '#src/platform/logging/logging';
import { Switchboard } from '#src/platform/shedding/switchboard';
import { MirrorTrouble } from '#src/rooms/gaps/mirror-trouble.service';
import { RoomsModule } from '#src/rooms/rooms.module';
import { CanaryEars } from './canary-ears.ts';
import { OutageController } from './outage.controller.ts';
import { OutageWatch } from './outage-watch.ts';
import { WriteDecision } from './write-decision.ts';

@Module({
  imports: [RoomsModule],
  controllers: [OutageController],
  providers: [
    {
      provide: OutageWatch,
      useFactory: (
        database: Database,
        chats: Chats,
        streams: StreamLog,
        trouble: MirrorTrouble,
        doorbell: Doorbell,
        log: Log,
        work: Switchboard,
      ) => new OutageWatch(database, chats, new WriteDecision(streams, trouble), doorbell, log, work),
      inject: [Database, Chats, StreamLog, MirrorTrouble, Doorbell, LOG, Switchboard],
    },
    {
      provide: CanaryEars,
      useFactory: (database: Database, inbox: Inbox, doorbell: Doorbell, log: Log) => new CanaryEars(database, inbox, doorbell, log),
      inject: [Database, Inbox, Doorbell, LOG],
    },
  ],
  exports: [OutageWatch, CanaryEars],
})
export class OutageModule {}
