import type { Attempt, Fault, Health } from '@musterhq/chat-port';
import { BehaviorSubject, type Observable } from 'rxjs';

/**
 * How the way out is. `starting` until the bot has its token, then `ready`; `unauthorized` from the first call that says so to the
 * next that succeeds; `offline` when there was no token to be had for any other reason, until there is: asked for again by itself.
 */
export class TeamsHealth {
  private readonly states: BehaviorSubject<Health>;
  private readonly life = new AbortController();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly look: (signal: AbortSignal) => Promise<Attempt<unknown>>,
    private readonly now: () => number,
    /** In which incidents get rooms. */
    private readonly tenant?: string,
    private readonly lookAgainMs = 10_000,
  ) {
    this.states = new BehaviorSubject<Health>({ state: 'starting', ...this.whose(), since: now() });
  }

  get health$(): Observable<Health> {
    return this.states.asObservable();
  }

  async watch(): Promise<void> {
    const looked = await this.look(AbortSignal.any([this.life.signal, AbortSignal.timeout(this.lookAgainMs)]));
    if (looked.outcome === 'done') return this.tell('ready');
    this.tell(looked.fault.code === 'auth' ? 'unauthorized' : 'offline', looked.fault);
    if (!this.life.signal.aborted) this.timer = setTimeout(() => void this.watch(), this.lookAgainMs).unref();
  }

  readonly notice = (ended: Attempt<unknown>): void => {
    if (ended.outcome === 'done') this.tell('ready');
    else if (ended.fault.code === 'auth') this.tell('unauthorized', ended.fault);
  };

  stop(): void {
    this.tell('stopped');
    this.life.abort();
    clearTimeout(this.timer);
    this.states.complete();
  }

  private tell(state: Health['state'], fault?: Fault): void {
    if (this.life.signal.aborted || this.states.value.state === state) return;
    this.states.next({ state, ...this.whose(), since: this.now(), ...(fault && { fault }) });
  }

  private whose(): Pick<Health, 'tenant'> {
    return this.tenant === undefined ? {} : { tenant: this.tenant };
  }
}
