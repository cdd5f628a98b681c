import { type Logger, SocketModeReceiver } from '@slack/bolt';
import { oneAttempt } from '../slack-client.ts';
import { withJitter } from '../slack-pulse.ts';
import { hearWhatIsNoEvent } from './frames.ts';

/** As Bolt's receiver hands it over: the acknowledgement is the socket's own. */
export type SocketDelivery = Parameters<NonNullable<Parameters<SocketModeReceiver['init']>[0]>['processEvent']>[0];

export interface LineOptions {
  readonly appToken: string;
  readonly apiUrl: string;
  readonly fetch: typeof fetch;
  readonly logger: Logger;
  /** Rejects when nothing may be acknowledged. */
  readonly deliver: (delivery: SocketDelivery) => Promise<void>;
  readonly up: () => void;
  /** With what went wrong, when it is known. */
  readonly down: (error: unknown) => void;
}

const HELLO_MS = 10_000;
const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 20_000;

/**
 * One socket, kept open: connecting → open → lost → waiting → connecting …, until `stop`.
 *
 * Bolt's receiver could reconnect by itself, but when Slack cannot be reached just then its promise is rejected with
 * nobody listening, which ends the process and not only the socket. So it is told not to, and we do.
 */
export class SocketLine {
  private receiver: SocketModeReceiver | undefined;
  private timer: NodeJS.Timeout | undefined;
  private readonly stopping = new AbortController();
  private connecting: Promise<void> = Promise.resolve();
  private open = false;
  private openSince = 0;
  private failures = 0;

  constructor(private readonly options: LineOptions) {}

  get isOpen(): boolean {
    return this.open;
  }

  /** On a clock of its own: only how far two are apart means something. */
  get openedAt(): number {
    return this.openSince;
  }

  start(): void {
    this.connecting = this.connect();
  }

  /** Ends this socket, and opens another one in its place. Nothing when none is open. */
  renew(): void {
    if (this.open && this.receiver) void this.hangUp(this.receiver);
  }

  /** Resolves when the socket is gone, also when the other side never says goodbye. */
  async stop(): Promise<void> {
    this.stopping.abort();
    clearTimeout(this.timer);
    if (this.receiver) await this.hangUp(this.receiver);
    await this.connecting;
  }

  private async connect(): Promise<void> {
    const receiver = this.build();
    this.receiver = receiver;
    receiver.client.once('disconnected', () => this.lost(receiver, undefined));
    const impatience = setTimeout(() => this.force(receiver), HELLO_MS);
    try {
      await receiver.start();
      if (this.stopping.signal.aborted || this.receiver !== receiver) return await this.hangUp(receiver);
      this.open = true;
      this.openSince = performance.now();
      this.failures = 0;
      this.options.up();
    } catch (error) {
      this.lost(receiver, error);
    } finally {
      clearTimeout(impatience);
    }
  }

  private build(): SocketModeReceiver {
    const { appToken, apiUrl, logger, deliver } = this.options;
    const fetch: typeof globalThis.fetch = (url, init) =>
      this.options.fetch(url, { ...init, signal: AbortSignal.any([this.stopping.signal, ...(init?.signal ? [init.signal] : [])]) });
    const receiver = new SocketModeReceiver({
      appToken,
      logger,
      autoReconnectEnabled: false,
      installerOptions: { clientOptions: { ...oneAttempt, slackApiUrl: apiUrl, fetch } },
      processEventErrorHandler: () => Promise.resolve(false),
    });
    hearWhatIsNoEvent(receiver.client);
    receiver.init({ processEvent: deliver } as Parameters<SocketModeReceiver['init']>[0]);
    return receiver;
  }

  private lost(receiver: SocketModeReceiver, error: unknown): void {
    if (this.receiver !== receiver) return;
    this.receiver = undefined;
    this.open = false;
    if (this.stopping.signal.aborted) return;
    this.options.down(error);
    const wait = withJitter(Math.min(FIRST_WAIT_MS * 2 ** this.failures, LONGEST_WAIT_MS));
    this.failures += 1;
    this.timer = setTimeout(() => this.start(), wait);
    this.timer.unref();
  }

  private async hangUp(receiver: SocketModeReceiver): Promise<void> {
    const gone = new Promise<void>((resolve) => receiver.client.once('disconnected', () => resolve()));
    void receiver.client.disconnect().catch(() => undefined);
    const impatience = setTimeout(() => this.force(receiver), 200);
    await gone;
    clearTimeout(impatience);
  }

  /** The second goodbye does not wait for an answer to the first. */
  private force(receiver: SocketModeReceiver): void {
    void receiver.client.disconnect().catch(() => undefined);
    void receiver.client.disconnect().catch(() => undefined);
  }
}
