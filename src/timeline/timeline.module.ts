import { Module } from '@nestjs/common';
import { ConversationModule } from '#src/conversation/conversation.module';
import { Verbs } from '#src/conversation/verbs.service';
import { mapErrors } from '#src/platform/http/problems';
import { StreamLog } from '#src/platform/log/log';
import { timelineVerb } from './timeline.verbs.ts';
import { EntryNotUsable, NotOnTheTimeline, NotYetHappened, TimeNotUnderstood } from './timeline.errors.ts';
import { Timeline } from './timeline.service.ts';

@Module({
  imports: [ConversationModule],
  providers: [
    {
      provide: Timeline,
      useFactory: (log: StreamLog, verbs: Verbs) => {
        mapErrors(400, EntryNotUsable, NotYetHappened, TimeNotUnderstood);
        mapErrors(404, NotOnTheTimeline);
        const timeline = new Timeline(log);
        verbs.register(timelineVerb(timeline));
        return timeline;
      },
      inject: [StreamLog, Verbs],
    },
  ],
  exports: [Timeline],
})
export class TimelineModule {}
