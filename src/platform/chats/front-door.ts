import type { Answer, Envelope, HttpIn, HttpOut, Inlet } from '@musterhq/chat-port';
import type { Inbox } from '#src/platform/inbox/inbox';
import { type InboxItem, isInteraction } from '#src/platform/inbox/inbox.types';
import { tenantOf } from '#src/platform/inbox/tenant-of';
import type { Log } from '#src/platform/logging/logging';
import { currentTrace, withTrace } from '#src/platform/logging/trace';
import type { Chats } from './chats.ts';

/** Who answers interactions; conversation registers itself. Nothing of it rejects. */
export interface Answerer {
  answer(item: InboxItem): Promise<Answer>;
  /** What the person is told while the answer is not there, and the platform waits no longer. */
  meanwhile(item: InboxItem): Answer;
  /** Tells them the answer by a call of its own. */
  tell(item: InboxItem, answer: Answer): Promise<void>;
}

/** Shorter than any platform's own patience, so that the person hears from us and not from a time-out. */
const ANSWER_MS = 2_500;

/**
 * Where chats come in, by webhook or by socket. Nothing is acknowledged before it is durable; a platform that hears no
 * acknowledgement sends again, and the second copy is recognised by its id.
 */
export class FrontDoor {
  private answerer: Answerer | null = null;

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
    const cameAt = performance.now();
    const { envelopes, out, answer } = await webhooks.receive(request);
    const fresh = await this.inbox.admit(instance, envelopes);
    if (out.status >= 400) this.log.warn({ instance, status: out.status }, 'webhook refused');
    const asked = answer && envelopes.find((envelope) => isInteraction(envelope.event));
    const others = envelopes.filter((envelope) => envelope !== asked && fresh.has(envelope.id));
    this.answerAfterwards(instance, others);
    if (!asked || !answer) return out;
    if (!fresh.has(asked.id)) return answer.encode({ t: 'none' });
    return answer.encode(await this.inTime(instance, asked, cameAt, answer.withinMs));
  }

  inletFor(instance: string): Inlet {
    return {
      admit: (batch) =>
        withTrace(null, async () => {
          const fresh = await this.inbox.admit(instance, batch);
          this.answerAfterwards(
            instance,
            batch.filter(({ id }) => fresh.has(id)),
          );
        }),
      ask: (envelope, withinMs) =>
        withTrace(null, async (): Promise<Answer> => {
          const cameAt = performance.now();
          const fresh = await this.inbox.admit(instance, [envelope]);
          if (!fresh.has(envelope.id)) return { t: 'none' };
          return this.inTime(instance, envelope, cameAt, withinMs);
        }),
    };
  }

  /** Gestures for whose answer nobody holds a line. */
  private answerAfterwards(instance: string, envelopes: readonly Envelope[]): void {
    const { answerer } = this;
    if (!answerer) return;
    for (const envelope of envelopes) {
      if (!isInteraction(envelope.event)) continue;
      const item = itemOf(instance, envelope);
      void answerer.answer(item).then((answer) => answerer.tell(item, answer));
    }
  }

  /** The answer; or, once the platform's patience is nearly over, that it is on its way. The work goes on, and it is told afterwards. */
  private async inTime(instance: string, envelope: Envelope, cameAt: number, withinMs: number): Promise<Answer> {
    const { answerer } = this;
    if (!answerer) return { t: 'none' };
    const item = itemOf(instance, envelope);
    const answering = answerer.answer(item);
    const left = Math.max(0, Math.min(withinMs, ANSWER_MS) - (performance.now() - cameAt));
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), left)));
    const answer = await Promise.race([answering, late]).finally(() => clearTimeout(timer));
    if (answer) return answer;
    void answering.then((found) => answerer.tell(item, found));
    return answerer.meanwhile(item);
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
