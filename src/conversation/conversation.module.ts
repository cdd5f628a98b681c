import { Module } from '@nestjs/common';
import { Chats } from '#src/platform/chats/chats';
import { FrontDoor } from '#src/platform/chats/front-door';
import type { Config } from '#src/platform/config/config.schema';
import { Database } from '#src/platform/database/database';
import { InboxHandlers } from '#src/platform/inbox/inbox-handlers';
import { StreamLog } from '#src/platform/log/log';
import { LOG, type Log } from '#src/platform/logging/logging';
import { mapErrors } from '#src/platform/http/problems';
import { CONFIG } from '#src/platform/platform.tokens';
import { Claims } from '#src/people/claims.service';
import { People } from '#src/people/people.service';
import { AbandonedInteractions } from './abandoned.ts';
import { Afterwards } from './afterwards.ts';
import { FormInvalid, NoIncidentHere, NotUnderstood } from './conversation.errors.ts';
import { Conversation } from './conversation.service.ts';
import { helpVerb } from './help.verbs.ts';
import { SpokenTo } from './spoken-to.ts';
import { thisIsMeVerb } from './this-is-me.verbs.ts';
import { Verbs } from './verbs.service.ts';

@Module({
  providers: [
    {
      provide: Verbs,
      useFactory: (claims: Claims) => {
        const verbs = new Verbs();
        verbs.register(helpVerb(verbs), thisIsMeVerb(claims));
        return verbs;
      },
      inject: [Claims],
    },
    { provide: Afterwards, useFactory: (chats: Chats, log: Log) => new Afterwards(chats, log), inject: [Chats, LOG] },
    {
      provide: Conversation,
      useFactory: (
        database: Database,
        verbs: Verbs,
        people: People,
        chats: Chats,
        door: FrontDoor,
        afterwards: Afterwards,
        log: Log,
        config: Config,
      ) => {
        mapErrors(400, NotUnderstood, NoIncidentHere, FormInvalid);
        const conversation = new Conversation(database, verbs, people, chats, log, config.PUBLIC_URL);
        door.answerWith({
          answer: (item) => conversation.answer(item),
          meanwhile: (item) => conversation.meanwhile(item),
          notKept: (item) => conversation.notKept(item),
          tell: (item, answer) => afterwards.say(item, answer),
        });
        return conversation;
      },
      inject: [Database, Verbs, People, Chats, FrontDoor, Afterwards, LOG, CONFIG],
    },
    {
      provide: AbandonedInteractions,
      useFactory: (
        database: Database,
        streams: StreamLog,
        conversation: Conversation,
        afterwards: Afterwards,
        log: Log,
        inbox: InboxHandlers,
      ) => {
        const abandoned = new AbandonedInteractions(database, streams, conversation, afterwards, log);
        inbox.add(new SpokenTo(() => abandoned.wake()));
        return abandoned;
      },
      inject: [Database, StreamLog, Conversation, Afterwards, LOG, InboxHandlers],
    },
  ],
  exports: [Verbs, Conversation, AbandonedInteractions],
})
export class ConversationModule {}
