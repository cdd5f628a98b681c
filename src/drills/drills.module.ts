import { Module } from '@nestjs/common';
import { tellPeople } from '#src/conversation/conversation.errors';
import { ConversationModule } from '#src/conversation/conversation.module';
import { Verbs } from '#src/conversation/verbs.service';
import { Declaring } from '#src/incidents/declaring.service';
import { IncidentsModule } from '#src/incidents/incidents.module';
import { Incidents } from '#src/incidents/incidents.service';
import { Participants } from '#src/incidents/participants.service';
import { NotificationsModule } from '#src/notifications/notifications.module';
import { Notices } from '#src/notifications/notices.service';
import { Chats } from '#src/platform/chats/chats';
import type { Config } from '#src/platform/config/config.schema';
import { Database } from '#src/platform/database/database';
import { Doorbell } from '#src/platform/doorbell/doorbell';
import { FollowerRunners } from '#src/platform/followers/follower-runners';
import { mapErrors } from '#src/platform/http/problems';
import { Inbox } from '#src/platform/inbox/inbox';
import { StreamLog } from '#src/platform/log/log';
import { LOG, type Log } from '#src/platform/logging/logging';
import { CONFIG } from '#src/platform/platform.tokens';
import { DrillHost } from './drill-host.ts';
import { DrillNotices } from './drill-notices.ts';
import { DrillsPages } from './drills-pages.controller.ts';
import { DrillsController } from './drills.controller.ts';
import { ChatInTrouble, DrillGoesOn, DrillNotFound, DrillTeamUnknown, FaultUnknown, NoChatToDrill, NoDrill } from './drills.errors.ts';
import { Drills } from './drills.service.ts';
import { drillVerb } from './drills.verbs.ts';

@Module({
  imports: [ConversationModule, IncidentsModule, NotificationsModule],
  controllers: [DrillsController, DrillsPages],
  providers: [
    {
      provide: Drills,
      useFactory: (
        database: Database,
        declaring: Declaring,
        participants: Participants,
        streams: StreamLog,
        doorbell: Doorbell,
        verbs: Verbs,
        config: Config,
      ) => {
        mapErrors(400, DrillTeamUnknown, NoChatToDrill);
        mapErrors(404, DrillNotFound);
        mapErrors(409, ChatInTrouble, DrillGoesOn, NoDrill);
        mapErrors(400, FaultUnknown);
        tellPeople(ChatInTrouble, DrillGoesOn, DrillTeamUnknown, FaultUnknown, NoChatToDrill, NoDrill);
        const drills = new Drills(database, declaring, participants, streams, doorbell, config.PUBLIC_URL);
        verbs.register(drillVerb(drills, config.PUBLIC_URL));
        return drills;
      },
      inject: [Database, Declaring, Participants, StreamLog, Doorbell, Verbs, CONFIG],
    },
    {
      provide: DrillNotices,
      useFactory: (notices: Notices, followers: FollowerRunners, config: Config) => {
        const telling = new DrillNotices(notices, config.PUBLIC_URL);
        followers.add(telling);
        return telling;
      },
      inject: [Notices, FollowerRunners, CONFIG],
    },
    {
      provide: DrillHost,
      useFactory: (
        database: Database,
        chats: Chats,
        incidents: Incidents,
        notices: Notices,
        inbox: Inbox,
        doorbell: Doorbell,
        log: Log,
        config: Config,
      ) => new DrillHost(database, chats, incidents, notices, inbox, doorbell, log, config.PUBLIC_URL),
      inject: [Database, Chats, Incidents, Notices, Inbox, Doorbell, LOG, CONFIG],
    },
  ],
  exports: [DrillHost],
})
export class DrillsModule {}
