import { Module } from '@nestjs/common';
import { Chats } from '#src/platform/chats/chats';
import { FrontDoor } from '#src/platform/chats/front-door';
import type { Config } from '#src/platform/config/config.schema';
import { Database } from '#src/platform/database/database';
import { StreamLog } from '#src/platform/log/log';
import { LOG, type Log } from '#src/platform/logging/logging';
import { mapErrors } from '#src/platform/http/problems';
import { CONFIG } from '#src/platform/platform.tokens';
import { People } from '#src/people/people.service';
import { AbandonedInteractions } from './abandoned.ts';
import { FormInvalid, NoIncidentHere, NotUnderstood } from './conversation.errors.ts';
import { Conversation } from './conversation.service.ts';
import { helpVerb } from './help.verbs.ts';
import { Verbs } from './verbs.service.ts';

@Module({
  providers: [
    {
      provide: Verbs,
      useFactory: () => {
        const verbs = new Verbs();
        verbs.register(helpVerb(verbs));
        return verbs;
      },
    },
    {
      provide: Conversation,
      useFactory: (database: Database, verbs: Verbs, people: People, chats: Chats, door: FrontDoor, log: Log, config: Config) => {
        mapErrors(400, NotUnderstood, NoIncidentHere, FormInvalid);
        const conversation = new Conversation(database, verbs, people, chats, log, config.PUBLIC_URL);
        door.answerWith((item) => conversation.answer(item));
        return conversation;
      },
      inject: [Database, Verbs, People, Chats, FrontDoor, LOG, CONFIG],
    },
    {
      provide: AbandonedInteractions,
      useFactory: (database: Database, streams: StreamLog, conversation: Conversation, chats: Chats, log: Log) =>
        new AbandonedInteractions(database, streams, conversation, chats, log),
      inject: [Database, StreamLog, Conversation, Chats, LOG],
    },
  ],
  exports: [Verbs, Conversation, AbandonedInteractions],
})
export class ConversationModule {}
