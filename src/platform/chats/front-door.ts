import type { Answer, Envelope, HttpIn, HttpOut, Inlet } from '@musterhq/chat-port';
import type { Inbox } from '#src/platform/inbox/inbox';
import { type InboxItem, isInteraction } from '#src/platform/inbox/inbox.types';
import { tenantOf } from '#src/platform/inbox/tenant-of';
import type { Log } from '#src/platform/logging/logging';
import { currentTrace, withTrace } from '#src/platform/logging/trace';
import type { Chats } from './chats.ts';

/** Who answers interactions; conversation registers itself. Never rejects. */
export type Answerer = (item: InboxItem) => Promise<Answer>;

/** Shorter than any platform's own patience, so that the person hears from us and not from a time-out. */
const ANSWER_MS = 2_500;

/**
 * Where chats come in, by webhook or by socket. Nothing is acknowledged before it is durable; a platform that hears no
 * acknowledgement sends again, and the second copy is recognised by its id.
 */
export class FrontDoor {
  private answerer: Answerer = () => Promise.resolve({ t: 'none' });

  constructor(
    private readonly inbox: Inbox,
    private readonly chats: Chats,
    private readonly log: Log,
  ) {}

  answerWith(answerer: Answerer): void {
    this.answerer = answerer;
  }

  /** Null when no such chat listens here. Rejects when what came could not be made durable: answer 503, so that it comes again. */
  async receive(instance: string, request: HttpIn): Promise<HttpOut | null> {
    const webhooks = this.chats.get(instance)?.adapter.webhooks;
    if (!webhooks) return null;
    const { envelopes, out, answer } = await webhooks.receive(request);
    const fresh = await this.inbox.admit(instance, envelopes);
    if (out.status >= 400) this.log.warn({ instance, status: out.status }, 'webhook refused');
    const asked = envelopes.find((envelope) => isInteraction(envelope.event));
    if (!asked || !answer) return out;
    if (!fresh.has(asked.id)) return answer.encode({ t: 'none' });
    return answer.encode(await this.within(instance, asked, Math.min(answer.withinMs, ANSWER_MS)));
  }

  inletFor(instance: string): Inlet {
    return {
      admit: (batch) =>
        withTrace(null, async () => {
          await this.inbox.admit(instance, batch);
        }),
      ask: (envelope, withinMs) =>
        withTrace(null, async (): Promise<Answer> => {
          const fresh = await this.inbox.admit(instance, [envelope]);
          if (!fresh.has(envelope.id)) return { t: 'none' };
          return this.within(instance, envelope, Math.min(withinMs, ANSWER_MS));
        }),
    };
  }

  /**
   * The answer, or after a while none. The work goes on and the room shows what came of it; words for the person alone
   * are then lost, because the platform no longer waits for them.
   */
  private async within(instance: string, envelope: Envelope, ms: number): Promise<Answer> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<Answer>((resolve) => {
      timer = setTimeout(() => resolve({ t: 'none' }), ms);
    });
    try {
      return await Promise.race([this.answerer(itemOf(instance, envelope)), late]);
    } finally {
      clearTimeout(timer);
    }
  }
}

function itemOf(instance: string, envelope: Envelope): InboxItem {
  return {
    instance,
    tenant: tenantOf(envelope.event),
    lane: envelope.lane,
    seq: 0,
    envelopeId: envelope.id,
    occurredAt: new Date(envelope.at),
    admittedAt: new Date(),
    gapId: null,
    event: envelope.event,
    trace: currentTrace(),
  };
}
