import { Global, Module } from '@nestjs/common';
import { Chats } from '#src/platform/chats/chats';
import { Database } from '#src/platform/database/database';
import type { Config } from '#src/platform/config/config.schema';
import { mapErrors } from '#src/platform/http/problems';
import { Switchboard } from '#src/platform/shedding/switchboard';
import { CONFIG } from '#src/platform/platform.tokens';
import { Door } from './door.service.ts';
import { Links } from './links.service.ts';
import { LinkNotUsable, NameMissing, NotAllowed, NotSignedIn } from './people.errors.ts';
import { People } from './people.service.ts';
import { RedemptionLimit } from './redemption-limit.ts';
import { Sessions } from './sessions.ts';
import { SignInController } from './sign-in.controller.ts';

/** Global: whoever does something is a person. */
@Global()
@Module({
  controllers: [SignInController],
  providers: [
    {
      provide: People,
      useFactory: (database: Database, chats: Chats, work: Switchboard) => new People(database, chats, work),
      inject: [Database, Chats, Switchboard],
    },
    { provide: Sessions, useFactory: (database: Database, people: People) => new Sessions(database, people), inject: [Database, People] },
    { provide: RedemptionLimit, useFactory: () => new RedemptionLimit() },
    { provide: Links, useFactory: (database: Database) => new Links(database), inject: [Database] },
    {
      provide: Door,
      useFactory: (sessions: Sessions, config: Config) => {
        mapErrors(401, NotSignedIn);
        mapErrors(403, NotAllowed);
        mapErrors(410, LinkNotUsable);
        mapErrors(400, NameMissing);
        return new Door(sessions, config);
      },
      inject: [Sessions, CONFIG],
    },
  ],
  exports: [People, Sessions, Door, Links],
})
export class PeopleModule {}
