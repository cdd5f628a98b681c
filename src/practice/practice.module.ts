import { Module } from '@nestjs/common';
import { Chats } from '#src/platform/chats/chats';
import type { Config, Role } from '#src/platform/config/config.schema';
import { Database } from '#src/platform/database/database';
import { Doorbell } from '#src/platform/doorbell/doorbell';
import { mapErrors } from '#src/platform/http/problems';
import { LOG, type Log } from '#src/platform/logging/logging';
import { CONFIG, WANT_ROLE } from '#src/platform/platform.tokens';
import { Switchboard } from '#src/platform/shedding/switchboard';
import { People } from '#src/people/people.service';
import { Messages } from '#src/rooms/messages.service';
import { RoomsModule } from '#src/rooms/rooms.module';
import { ChatProxy } from './chat-proxy.ts';
import { PracticeController } from './practice.controller.ts';
import { PracticeNotFound, PracticeOver, StepOutOfOrder } from './practice.errors.ts';
import { PracticeHost } from './practice-host.ts';
import { PracticeService } from './practice.service.ts';
import { PracticeStore } from './practice-store.ts';

@Module({
  imports: [RoomsModule],
  controllers: [PracticeController],
  providers: [
    { provide: ChatProxy, useFactory: () => new ChatProxy() },
    {
      provide: PracticeStore,
      useFactory: (database: Database, people: People) => new PracticeStore(database, people),
      inject: [Database, People],
    },
    {
      provide: PracticeService,
      useFactory: (database: Database, doorbell: Doorbell, want: (role: Role) => void, work: Switchboard) => {
        mapErrors(404, PracticeNotFound, PracticeOver);
        mapErrors(409, StepOutOfOrder);
        return new PracticeService(database, doorbell, want, work);
      },
      inject: [Database, Doorbell, WANT_ROLE, Switchboard],
    },
    {
      provide: PracticeHost,
      useFactory: (store: PracticeStore, chats: Chats, messages: Messages, doorbell: Doorbell, config: Config, log: Log) =>
        new PracticeHost(store, chats, messages, doorbell, config, log),
      inject: [PracticeStore, Chats, Messages, Doorbell, CONFIG, LOG],
    },
  ],
  exports: [PracticeHost],
})
export class PracticeModule {}
