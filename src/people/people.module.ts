import { Global, Module } from '@nestjs/common';
import { Chats } from '#src/platform/chats/chats';
import { Database } from '#src/platform/database/database';
import { People } from './people.service.ts';
import { Sessions } from './sessions.ts';

/** Global: whoever does something is a person. */
@Global()
@Module({
  providers: [
    { provide: People, useFactory: (database: Database, chats: Chats) => new People(database, chats), inject: [Database, Chats] },
    { provide: Sessions, useFactory: (database: Database, people: People) => new Sessions(database, people), inject: [Database, People] },
  ],
  exports: [People, Sessions],
})
export class PeopleModule {}
