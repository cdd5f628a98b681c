import { Module } from '@nestjs/common';
import { AnnouncementsModule } from '#src/announcements/announcements.module';
import { ArtifactsModule } from '#src/artifacts/artifacts.module';
import { ConversationModule } from '#src/conversation/conversation.module';
import { IncidentsModule } from '#src/incidents/incidents.module';
import { Visibility } from '#src/incidents/visibility.queries';
import { Database } from '#src/platform/database/database';
import { AsOne } from '#src/people/as-one.service';
import { Doorbell } from '#src/platform/doorbell/doorbell';
import { StreamLog } from '#src/platform/log/log';
import { Metrics } from '#src/platform/metrics/metrics';
import { OutageModule } from '#src/outage/outage.module';
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
import { PeopleFeed } from './people-feed.ts';
import { RoomFeeds } from './room-feeds.ts';
import { RoomQueries } from './room.queries.ts';
import { RoomStream } from './room-stream.ts';

@Module({
  imports: [
    AnnouncementsModule,
    ArtifactsModule,
    ConversationModule,
    IncidentsModule,
    OutageModule,
    RoomsModule,
    TeamsModule,
    TimelineModule,
    UpdatesModule,
  ],
  controllers: [MeController, RoomController, ReadController, HeardController, ...pageControllers],
  providers: [
    ...commandProviders,
    ...pageProviders,
    { provide: RoomQueries, useFactory: (database: Database) => new RoomQueries(database), inject: [Database] },
    { provide: HeardQueries, useFactory: (database: Database) => new HeardQueries(database), inject: [Database] },
    {
      provide: RoomFeeds,
      useFactory: (log: StreamLog, asOne: AsOne, doorbell: Doorbell, metrics: Metrics) => {
        const read = async (streamId: string, after: number, limit: number) => asOne.read(await log.read(streamId, after, limit));
        return new RoomFeeds({ read, lastSeq: (streamId) => log.lastSeq(streamId) }, doorbell, metrics);
      },
      inject: [StreamLog, AsOne, Doorbell, Metrics],
    },
    {
      provide: MirrorFeeds,
      useFactory: (rooms: RoomQueries, doorbell: Doorbell) => new MirrorFeeds(rooms, doorbell),
      inject: [RoomQueries, Doorbell],
    },
    { provide: GivenUp, useFactory: (work: Switchboard) => new GivenUp(work), inject: [Switchboard] },
    {
      provide: RoomStream,
      useFactory: (
        feeds: RoomFeeds,
        mirrors: MirrorFeeds,
        visibility: Visibility,
        givenUp: GivenUp,
        streams: OpenStreams,
        people: PeopleFeed,
      ) => new RoomStream(feeds, mirrors, visibility, givenUp, streams, people),
      inject: [RoomFeeds, MirrorFeeds, Visibility, GivenUp, OpenStreams, PeopleFeed],
    },
    {
      provide: PeopleFeed,
      useFactory: (database: Database, doorbell: Doorbell) => new PeopleFeed(database, doorbell),
      inject: [Database, Doorbell],
    },
    {
      provide: OpenStreams,
      useFactory: (database: Database, doorbell: Doorbell, metrics: Metrics) => new OpenStreams(database, doorbell, metrics),
      inject: [Database, Doorbell, Metrics],
    },
  ],
  exports: [MirrorFeeds, OpenStreams, PeopleFeed, RoomFeeds, RoomQueries],
})
export class WarRoomModule {}
