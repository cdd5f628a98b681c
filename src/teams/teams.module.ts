import { Module } from '@nestjs/common';
import { Database } from '#src/platform/database/database';
import { mapErrors } from '#src/platform/http/problems';
import { StreamLog } from '#src/platform/log/log';
import { TeamsController } from './teams.controller.ts';
import { TeamNotFound, TeamNotUsable } from './teams.errors.ts';
import { TeamQueries } from './teams.queries.ts';
import { Teams } from './teams.service.ts';

@Module({
  controllers: [TeamsController],
  providers: [
    {
      provide: Teams,
      useFactory: (database: Database, log: StreamLog) => {
        mapErrors(404, TeamNotFound);
        mapErrors(400, TeamNotUsable);
        return new Teams(database, log);
      },
      inject: [Database, StreamLog],
    },
    { provide: TeamQueries, useFactory: (database: Database) => new TeamQueries(database), inject: [Database] },
  ],
  exports: [TeamQueries],
})
export class TeamsModule {}
