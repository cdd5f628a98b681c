import { Module } from '@nestjs/common';
import { ArtifactsModule } from '#src/artifacts/artifacts.module';
import { ConversationModule } from '#src/conversation/conversation.module';
import { Conversation } from '#src/conversation/conversation.service';
import { IncidentsModule } from '#src/incidents/incidents.module';
import { Incidents } from '#src/incidents/incidents.service';
import { Triage } from '#src/incidents/triage.service';
import { Participants } from '#src/incidents/participants.service';
import { ParticipantCommands } from './participant-commands.ts';
import { Privacy } from '#src/incidents/privacy.service';
import { RoleHolders } from '#src/incidents/roles/role-holders.service';
import { Visibility } from '#src/incidents/visibility.queries';
import { Database } from '#src/platform/database/database';
import { Doorbell } from '#src/platform/doorbell/doorbell';
import { StreamLog } from '#src/platform/log/log';
import { Metrics } from '#src/platform/metrics/metrics';
import { Edits } from '#src/rooms/edits.service';
import { Marks } from '#src/rooms/marks.service';
import { Messages } from '#src/rooms/messages.service';
import { RoomsModule } from '#src/rooms/rooms.module';
import { UpdatesModule } from '#src/updates/updates.module';
import { Nudges } from '#src/updates/nudges.service';
import { Updates } from '#src/updates/updates.service';
import { TimelineModule } from '#src/timeline/timeline.module';
import { Timeline } from '#src/timeline/timeline.service';
import { MeController } from './me.controller.ts';
import { MessageCommands } from './message-commands.ts';
import { pageControllers, pageProviders } from './pages/pages.providers.ts';
import { ReadController } from './read.controller.ts';
import { OpenStreams } from './open-streams.ts';
import { RoomCommands } from './room-commands.ts';
import { RoomController } from './room.controller.ts';
import { Switchboard } from '#src/platform/shedding/switchboard';
import { GivenUp } from './given-up.ts';
import { MirrorFeeds } from './mirror-feeds.ts';
import { RoomFeeds } from './room-feeds.ts';
import { RoomQueries } from './room.queries.ts';
import { RoomStream } from './room-stream.ts';
import { UpdateCommands } from './update-commands.ts';

@Module({
  imports: [ArtifactsModule, ConversationModule, IncidentsModule, RoomsModule, TimelineModule, UpdatesModule],
  controllers: [MeController, RoomController, ReadController, ...pageControllers],
  providers: [
    ...pageProviders,
    { provide: RoomQueries, useFactory: (database: Database) => new RoomQueries(database), inject: [Database] },
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
    {
      provide: RoomCommands,
      useFactory: (
        database: Database,
        incidents: Incidents,
        triage: Triage,
        privacy: Privacy,
        roles: RoleHolders,
        visibility: Visibility,
        messages: Messages,
        conversation: Conversation,
        participantCommands: ParticipantCommands,
        messageCommands: MessageCommands,
        updateCommands: UpdateCommands,
      ) =>
        new RoomCommands(
          database,
          incidents,
          triage,
          privacy,
          roles,
          visibility,
          messages,
          conversation,
          participantCommands,
          messageCommands,
          updateCommands,
        ),
      inject: [
        Database,
        Incidents,
        Triage,
        Privacy,
        RoleHolders,
        Visibility,
        Messages,
        Conversation,
        ParticipantCommands,
        MessageCommands,
        UpdateCommands,
      ],
    },
    {
      provide: ParticipantCommands,
      useFactory: (participants: Participants) => new ParticipantCommands(participants),
      inject: [Participants],
    },
    {
      provide: UpdateCommands,
      useFactory: (updates: Updates, nudges: Nudges) => new UpdateCommands(updates, nudges),
      inject: [Updates, Nudges],
    },
    {
      provide: MessageCommands,
      useFactory: (edits: Edits, marks: Marks, timeline: Timeline) => new MessageCommands(edits, marks, timeline),
      inject: [Edits, Marks, Timeline],
    },
  ],
  exports: [MirrorFeeds, OpenStreams, RoomFeeds, RoomQueries],
})
export class WarRoomModule {}
