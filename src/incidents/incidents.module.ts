import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ConversationModule } from '#src/conversation/conversation.module';
import { Verbs } from '#src/conversation/verbs.service';
import type { Config } from '#src/platform/config/config.schema';
import { Database } from '#src/platform/database/database';
import { StreamLog } from '#src/platform/log/log';
import { CONFIG } from '#src/platform/platform.tokens';
import { incidentVerbs } from './incidents.commands.ts';
import { Incident } from './incident.entity.ts';
import { mapIncidentErrors } from './incidents.http.ts';
import { FIRST_STATUS, STATUSES, problemsOf } from './incident-states.ts';
import { IncidentsController } from './incidents.controller.ts';
import { IncidentQueries } from './incidents.queries.ts';
import { Incidents } from './incidents.service.ts';

@Module({
  controllers: [IncidentsController],
  imports: [TypeOrmModule.forFeature([Incident]), ConversationModule],
  providers: [
    {
      provide: Incidents,
      useFactory: (database: Database, log: StreamLog, verbs: Verbs, config: Config) => {
        const problems = problemsOf(STATUSES, FIRST_STATUS);
        if (problems.length > 0) throw new Error(`The table of statuses cannot be used: ${problems.join(' ')}`);
        mapIncidentErrors();
        const incidents = new Incidents(database, log);
        verbs.register(...incidentVerbs(incidents, (reference) => new URL(`/i/${reference}`, config.PUBLIC_URL).href));
        return incidents;
      },
      inject: [Database, StreamLog, Verbs, CONFIG],
    },
    {
      provide: IncidentQueries,
      useFactory: (database: Database, config: Config) => new IncidentQueries(database, config.PUBLIC_URL),
      inject: [Database, CONFIG],
    },
  ],
  exports: [Incidents, IncidentQueries],
})
export class IncidentsModule {}
