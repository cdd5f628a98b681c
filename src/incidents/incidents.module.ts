import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ConversationModule } from '#src/conversation/conversation.module';
import { Verbs } from '#src/conversation/verbs.service';
import type { Config } from '#src/platform/config/config.schema';
import { Database } from '#src/platform/database/database';
import { StreamLog } from '#src/platform/log/log';
import { CONFIG } from '#src/platform/platform.tokens';
import { incidentVerbs } from './incidents.commands.ts';
import { Declaring } from './declaring.service.ts';
import { declareVerb } from './declare.verb.ts';
import { Incident } from './incident.entity.ts';
import { IncidentChanges } from './incident-changes.ts';
import { mapIncidentErrors } from './incidents.http.ts';
import { FIRST_STATUS, STATUSES, problemsOf } from './incident-states.ts';
import { IncidentsController } from './incidents.controller.ts';
import { IncidentQueries } from './incidents.queries.ts';
import { Incidents } from './incidents.service.ts';
import { Privacy } from './privacy.service.ts';
import { privacyVerbs } from './privacy.verbs.ts';
import { Visibility } from './visibility.queries.ts';

@Module({
  controllers: [IncidentsController],
  imports: [TypeOrmModule.forFeature([Incident]), ConversationModule],
  providers: [
    { provide: IncidentChanges, useFactory: (log: StreamLog) => new IncidentChanges(log), inject: [StreamLog] },
    {
      provide: Declaring,
      useFactory: (database: Database, log: StreamLog, changes: IncidentChanges) => new Declaring(database, log, changes),
      inject: [Database, StreamLog, IncidentChanges],
    },
    { provide: Privacy, useFactory: (changes: IncidentChanges) => new Privacy(changes), inject: [IncidentChanges] },
    { provide: Visibility, useFactory: (database: Database) => new Visibility(database), inject: [Database] },
    {
      provide: Incidents,
      useFactory: (changes: IncidentChanges, declaring: Declaring, privacy: Privacy, verbs: Verbs, config: Config) => {
        const problems = problemsOf(STATUSES, FIRST_STATUS);
        if (problems.length > 0) throw new Error(`The table of statuses cannot be used: ${problems.join(' ')}`);
        mapIncidentErrors();
        const incidents = new Incidents(changes);
        const roomUrl = (reference: string): string => new URL(`/i/${reference}`, config.PUBLIC_URL).href;
        verbs.register(declareVerb(declaring, roomUrl), ...incidentVerbs(incidents), ...privacyVerbs(privacy, roomUrl));
        return incidents;
      },
      inject: [IncidentChanges, Declaring, Privacy, Verbs, CONFIG],
    },
    {
      provide: IncidentQueries,
      useFactory: (database: Database, config: Config) => new IncidentQueries(database, config.PUBLIC_URL),
      inject: [Database, CONFIG],
    },
  ],
  exports: [Declaring, Incidents, IncidentQueries, Privacy, Visibility],
})
export class IncidentsModule {}
