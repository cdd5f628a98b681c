import { Module } from '@nestjs/common';
import { tellPeople } from '#src/conversation/conversation.errors';
import { ConversationModule } from '#src/conversation/conversation.module';
import { Verbs } from '#src/conversation/verbs.service';
import { NotAllowed } from '#src/people/people.errors';
import { NotificationsModule } from '#src/notifications/notifications.module';
import { Notices } from '#src/notifications/notices.service';
import { Chats } from '#src/platform/chats/chats';
import { Database } from '#src/platform/database/database';
import { Doorbell } from '#src/platform/doorbell/doorbell';
import type { Config } from '#src/platform/config/config.schema';
import { FollowerRunners } from '#src/platform/followers/follower-runners';
import { Inbox } from '#src/platform/inbox/inbox';
import { StreamLog } from '#src/platform/log/log';
import { Addresses } from '#src/platform/outgoing/addresses';
import { mapErrors } from '#src/platform/http/problems';
import { LOG, type Log } from '#src/platform/logging/logging';
import { CONFIG } from '#src/platform/platform.tokens';
import { Switchboard } from '#src/platform/shedding/switchboard';
import { MirrorTrouble } from '#src/rooms/gaps/mirror-trouble.service';
import { RoomsModule } from '#src/rooms/rooms.module';
import { CanaryEars } from './canary-ears.ts';
import { ControlProbe } from './control-probe.ts';
import { DeadMansSwitch } from './dead-mans-switch.ts';
import { OutageNotices } from './outage-notices.ts';
import { OutageController } from './outage.controller.ts';
import { ChatNotReached, NoSuchChat } from './outage.errors.ts';
import { OutageWatch } from './outage-watch.ts';
import { StatusFeeds } from './status-feeds.ts';
import { PersonsWord } from './persons-word.service.ts';
import { wordVerbs } from './persons-word.verbs.ts';
import { WriteDecision } from './write-decision.ts';

@Module({
  imports: [ConversationModule, NotificationsModule, RoomsModule],
  controllers: [OutageController],
  providers: [
    {
      provide: OutageWatch,
      useFactory: (
        database: Database,
        chats: Chats,
        streams: StreamLog,
        trouble: MirrorTrouble,
        doorbell: Doorbell,
        log: Log,
        work: Switchboard,
        config: Config,
      ) => {
        const probe = new ControlProbe(config.MUSTER_PROBE_HOSTS);
        return new OutageWatch(
          database,
          chats,
          new WriteDecision(streams, trouble),
          doorbell,
          log,
          probe,
          new DeadMansSwitch(config.MUSTER_DEADMAN_URL, log),
          work,
        );
      },
      inject: [Database, Chats, StreamLog, MirrorTrouble, Doorbell, LOG, Switchboard, CONFIG],
    },
    {
      provide: StatusFeeds,
      useFactory: (database: Database, chats: Chats, addresses: Addresses, doorbell: Doorbell, log: Log) =>
        new StatusFeeds(database, chats, addresses, doorbell, log),
      inject: [Database, Chats, Addresses, Doorbell, LOG],
    },
    {
      provide: PersonsWord,
      useFactory: (streams: StreamLog, doorbell: Doorbell, verbs: Verbs) => {
        mapErrors(404, NoSuchChat);
        mapErrors(409, ChatNotReached);
        tellPeople(NoSuchChat, ChatNotReached, NotAllowed);
        const words = new PersonsWord(streams, doorbell);
        verbs.register(...wordVerbs(words));
        return words;
      },
      inject: [StreamLog, Doorbell, Verbs],
    },
    {
      provide: OutageNotices,
      useFactory: (notices: Notices, followers: FollowerRunners, config: Config) => {
        const telling = new OutageNotices(notices, config.PUBLIC_URL);
        followers.add(telling);
        return telling;
      },
      inject: [Notices, FollowerRunners, CONFIG],
    },
    {
      provide: CanaryEars,
      useFactory: (database: Database, inbox: Inbox, chats: Chats, doorbell: Doorbell, log: Log) =>
        new CanaryEars(database, inbox, chats, doorbell, log),
      inject: [Database, Inbox, Chats, Doorbell, LOG],
    },
  ],
  exports: [OutageWatch, StatusFeeds, CanaryEars, PersonsWord],
})
export class OutageModule {}
