import { Module } from '@nestjs/common';
import { ArtifactsModule } from '#src/artifacts/artifacts.module';
import { ArtifactStore } from '#src/artifacts/artifact-store.types';
import { ArtifactQueries } from '#src/artifacts/artifacts.queries';
import { Artifacts } from '#src/artifacts/artifacts.service';
import { ConversationModule } from '#src/conversation/conversation.module';
import { Conversation } from '#src/conversation/conversation.service';
import { Verbs } from '#src/conversation/verbs.service';
import { IncidentsModule } from '#src/incidents/incidents.module';
import { Incidents } from '#src/incidents/incidents.service';
import { openIncidents } from '#src/incidents/open-incidents.queries';
import { holdStill, isSentOut, seesNow } from '#src/incidents/visibility.queries';
import { Chats } from '#src/platform/chats/chats';
import type { Config } from '#src/platform/config/config.schema';
import { Database } from '#src/platform/database/database';
import { ServerClock } from '#src/platform/database/server-clock';
import { Doorbell } from '#src/platform/doorbell/doorbell';
import { FollowerRunners } from '#src/platform/followers/follower-runners';
import { Inbox } from '#src/platform/inbox/inbox';
import { InboxHandlers } from '#src/platform/inbox/inbox-handlers';
import { IdUsedBefore } from '#src/platform/log/done-before';
import { StreamLog } from '#src/platform/log/log';
import { LOG, type Log } from '#src/platform/logging/logging';
import { mapErrors } from '#src/platform/http/problems';
import { CONFIG } from '#src/platform/platform.tokens';
import { Switchboard } from '#src/platform/shedding/switchboard';
import { Replays } from '#src/platform/quarantine/replays';
import { People } from '#src/people/people.service';
import { ArchiveWatch } from './archiving/archive-watch.ts';
import { ArchivingController } from './archiving/archiving.controller.ts';
import { Archiving } from './archiving/archiving.service.ts';
import { AnnouncementFollower } from './announcement-follower.ts';
import { DeliveriesInPostgres } from './deliveries/deliveries.ts';
import { DeliveryWorker } from './deliveries/delivery-worker.ts';
import { ReplayDelivery } from './deliveries/replay-delivery.ts';
import { FileBringer } from './files/file-bringer.ts';
import { FileFetcher } from './files/file-fetcher.ts';
import { CalledInChats } from './called-in-chats.ts';
import { CatchUp } from './gaps/catch-up.ts';
import { GapsInPostgres } from './gaps/gaps.ts';
import { LookBack } from './gaps/look-back.ts';
import { MarksOfLog } from './gaps/marks-in-history.ts';
import { MirrorTrouble } from './gaps/mirror-trouble.service.ts';
import { HearingInPostgres } from './hearing.ts';
import { KeepMessage } from './keep-message.ts';
import { Messages } from './messages.service.ts';
import { MirrorFollower } from './mirror-follower.ts';
import { findMirror } from './mirrors.ts';
import { ReceiveMessage } from './receive-message.ts';
import { Edits } from './edits.service.ts';
import { Marks } from './marks.service.ts';
import { ReadMarks } from './read-marks.service.ts';
import { ReceiveMark } from './receive-mark.ts';
import { ReceiveMissed } from './receive-missed.ts';
import { ReceiveMember } from './receive-member.ts';
import { ReceiveRoomChange } from './receive-room-change.ts';
import { OfferedCommands } from './offered-commands.ts';
import {
  EmojiNotUsable,
  MessageGone,
  MessageIdReused,
  MessageNotFound,
  MessageNotUsable,
  NotYourMessage,
  OfferNotFound,
} from './rooms.errors.ts';
import { sayAgainVerb } from './rooms.verbs.ts';
import { SayAgain } from './say-again.service.ts';
import { Sweeper } from './sweeps/sweeper.ts';
import { SweepsInPostgres } from './sweeps/sweeps.ts';
import { WhatToSay } from './what-to-say.ts';

