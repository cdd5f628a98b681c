import { Module } from '@nestjs/common';
import { ConversationModule } from '#src/conversation/conversation.module';
import { Verbs } from '#src/conversation/verbs.service';
import { IncidentsModule } from '#src/incidents/incidents.module';
import { Incidents } from '#src/incidents/incidents.service';
import { Chats } from '#src/platform/chats/chats';
import { Database } from '#src/platform/database/database';
import { mapErrors } from '#src/platform/http/problems';
import { StreamLog } from '#src/platform/log/log';
import { AnnouncementsController } from './announcements.controller.ts';
import { ChatNotFound, PrivateNotAnnounced, RuleNotUsable } from './announcements.errors.ts';
import { Announcements } from './announcements.service.ts';
import { announceVerb } from './announcements.verbs.ts';

@Module({
  imports: [ConversationModule, IncidentsModule],
  controllers: [AnnouncementsController],
  providers: [
    {
      provide: Announcements,
      useFactory: (database: Database, log: StreamLog, chats: Chats, incidents: Incidents, verbs: Verbs) => {
        mapErrors(400, RuleNotUsable);
        mapErrors(404, ChatNotFound);
        mapErrors(409, PrivateNotAnnounced);
        const announcements = new Announcements(database, log, chats, incidents);
        verbs.register(announceVerb(announcements));
        return announcements;
      },
      inject: [Database, StreamLog, Chats, Incidents, Verbs],
    },
  ],
  exports: [Announcements],
})
export class AnnouncementsModule {}
