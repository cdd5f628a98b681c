import { type Observable, ReplaySubject } from 'rxjs';
import type { Fault, Health } from '@musterhq/chat-port';

const LIMITED_MS = 120_000;
const HELD_BACK: Fault = {
  code: 'rate-limited',
  scope: 'tenant',
  remedy: 'wait',
  native: 'app_rate_limited',
  detail:
    'Slack holds events back: more than 30,000 of them came within an hour. What was missed is read from its history. Take the app out of busy channels that it need not hear.',
};

/**
 * What is known, and the state that follows from it.
 *
 * `starting` until the token was accepted once and, in Socket Mode, one socket has said hello. Then `ready`; `offline`
 * while Slack cannot be reached or no socket is open; `limited` while it says that it holds events back; `unauthorized` while the credentials are refused; `stopped` for good.
 * A single failed call changes nothing here: it only makes somebody look (see SlackPulse).
 */
export class SlackHealth {
  private readonly states = new ReplaySubject<Health>(1);
  readonly health$: Observable<Health> = this.states.asObservable();

  private api: 'unknown' | 'up' | Fault = 'unknown';
  private socket: 'unneeded' | 'none yet' | 'up' | Fault;
  private tenant: string | undefined;
  private retryAt: number | undefined;
  private limit: NodeJS.Timeout | undefined;
  private last: Health | undefined;
  private wasReady = false;

  constructor(
    private readonly now: () => number,
    needsSocket: boolean,
  ) {
    this.socket = needsSocket ? 'none yet' : 'unneeded';
    this.tell();
  }

  get state(): Health['state'] {
    return this.last?.state ?? 'starting';
  }

  apiIs(api: 'up' | Fault, about: { tenant?: string; retryAt?: number } = {}): void {
    this.api = api;
    this.tenant = about.tenant ?? this.tenant;
    this.retryAt = about.retryAt;
    this.tell();
  }

  socketIs(socket: 'up' | Fault): void {
    this.socket = socket;
    this.tell();
  }

  /** Slack says so once for each minute in which it is so. */
  limited(): void {
    clearTimeout(this.limit);
    this.limit = setTimeout(() => {
      this.limit = undefined;
      this.tell();
    }, LIMITED_MS);
    this.limit.unref();
    this.tell();
  }

  stopped(): void {
    clearTimeout(this.limit);
    if (this.state === 'stopped') return;
    this.emit({ state: 'stopped' });
    this.states.complete();
  }

  private tell(): void {
    if (this.state === 'stopped') return;
    this.emit(this.conclude());
  }

  private conclude(): Pick<Health, 'state' | 'fault' | 'retryAt'> {
    const retry = this.retryAt === undefined ? {} : { retryAt: this.retryAt };
    for (const part of [this.api, this.socket]) {
      if (typeof part === 'object') return { state: part.code === 'auth' ? 'unauthorized' : 'offline', fault: part, ...retry };
    }
    if (this.api === 'unknown' || this.socket === 'none yet') return { state: this.wasReady ? 'offline' : 'starting' };
    this.wasReady = true;
    return this.limit ? { state: 'limited', fault: HELD_BACK } : { state: 'ready' };
  }

  private emit(next: Pick<Health, 'state' | 'fault' | 'retryAt'>): void {
    const changed = this.last?.state !== next.state;
    if (!changed && this.last?.fault?.native === next.fault?.native && this.last?.tenant === this.tenant) return;
    const since = changed ? this.now() : (this.last?.since ?? this.now());
    this.last = { ...next, since, ...(this.tenant ? { tenant: this.tenant } : {}) };
    this.states.next(this.last);
  }
}
