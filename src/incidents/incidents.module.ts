import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ConversationModule } from '#src/conversation/conversation.module';
import { Verbs } from '#src/conversation/verbs.service';
import type { Config } from '#src/platform/config/config.schema';
import { Database } from '#src/platform/database/database';
import { StreamLog } from '#src/platform/log/log';
import { Joining } from '#src/people/joining.service';
import { CONFIG } from '#src/platform/platform.tokens';
import { AddableController } from './addable.controller.ts';
import { incidentVerbs } from './incidents.verbs.ts';
import { Declaring } from './declaring.service.ts';
import { declareVerb } from './declare.verbs.ts';
import { Incident } from './incident.entity.ts';
import { IncidentChanges } from './incident-changes.ts';
import { mapIncidentErrors } from './incidents.http.ts';
import { whatGoesOnVerb } from './what-goes-on.verbs.ts';
import { IncidentsController } from './incidents.controller.ts';
import { IncidentQueries } from './incidents.queries.ts';
import { Incidents } from './incidents.service.ts';
import { roleVerbs } from './roles/role.verbs.ts';
import { RoleHolders } from './roles/role-holders.service.ts';
import { RoleList } from './roles/role-list.service.ts';
import { RolesController } from './roles/roles.controller.ts';
import { participantVerbs } from './participant.verbs.ts';
import { Participants } from './participants.service.ts';
import { Privacy } from './privacy.service.ts';
import { privacyVerbs } from './privacy.verbs.ts';
import { Statuses } from './statuses.service.ts';
import { StatusesController } from './statuses.controller.ts';
import { Triage } from './triage.service.ts';
import { FollowJoins } from './follow-joins.ts';
import { triageVerbs } from './triage.verbs.ts';
import { Visibility } from './visibility.queries.ts';

@Module({
  controllers: [AddableController, IncidentsController, RolesController, StatusesController],
  imports: [TypeOrmModule.forFeature([Incident]), ConversationModule],
  providers: [
    {
      provide: IncidentChanges,
      useFactory: (log: StreamLog, joining: Joining) => {
        joining.followedBy(new FollowJoins(log));
        return new IncidentChanges(log);
      },
      inject: [StreamLog, Joining],
    },
    {
      provide: Declaring,
      useFactory: (database: Database, log: StreamLog, changes: IncidentChanges, statuses: Statuses) =>
        new Declaring(database, log, changes, statuses),
      inject: [Database, StreamLog, IncidentChanges, Statuses],
    },
    { provide: Privacy, useFactory: (changes: IncidentChanges) => new Privacy(changes), inject: [IncidentChanges] },
    {
      provide: Statuses,
      useFactory: async (database: Database, log: StreamLog) => {
        const statuses = new Statuses(database, log);
        await statuses.checkAtStart();
        return statuses;
      },
      inject: [Database, StreamLog],
    },
    { provide: RoleList, useFactory: (database: Database, log: StreamLog) => new RoleList(database, log), inject: [Database, StreamLog] },
    {
      provide: RoleHolders,
      useFactory: (database: Database, changes: IncidentChanges, incidents: Incidents, verbs: Verbs) => {
        const holders = new RoleHolders(database, changes, incidents);
        verbs.register(...roleVerbs(holders));
        return holders;
      },
      inject: [Database, IncidentChanges, Incidents, Verbs],
    },
    {
      provide: Participants,
      useFactory: (changes: IncidentChanges, holders: RoleHolders, verbs: Verbs) => {
        const participants = new Participants(changes, holders);
        verbs.register(...participantVerbs(participants));
        return participants;
      },
      inject: [IncidentChanges, RoleHolders, Verbs],
    },
    {
      provide: Triage,
      useFactory: (changes: IncidentChanges, statuses: Statuses, visibility: Visibility, verbs: Verbs) => {
        const triage = new Triage(changes, statuses);
        verbs.register(...triageVerbs(triage, visibility));
        return triage;
      },
      inject: [IncidentChanges, Statuses, Visibility, Verbs],
    },
    { provide: Visibility, useFactory: (database: Database) => new Visibility(database), inject: [Database] },
    {
      provide: Incidents,
      useFactory: (changes: IncidentChanges, statuses: Statuses, declaring: Declaring, privacy: Privacy, verbs: Verbs, config: Config) => {
        mapIncidentErrors();
        const incidents = new Incidents(changes, statuses);
        const roomUrl = (reference: string): string => new URL(`/i/${reference}`, config.PUBLIC_URL).href;
        verbs.register(
          declareVerb(declaring, roomUrl),
          whatGoesOnVerb(roomUrl),
          ...incidentVerbs(incidents, statuses),
          ...privacyVerbs(privacy, roomUrl),
        );
        return incidents;
      },
      inject: [IncidentChanges, Statuses, Declaring, Privacy, Verbs, CONFIG],
    },
    {
      provide: IncidentQueries,
      useFactory: (database: Database, config: Config) => new IncidentQueries(database, config.PUBLIC_URL),
      inject: [Database, CONFIG],
    },
  ],
  exports: [Declaring, Incidents, IncidentQueries, Participants, Privacy, RoleHolders, Statuses, Triage, Visibility],
})
export class IncidentsModule {}
