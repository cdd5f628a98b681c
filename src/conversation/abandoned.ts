import type { Database } from '#src/platform/database/database';
import { takeAbandoned } from '#src/platform/inbox/interactions';
import { withTrace } from '#src/platform/logging/trace';
import type { InboxItem } from '#src/platform/inbox/inbox.types';
import type { Log } from '#src/platform/logging/logging';
import type { StreamLog } from '#src/platform/log/log';
import { Loop } from '#src/platform/loops/loop';
import { TURNS } from '#src/platform/loops/turns';
import type { Afterwards } from './afterwards.ts';
import type { Conversation } from './conversation.service.ts';

const POLL_MS = 1_000;

/**
 * Interactions whose process died before it answered, and those that were said in a message. What they asked for is done once, and the
 * answer is said afterwards.
 */
export class AbandonedInteractions {
  private readonly loop: Loop;

  constructor(
    private readonly database: Database,
    private readonly streams: StreamLog,
    private readonly conversation: Conversation,
    private readonly afterwards: Afterwards,
    log: Log,
  ) {
    this.loop = new Loop('abandoned interactions', POLL_MS, () => this.answerThem(), log);
  }

  start(): void {
    this.loop.start();
  }

  /** There is one now. */
  wake(): void {
    this.loop.wake();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  private async answerThem(): Promise<void> {
    for (;;) {
      // What ended one process may end this one: nothing else is under way then.
      const [item] = await takeAbandoned(this.database, this.streams, 1);
      if (!item) return;
      await TURNS.apart(() => withTrace(item.trace, () => this.answer(item)));
    }
  }

  private async answer(item: InboxItem): Promise<void> {
    await this.afterwards.say(item, await this.conversation.answer(item));
  }
}
