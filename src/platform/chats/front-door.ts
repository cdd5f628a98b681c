import type { Answer, Envelope, HttpIn, HttpOut, Inlet } from '@musterhq/chat-port';
import type { Inbox } from '#src/platform/inbox/inbox';
import { type InboxItem, isInteraction } from '#src/platform/inbox/inbox.types';
import { tenantOf } from '#src/platform/inbox/tenant-of';
import type { Log } from '#src/platform/logging/logging';
import { currentTrace, withTrace } from '#src/platform/logging/trace';
import type { Chats } from './chats.ts';
import type { Detours } from './drill/detours.ts';
import { PRETENDED_SILENCE } from './drill/pretended-silence.ts';

/** Who answers interactions; conversation registers itself. Nothing of it rejects. */
export interface Answerer {
  answer(item: InboxItem): Promise<Answer>;
  /** What the person is told while the answer is not there, and the platform waits no longer. */
  meanwhile(item: InboxItem): Answer;
  /** What the person is told when what they asked for could not be kept: no platform sends a gesture twice. */
  notKept(item: InboxItem): Answer;
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
    private readonly detours: Pick<Detours, 'of'>,
    private readonly log: Log,
  ) {}

  answerWith(answerer: Answerer): void {
    this.answerer = answerer;
  }

  /** Null when no such chat listens here. Rejects when events could not be made durable: answer 503, so that they come again. */
  async receive(instance: string, request: HttpIn): Promise<HttpOut | null> {
    const webhooks = this.chats.get(instance)?.adapter.webhooks;
    if (!webhooks) return null;
    const cameAt = performance.now();
    const { envelopes, out, answer } = await webhooks.receive(request);
    if (out.status >= 400) this.log.warn({ instance, status: out.status }, 'webhook refused');
    const asked = answer && envelopes.find((envelope) => isInteraction(envelope.event));
    await this.admit(
      instance,
      envelopes.filter((envelope) => envelope !== asked),
    );
    if (!asked || !answer) return out;
    return answer.encode(await this.ask(instance, asked, cameAt, answer.withinMs));
  }

  inletFor(instance: string): Inlet {
    return {
      admit: (batch) => withTrace(null, () => this.admit(instance, batch)),
      ask: (envelope, withinMs) => withTrace(null, () => this.ask(instance, envelope, performance.now(), withinMs)),
    };
  }

  private async admit(instance: string, envelopes: readonly Envelope[]): Promise<void> {
    if (envelopes.length === 0) return;
    for (const told of await this.detours.of(instance, envelopes)) {
      if (told.lost) continue;
      const fresh = await this.inbox.admit(told.instance, told.envelopes);
      this.answerAfterwards(
        told.instance,
        told.envelopes.filter(({ id }) => fresh.has(id)),
      );
    }
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

  /**
   * The answer; or, once the platform's patience is nearly over, that it is on its way. The work goes on, and it is told
   * afterwards. Where the gesture cannot be kept the person is told so in its place: they alone can make it again.
   */
  private async ask(instance: string, envelope: Envelope, cameAt: number, withinMs: number): Promise<Answer> {
    const { answerer } = this;
    // Whose it is, once that is known: until then it is nobody's but the chat's.
    let item = itemOf(instance, envelope);
    const keeping = this.keep(instance, envelope).then((kept) => {
      item = kept.item;
      return kept;
    });
    if (!answerer) return keeping.then(() => ({ t: 'none' }));
    let isKept = false;
    let isLate = false;
    const answering = keeping.then(
      ({ fresh, lost }): Answer | Promise<Answer> => {
        isKept = true;
        if (lost) return PRETENDED_SILENCE;
        return fresh ? answerer.answer(item) : { t: 'none' };
      },
      (error: unknown): Answer => {
        this.log.error({ instance, envelope: envelope.id, error }, 'a gesture could not be kept');
        return answerer.notKept(item);
      },
    );
    void answering.then((answer) => {
      if (isLate && isKept) void answerer.tell(item, answer);
    });
    const left = Math.max(0, Math.min(withinMs, ANSWER_MS) - (performance.now() - cameAt));
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<Answer>((resolve) => {
      timer = setTimeout(() => {
        isLate = true;
        resolve(isKept ? answerer.meanwhile(item) : answerer.notKept(item));
      }, left);
    });
    return Promise.race([answering, patience]).finally(() => clearTimeout(timer));
  }

  private async keep(instance: string, envelope: Envelope): Promise<{ item: InboxItem; fresh: boolean; lost: boolean }> {
    const [told] = await this.detours.of(instance, [envelope]);
    const its = told?.envelopes[0] ?? envelope;
    const item = itemOf(told?.instance ?? instance, its);
    if (told?.lost) return { item, fresh: false, lost: true };
    return { item, fresh: (await this.inbox.admit(item.instance, [its])).has(its.id), lost: false };
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
