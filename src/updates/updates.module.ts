import { Module } from '@nestjs/common';
import { ConversationModule } from '#src/conversation/conversation.module';
import { Verbs } from '#src/conversation/verbs.service';
import { IncidentsModule } from '#src/incidents/incidents.module';
import { Incidents } from '#src/incidents/incidents.service';
import { Statuses } from '#src/incidents/statuses.service';
import { Database } from '#src/platform/database/database';
import { mapErrors } from '#src/platform/http/problems';
import { StreamLog } from '#src/platform/log/log';
import { LOG, type Log } from '#src/platform/logging/logging';
import { Switchboard } from '#src/platform/shedding/switchboard';
import { Nudges } from './nudges.service.ts';
import { NudgeWatch } from './nudge-watch.ts';
import { updateVerbs } from './updates.verbs.ts';
import { MinutesNotUsable, UpdateEmpty } from './updates.errors.ts';
import { UpdateQueries } from './updates.queries.ts';
import { Updates } from './updates.service.ts';
import { whatNowVerb } from './what-now.verbs.ts';

@Module({
  imports: [ConversationModule, IncidentsModule],
  providers: [
    {
      provide: Updates,
      useFactory: (log: StreamLog, incidents: Incidents, nudges: Nudges, verbs: Verbs, statuses: Statuses) => {
        mapErrors(400, UpdateEmpty, MinutesNotUsable);
        const updates = new Updates(log, incidents);
        verbs.register(...updateVerbs(updates, nudges, statuses), whatNowVerb(incidents));
        return updates;
      },
      inject: [StreamLog, Incidents, Nudges, Verbs, Statuses],
    },
    { provide: Nudges, useFactory: (log: StreamLog, incidents: Incidents) => new Nudges(log, incidents), inject: [StreamLog, Incidents] },
    { provide: UpdateQueries, useFactory: (database: Database) => new UpdateQueries(database), inject: [Database] },
    {
      provide: NudgeWatch,
      useFactory: (database: Database, updates: UpdateQueries, nudges: Nudges, log: Log, work: Switchboard) =>
        new NudgeWatch(database, updates, nudges, log, work),
      inject: [Database, UpdateQueries, Nudges, LOG, Switchboard],
    },
  ],
  exports: [Updates, Nudges, UpdateQueries, NudgeWatch],
})
export class UpdatesModule {}
