import type { Logger } from '@slack/bolt';
import { webApi } from '@slack/bolt';
import type { Fault, Inlet, Log } from '@musterhq/chat-port';
import { outcomeOf } from '../slack-faults.ts';
import type { SlackHealth } from '../slack-health.ts';
import { isWire } from '#libs/wire/wire';
import type { AnswerDesk } from './answer-desk.ts';
import { ANSWER_MS } from './answers.ts';
import type { BoltDecoder, Decoded } from './bolt-decoder.ts';
import { type SocketDelivery, SocketLine } from './socket-line.ts';

export interface SocketOptions {
  readonly appToken: string;
  readonly apiUrl: string;
  readonly fetch: typeof fetch;
  readonly logger: Logger;
  readonly log: Log;
  readonly now: () => number;
  /** An event came. */
  readonly heard: () => void;
  readonly lines?: number;
  /** How far apart in age two sockets are at least. */
  readonly apartMs?: number;
}

/** Slack recycles sockets when it likes. With two, one is open while the other finds its way back. */
const LINES = 2;
const DRAIN_MS = 1_000;
const APART_MS = 60_000;
/** A look at a chat is missed after so long: a socket that brought nothing meanwhile may be the one that lost it. */
const SILENT_MS = 10_000;
/** Slack lets an app open only so many sockets a minute. */
const RENEWED_AGAIN_MS = 60_000;

/** Socket Mode: what comes is decoded in its order, stored by the core, and only then acknowledged. */
export class SlackSockets {
  private lines: SocketLine[] = [];
  private readonly underWay = new Set<Promise<void>>();
  private turn: Promise<unknown> = Promise.resolve();
  private spreading: NodeJS.Timeout | undefined;
  private renewedAt = -Infinity;

  constructor(
    private readonly options: SocketOptions,
    private readonly decoder: BoltDecoder,
    private readonly desk: AnswerDesk,
    private readonly health: SlackHealth,
  ) {}

  /** Returns at once: a Slack that is away is a matter of health. Called again, it does nothing. */
  connect(inlet: Inlet, signal: AbortSignal): void {
    if (this.lines.length > 0 || signal.aborted) return;
    const { appToken, apiUrl, fetch, logger, lines = LINES } = this.options;
    this.lines = Array.from({ length: lines }, () => {
      return new SocketLine({
        appToken,
        apiUrl,
        fetch,
        logger,
        deliver: (delivery) => this.track(this.deliver(delivery, inlet)),
        now: this.options.now,
        up: () => {
          this.health.socketIs('up');
          this.spreadLater();
        },
        down: (error) => this.down(error),
      });
    });
    for (const line of this.lines) line.start();
    signal.addEventListener('abort', () => void this.close(), { once: true });
  }

  /** Something did not come. A socket that answers every ping may carry nothing; the one that does is known by what it brought. */
  renewSilent(): void {
    const now = this.options.now();
    if (now - this.renewedAt < RENEWED_AGAIN_MS) return;
    const silent = this.lines.filter(({ isOpen, silentMs }) => isOpen && silentMs >= SILENT_MS);
    if (silent.length === 0) return;
    this.renewedAt = now;
    this.options.log.info({ sockets: silent.length, of: this.lines.length }, 'silent sockets are renewed');
    for (const line of silent) line.renew();
  }

  /** Lets what is being stored be acknowledged, then hangs up. May be called twice. */
  async close(): Promise<void> {
    clearTimeout(this.spreading);
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise((resolve) => (timer = setTimeout(resolve, DRAIN_MS)));
    await Promise.race([Promise.allSettled([...this.underWay]), patience]);
    clearTimeout(timer);
    await Promise.all(this.lines.map((line) => line.stop()));
  }

  private spreadLater(): void {
    clearTimeout(this.spreading);
    this.spreading = setTimeout(() => this.spread(), this.options.apartMs ?? APART_MS);
    this.spreading.unref();
  }

  /** Slack ends each socket after some hours: of two that are of one age, both at once. So one is renewed, in a moment without work. */
  private spread(): void {
    const [older, younger] = this.lines.filter(({ isOpen }) => isOpen).sort((a, b) => a.openedAt - b.openedAt);
    if (!older || !younger || younger.openedAt - older.openedAt >= (this.options.apartMs ?? APART_MS) / 2) return;
    if (this.underWay.size > 0) return this.spreadLater();
    younger.renew();
  }

  private async deliver(delivery: SocketDelivery, inlet: Inlet): Promise<void> {
    const decoded = await this.inTurn(() => this.decode(delivery));
    await delivery.ack(await this.admit(decoded, inlet));
  }

  /** Decoding is asynchronous inside Bolt; without this two messages could be admitted the wrong way round. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.turn.then(work);
    this.turn = done.catch(() => undefined);
    return done;
  }

  private decode({ body, retryNum }: SocketDelivery): Promise<Decoded> {
    const now = this.options.now();
    return this.decoder.decode({ body: isWire(body) ? body : {}, redelivery: retryNum ?? 0, at: now, now });
  }

  private async admit({ envelopes, door }: Decoded, inlet: Inlet): Promise<unknown> {
    const [interaction, ...more] = envelopes;
    if (!door || !interaction) {
      if (envelopes.length > 0) this.options.heard();
      if (envelopes.length > 0) await inlet.admit(envelopes);
      return undefined;
    }
    if (more.length > 0) await inlet.admit(more);
    return this.desk.give(door, await inlet.ask(interaction, ANSWER_MS), interaction);
  }

  private async track(work: Promise<void>): Promise<void> {
    const settled = work.catch((error: unknown) => {
      this.options.log.warn({ error }, 'a delivery was not acknowledged; Slack will send it again');
    });
    this.underWay.add(settled);
    await settled;
    this.underWay.delete(settled);
  }

  private down(error: unknown): void {
    if (this.lines.some((line) => line.isOpen)) return;
    this.health.socketIs(faultOf(error));
  }
}

/** A refused app token is a matter of credentials; all else is a line that will come back. */
function faultOf(error: unknown): Fault {
  if (error instanceof webApi.WebAPIPlatformError) {
    const attempt = outcomeOf({ kind: 'answer', error: error.data.error }, 'apps.connections.open');
    if (attempt.outcome !== 'done' && attempt.fault.code === 'auth') {
      return {
        ...attempt.fault,
        scope: 'adapter',
        detail: 'Slack does not accept the app-level token. Make a new one with connections:write.',
      };
    }
  }
  return { code: 'unavailable', scope: 'adapter', remedy: 'wait', detail: 'No socket to Slack is open.', native: 'socket' };
}
