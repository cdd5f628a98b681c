import { Module } from '@nestjs/common';
import { ArtifactsModule } from '#src/artifacts/artifacts.module';
import { ConversationModule } from '#src/conversation/conversation.module';
import { IncidentsModule } from '#src/incidents/incidents.module';
import { Visibility } from '#src/incidents/visibility.queries';
import { Database } from '#src/platform/database/database';
import { Doorbell } from '#src/platform/doorbell/doorbell';
import { StreamLog } from '#src/platform/log/log';
import { Metrics } from '#src/platform/metrics/metrics';
import { RoomsModule } from '#src/rooms/rooms.module';
import { TeamsModule } from '#src/teams/teams.module';
import { UpdatesModule } from '#src/updates/updates.module';
import { TimelineModule } from '#src/timeline/timeline.module';
import { commandProviders } from './commands/commands.providers.ts';
import { MeController } from './me.controller.ts';
import { pageControllers, pageProviders } from './pages/pages.providers.ts';
import { ReadController } from './read.controller.ts';
import { OpenStreams } from './open-streams.ts';
import { RoomController } from './room.controller.ts';
import { Switchboard } from '#src/platform/shedding/switchboard';
import { GivenUp } from './given-up.ts';
import { HeardController } from './heard.controller.ts';
import { HeardQueries } from './heard.queries.ts';
import { MirrorFeeds } from './mirror-feeds.ts';
import { RoomFeeds } from './room-feeds.ts';
import { RoomQueries } from './room.queries.ts';
import { RoomStream } from './room-stream.ts';

@Module({
  imports: [ArtifactsModule, ConversationModule, IncidentsModule, RoomsModule, TeamsModule, TimelineModule, UpdatesModule],
  controllers: [MeController, RoomController, ReadController, HeardController, ...pageControllers],
  providers: [
    ...commandProviders,
    ...pageProviders,
    { provide: RoomQueries, useFactory: (database: Database) => new RoomQueries(database), inject: [Database] },
    { provide: HeardQueries, useFactory: (database: Database) => new HeardQueries(database), inject: [Database] },
    {
      provide: RoomFeeds,
      useFactory: (log: StreamLog, doorbell: Doorbell, metrics: Metrics) => new RoomFeeds(log, doorbell, metrics),
      inject: [StreamLog, Doorbell, Metrics],
    },
    {
      provide: MirrorFeeds,
      useFactory: (rooms: RoomQueries, doorbell: Doorbell) => new MirrorFeeds(rooms, doorbell),
      inject: [RoomQueries, Doorbell],
    },
    { provide: GivenUp, useFactory: (work: Switchboard) => new GivenUp(work), inject: [Switchboard] },
    {
      provide: RoomStream,
      useFactory: (feeds: RoomFeeds, mirrors: MirrorFeeds, visibility: Visibility, givenUp: GivenUp, streams: OpenStreams) =>
        new RoomStream(feeds, mirrors, visibility, givenUp, streams),
      inject: [RoomFeeds, MirrorFeeds, Visibility, GivenUp, OpenStreams],
    },
    {
      provide: OpenStreams,
      useFactory: (database: Database, doorbell: Doorbell, metrics: Metrics) => new OpenStreams(database, doorbell, metrics),
      inject: [Database, Doorbell, Metrics],
    },
  ],
  exports: [MirrorFeeds, OpenStreams, RoomFeeds, RoomQueries],
})
export class WarRoomModule {}
