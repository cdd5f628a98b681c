import { Global, Module } from '@nestjs/common';
import { Chats } from '#src/platform/chats/chats';
import { Database } from '#src/platform/database/database';
import { Doorbell } from '#src/platform/doorbell/doorbell';
import type { Config } from '#src/platform/config/config.schema';
import { mapErrors } from '#src/platform/http/problems';
import { Switchboard } from '#src/platform/shedding/switchboard';
import { CONFIG } from '#src/platform/platform.tokens';
import { StreamLog } from '#src/platform/log/log';
import { ApiTokensController } from './api-tokens.controller.ts';
import { ApiTokens } from './api-tokens.service.ts';
import { AuditController } from './audit.controller.ts';
import { Audit } from './audit.service.ts';
import { DoorLimits } from './door-limits.ts';
import { Door } from './door.service.ts';
import { Links } from './links.service.ts';
import {
  LastAdmin,
  LinkNotUsable,
  NameMissing,
  NotAllowed,
  NotSignedIn,
  PersonNotFound,
  TokenNotFound,
  TokenOverAlready,
  TooOften,
} from './people.errors.ts';
import { PeopleController } from './people.controller.ts';
import { People } from './people.service.ts';
import { OrganisationRoles } from './organisation-roles.service.ts';
import { Sessions } from './sessions.ts';
import { SignInController } from './sign-in.controller.ts';

/** Global: whoever does something is a person. */
@Global()
@Module({
  controllers: [SignInController, PeopleController, ApiTokensController, AuditController],
  providers: [
    {
      provide: People,
      useFactory: (database: Database, chats: Chats, work: Switchboard) => new People(database, chats, work),
      inject: [Database, Chats, Switchboard],
    },
    { provide: Sessions, useFactory: (database: Database, people: People) => new Sessions(database, people), inject: [Database, People] },
    {
      provide: ApiTokens,
      useFactory: (database: Database, people: People, log: StreamLog, doorbell: Doorbell) =>
        new ApiTokens(database, people, log, doorbell),
      inject: [Database, People, StreamLog, Doorbell],
    },
    {
      provide: OrganisationRoles,
      useFactory: (database: Database, log: StreamLog, doorbell: Doorbell) => new OrganisationRoles(database, log, doorbell),
      inject: [Database, StreamLog, Doorbell],
    },
    { provide: Audit, useFactory: (database: Database, log: StreamLog) => new Audit(database, log), inject: [Database, StreamLog] },
    DoorLimits,
    { provide: Links, useFactory: (database: Database) => new Links(database), inject: [Database] },
    {
      provide: Door,
      useFactory: (sessions: Sessions, tokens: ApiTokens, limits: DoorLimits, doorbell: Doorbell, config: Config) => {
        mapErrors(401, NotSignedIn);
        mapErrors(403, NotAllowed);
        mapErrors(410, LinkNotUsable);
        mapErrors(400, NameMissing, TokenOverAlready);
        mapErrors(404, PersonNotFound, TokenNotFound);
        mapErrors(409, LastAdmin);
        mapErrors(429, TooOften);
        return new Door(sessions, tokens, limits, doorbell, config);
      },
      inject: [Sessions, ApiTokens, DoorLimits, Doorbell, CONFIG],
    },
  ],
  exports: [People, Sessions, Door, Links],
})
export class PeopleModule {}
