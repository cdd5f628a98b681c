import { Module } from '@nestjs/common';
import { Chats } from '#src/platform/chats/chats';
import type { Config } from '#src/platform/config/config.schema';
import { Database } from '#src/platform/database/database';
import { InboxHandlers } from '#src/platform/inbox/inbox-handlers';
import { LOG, type Log } from '#src/platform/logging/logging';
import { CONFIG } from '#src/platform/platform.tokens';
import { People } from '#src/people/people.service';
import { HomePublisher } from './home-publisher.ts';
import { OpenHome } from './open-home.ts';

@Module({
  providers: [
    {
      provide: HomePublisher,
      useFactory: (database: Database, people: People, chats: Chats, inbox: InboxHandlers, log: Log, config: Config) => {
        const publisher = new HomePublisher(chats, log);
        inbox.add(new OpenHome(database, people, publisher, config.PUBLIC_URL));
        return publisher;
      },
      inject: [Database, People, Chats, InboxHandlers, LOG, CONFIG],
    },
  ],
  exports: [HomePublisher],
})
export class HomeModule {}
