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
  readonly now: () => number;
  readonly up: () => void;
  /** With what went wrong, when it is known. */
  readonly down: (error: unknown) => void;
}

const HELLO_MS = 10_000;
const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 20_000;

/**
 * One socket, kept open: connecting → open → lost → waiting → connecting …, until `stop`. While it is renewed there are two for a moment.
 *
 * Bolt's receiver could reconnect by itself, but when Slack cannot be reached just then its promise is rejected with
 * nobody listening, which ends the process and not only the socket. So it is told not to, and we do.
 */
export class SocketLine {
  private receiver: SocketModeReceiver | undefined;
  private timer: NodeJS.Timeout | undefined;
  private readonly stopping = new AbortController();
  private connecting: Promise<void> = Promise.resolve();
  private renewing: Promise<void> = Promise.resolve();
  private open = false;
  private isRenewed = false;
  private openSince = 0;
  private heardAt = -Infinity;
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

  /** How long nothing came by it, its own greeting included. */
  get silentMs(): number {
    return this.options.now() - this.heardAt;
  }

  /** Opens another socket in the place of this one, and ends this one when that is open. Where it cannot be opened, this one stays. */
  renew(): void {
    const old = this.receiver;
    if (this.open && old && !this.isRenewed) this.renewing = this.replace(old);
  }

  /** Resolves when the socket is gone, also when the other side never says goodbye. */
  async stop(): Promise<void> {
    this.stopping.abort();
    clearTimeout(this.timer);
    if (this.receiver) await this.hangUp(this.receiver);
    await Promise.all([this.connecting, this.renewing]);
  }

  private async connect(): Promise<void> {
    const receiver = this.build();
    this.receiver = receiver;
    try {
      await this.greeted(receiver);
      if (this.stopping.signal.aborted || this.receiver !== receiver) return await this.hangUp(receiver);
      this.isUp(receiver);
    } catch (error) {
      this.lost(receiver, error);
    }
  }

  private async replace(old: SocketModeReceiver): Promise<void> {
    this.isRenewed = true;
    const receiver = this.build();
    try {
      await this.greeted(receiver);
      // The old one may have been lost meanwhile, and has a successor then.
      const isWanted = this.receiver === old && !this.stopping.signal.aborted;
      if (isWanted) this.isUp(receiver);
      await this.hangUp(isWanted ? old : receiver);
    } catch {
      // The old one stays.
    } finally {
      this.isRenewed = false;
    }
  }

  private async greeted(receiver: SocketModeReceiver): Promise<void> {
    const impatience = setTimeout(() => this.force(receiver), HELLO_MS);
    try {
      await receiver.start();
    } finally {
      clearTimeout(impatience);
    }
  }

  private isUp(receiver: SocketModeReceiver): void {
    this.receiver = receiver;
    this.open = true;
    this.openSince = performance.now();
    this.heardAt = this.options.now();
    this.failures = 0;
    this.options.up();
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
    receiver.client.on('ws_message', () => {
      if (this.receiver === receiver) this.heardAt = this.options.now();
    });
    receiver.client.once('disconnected', () => this.lost(receiver, undefined));
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