@Module({
  imports: [ArtifactsModule, ConversationModule, IncidentsModule],
  controllers: [ArchivingController],
  providers: [
    {
      provide: Messages,
      useFactory: (
        database: Database,
        streams: StreamLog,
        incidents: Incidents,
        doorbell: Doorbell,
        people: People,
        conversation: Conversation,
        followers: FollowerRunners,
        inbox: InboxHandlers,
        artifacts: Artifacts,
        chats: Chats,
        work: Switchboard,
        config: Config,
      ) => {
        mapErrors(400, MessageNotUsable, EmojiNotUsable);
        mapErrors(403, NotYourMessage);
        mapErrors(404, MessageNotFound, OfferNotFound);
        mapErrors(409, MessageIdReused, MessageGone, IdUsedBefore);
        const messages = new Messages(database, streams, incidents);
        const called = new CalledInChats(chats, work);
        followers.add(new MirrorFollower(streams, doorbell, config.PUBLIC_URL));
        followers.add(new AnnouncementFollower(streams, doorbell));
        inbox.add(new ReceiveMessage(new HearingInPostgres(streams, messages, people, artifacts), people, called));
        inbox.add(new ReceiveMark(new Marks(streams), people));
        inbox.add(new ReceiveRoomChange(database, streams, doorbell, people));
        inbox.add(new ReceiveMissed(doorbell));
        inbox.add(new ReceiveMember(database, streams, incidents, people));
        conversation.useSubjects(
          {
            hold: holdStill,
            async ofRoom(tx, room, person) {
              const mirror = await findMirror(tx, room);
              return mirror && !(await isSentOut(tx, mirror.incidentId, person)) ? mirror.incidentId : null;
            },
            maySee: seesNow,
            open: async (tx, user, instance) => openIncidents(tx, await people.ofAccount(tx, user), instance),
          },
          new KeepMessage(messages, new Marks(streams), people, called),
          new OfferedCommands(streams),
        );
        return messages;
      },
      inject: [
        Database,
        StreamLog,
        Incidents,
        Doorbell,
        People,
        Conversation,
        FollowerRunners,
        InboxHandlers,
        Artifacts,
        Chats,
        Switchboard,
        CONFIG,
      ],
    },
    {
      provide: Edits,
      useFactory: (streams: StreamLog, incidents: Incidents, artifacts: Artifacts) => new Edits(streams, incidents, artifacts),
      inject: [StreamLog, Incidents, Artifacts],
    },
    { provide: Marks, useFactory: (streams: StreamLog) => new Marks(streams), inject: [StreamLog] },
    {
      provide: SayAgain,
      useFactory: (streams: StreamLog, incidents: Incidents, doorbell: Doorbell, verbs: Verbs) => {
        const sayAgain = new SayAgain(streams, incidents, doorbell);
        verbs.register(sayAgainVerb(sayAgain));
        return sayAgain;
      },
      inject: [StreamLog, Incidents, Doorbell, Verbs],
    },
    { provide: ReadMarks, useFactory: (database: Database) => new ReadMarks(database), inject: [Database] },
    {
      provide: DeliveryWorker,
      useFactory: (
        database: Database,
        streams: StreamLog,
        chats: Chats,
        doorbell: Doorbell,
        log: Log,
        config: Config,
        replays: Replays,
        work: Switchboard,
        artifacts: ArtifactQueries,
        store: ArtifactStore,
        clock: ServerClock,
      ) => {
        replays.add(new ReplayDelivery(doorbell));
        const deliveries = new DeliveriesInPostgres(database, streams);
        const files = new FileBringer(artifacts, store);
        const whatToSay = new WhatToSay(database, config.PUBLIC_URL);
        return new DeliveryWorker(deliveries, chats, whatToSay, doorbell, log, work, undefined, clock, undefined, undefined, files);
      },
      inject: [Database, StreamLog, Chats, Doorbell, LOG, CONFIG, Replays, Switchboard, ArtifactQueries, ArtifactStore, ServerClock],
    },
    {
      provide: CatchUp,
      useFactory: (database: Database, streams: StreamLog, inbox: Inbox, chats: Chats, doorbell: Doorbell, log: Log, clock: ServerClock) =>
        new CatchUp(
          new GapsInPostgres(database, streams),
          new DeliveriesInPostgres(database, streams),
          inbox,
          new MarksOfLog(database),
          chats,
          doorbell,
          log,
          clock,
        ),
      inject: [Database, StreamLog, Inbox, Chats, Doorbell, LOG, ServerClock],
    },
    {
      provide: LookBack,
      useFactory: (database: Database, streams: StreamLog, inbox: Inbox, chats: Chats, log: Log, work: Switchboard, clock: ServerClock) =>
        new LookBack(database, inbox, new MarksOfLog(database), new DeliveriesInPostgres(database, streams), chats, log, work, clock),
      inject: [Database, StreamLog, Inbox, Chats, LOG, Switchboard, ServerClock],
    },
    {
      provide: Sweeper,
      useFactory: (database: Database, streams: StreamLog, chats: Chats, log: Log, work: Switchboard, clock: ServerClock) =>
        new Sweeper(new SweepsInPostgres(database, streams), new DeliveriesInPostgres(database, streams), chats, log, work, undefined, clock),
      inject: [Database, StreamLog, Chats, LOG, Switchboard, ServerClock],
    },
    {
      provide: FileFetcher,
      useFactory: (database: Database, streams: StreamLog, artifacts: Artifacts, chats: Chats, log: Log) =>
        new FileFetcher(database, streams, artifacts, chats, log),
      inject: [Database, StreamLog, Artifacts, Chats, LOG],
    },
    {
      provide: Archiving,
      useFactory: (database: Database, streams: StreamLog) => new Archiving(database, streams),
      inject: [Database, StreamLog],
    },
    {
      provide: ArchiveWatch,
      useFactory: (database: Database, streams: StreamLog, chats: Chats, log: Log, work: Switchboard) =>
        new ArchiveWatch(database, streams, chats, log, work),
      inject: [Database, StreamLog, Chats, LOG, Switchboard],
    },
    {
      provide: MirrorTrouble,
      useFactory: (streams: StreamLog, doorbell: Doorbell) => new MirrorTrouble(streams, doorbell),
      inject: [StreamLog, Doorbell],
    },
  ],
  exports: [
    Messages,
    Edits,
    Marks,
    ReadMarks,
    SayAgain,
    DeliveryWorker,
    CatchUp,
    LookBack,
    FileFetcher,
    Sweeper,
    ArchiveWatch,
    MirrorTrouble,
  ],
})
export class RoomsModule {}
