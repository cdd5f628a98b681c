import { Global, Module } from '@nestjs/common';
import { Chats } from '#src/platform/chats/chats';
import { Database } from '#src/platform/database/database';
import { Doorbell } from '#src/platform/doorbell/doorbell';
import type { Config } from '#src/platform/config/config.schema';
import { mapErrors } from '#src/platform/http/problems';
import { Switchboard } from '#src/platform/shedding/switchboard';
import { Retention } from '#src/platform/retention/retention';
import { CONFIG } from '#src/platform/platform.tokens';
import { StreamLog } from '#src/platform/log/log';
import { ApiTokensController } from './api-tokens.controller.ts';
import { ApiTokens } from './api-tokens.service.ts';
import { AuditController } from './audit.controller.ts';
import { AsOne } from './as-one.service.ts';
import { Audit } from './audit.service.ts';
import { Claims } from './claims.service.ts';
import { JoinsController } from './joins.controller.ts';
import { JoinQueries } from './joins.queries.ts';
import { Trust } from './trust.service.ts';
import { DoorLimits } from './door-limits.ts';
import { Door } from './door.service.ts';
import { AccountEvidence } from './evidence.service.ts';
import { Joining } from './joining.service.ts';
import { Links } from './links.service.ts';
import {
  AccountDeactivated,
  ChatNotKnown,
  ClaimNotUsable,
  ConfirmFirst,
  LastAdmin,
  LinkNotUsable,
  NameMissing,
  NotAllowed,
  NotJoinable,
  NotSignedIn,
  PersonNotFound,
  TokenNotFound,
  TokenOverAlready,
  TooOften,
} from './people.errors.ts';
import { PeopleController } from './people.controller.ts';
import { PasskeyDoorController } from './passkey-door.controller.ts';
import { PasskeysController } from './passkeys.controller.ts';
import { PASSKEYS } from './passkeys.providers.ts';
import { PrintedCodesController } from './printed-codes.controller.ts';
import { PrintedCodes } from './printed-codes.service.ts';
import { SheetController } from './sheet.controller.ts';
import { Sheet } from './sheet.service.ts';
import { OVER_SIGN_INS } from './over-sign-ins.ts';
import { People } from './people.service.ts';
import { OrganisationRoles } from './organisation-roles.service.ts';
import { Sessions } from './sessions.ts';
import { SignInController } from './sign-in.controller.ts';

/** Global: whoever does something is a person. */
@Global()
@Module({
  controllers: [
    SignInController,
    PasskeyDoorController,
    PasskeysController,
    JoinsController,
    PeopleController,
    ApiTokensController,
    AuditController,
    PrintedCodesController,
    SheetController,
  ],
  providers: [
    {
      provide: People,
      useFactory: (database: Database, chats: Chats, evidence: AccountEvidence, work: Switchboard) =>
        new People(database, chats, evidence, work),
      inject: [Database, Chats, AccountEvidence, Switchboard],
    },
    {
      provide: Joining,
      useFactory: (database: Database, log: StreamLog, doorbell: Doorbell) => new Joining(database, log, doorbell),
      inject: [Database, StreamLog, Doorbell],
    },
    { provide: AccountEvidence, useFactory: (joining: Joining) => new AccountEvidence(joining), inject: [Joining] },
    {
      provide: Sessions,
      useFactory: (database: Database, people: People, retention: Retention) => {
        retention.add(...OVER_SIGN_INS);
        return new Sessions(database, people);
      },
      inject: [Database, People, Retention],
    },
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
    {
      provide: PrintedCodes,
      useFactory: (database: Database, sessions: Sessions, limits: DoorLimits, log: StreamLog) =>
        new PrintedCodes(database, sessions, limits, log),
      inject: [Database, Sessions, DoorLimits, StreamLog],
    },
    ...PASSKEYS,
    {
      provide: Sheet,
      useFactory: (database: Database, log: StreamLog, config: Config) => new Sheet(database, log, config),
      inject: [Database, StreamLog, CONFIG],
    },
    { provide: Claims, useFactory: (joining: Joining) => new Claims(joining), inject: [Joining] },
    { provide: JoinQueries, useFactory: (database: Database) => new JoinQueries(database), inject: [Database] },
    {
      provide: Trust,
      useFactory: (database: Database, log: StreamLog, evidence: AccountEvidence) => new Trust(database, log, evidence),
      inject: [Database, StreamLog, AccountEvidence],
    },
    { provide: AsOne, useFactory: (database: Database, doorbell: Doorbell) => new AsOne(database, doorbell), inject: [Database, Doorbell] },
    { provide: Links, useFactory: (database: Database) => new Links(database), inject: [Database] },
    {
      provide: Door,
      useFactory: (sessions: Sessions, tokens: ApiTokens, limits: DoorLimits, doorbell: Doorbell, config: Config) => {
        mapErrors(401, NotSignedIn);
        mapErrors(403, NotAllowed, ConfirmFirst);
        mapErrors(410, LinkNotUsable, ClaimNotUsable);
        mapErrors(400, NameMissing, TokenOverAlready, NotJoinable);
        mapErrors(404, ChatNotKnown, PersonNotFound, TokenNotFound);
        mapErrors(409, LastAdmin, AccountDeactivated);
        mapErrors(429, TooOften);
        return new Door(sessions, tokens, limits, doorbell, config);
      },
      inject: [Sessions, ApiTokens, DoorLimits, Doorbell, CONFIG],
    },
  ],
  exports: [AsOne, Claims, People, Sessions, Door, Links, Joining],
})
export class PeopleModule {}
