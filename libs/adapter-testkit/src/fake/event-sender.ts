import type { HttpIn, HttpOut } from '@musterhq/chat-port';
import type { Delivered, Delivery, Transport } from '../harness.ts';
import type { Happening, What } from './happenings.ts';
import { signedRequest } from './signing.ts';

/** A socket, as the adapter holds it: each happening once, in order; resolving acknowledges it, with an answer or without. */
export interface Socket {
  receive(happening: Happening): Promise<unknown>;
}

export type Post = (request: HttpIn) => Promise<HttpOut>;

/**
 * How the fake chat tells adapters what happened: over the socket that connected last, else by webhook, else not at all.
 *
 * States: loud (as it starts), held (what happens waits for `loud`), silent (what happens is never told, as in an outage
 * that drops its backlog). Nothing is repeated by itself; what was not acknowledged can be sent again with `resend`.
 */
export class EventSender {
  private readonly sockets = new Set<Socket>();
  private readonly watchers = new Set<(up: boolean) => void>();
  private post: Post | undefined;
  private state: 'loud' | 'held' | 'silent' = 'loud';
  private up = true;
  private told = 0;
  private held: What[] = [];
  private unacknowledged: Happening[] = [];
  /** What nobody was ever told. */
  readonly dropped: What[] = [];

  constructor(
    private readonly secret: string,
    private readonly now: () => number,
  ) {}

  plug(socket: Socket): () => void {
    this.sockets.add(socket);
    return () => void this.sockets.delete(socket);
  }

  /** Tells at once, and at each change, whether the chat can be reached. */
  watch(changed: (up: boolean) => void): () => void {
    this.watchers.add(changed);
    changed(this.up);
    return () => void this.watchers.delete(changed);
  }

  webhookTo(post: Post | undefined): void {
    this.post = post;
  }

  /** Cuts or restores all sockets. */
  turn(up: boolean): void {
    this.up = up;
    for (const changed of this.watchers) changed(up);
  }

  quiet(how: 'held' | 'silent'): void {
    this.state = how;
  }

  /** Resolves when what was held has been delivered. */
  async loud(): Promise<void> {
    this.state = 'loud';
    const waiting = this.held;
    this.held = [];
    await Promise.all(waiting.map((what) => this.tell(what)));
  }

  /** Sends again, once, what was not acknowledged. */
  async resend(): Promise<readonly Delivered[]> {
    const again = this.unacknowledged;
    this.unacknowledged = [];
    return Promise.all(again.map((h) => this.deliver({ ...h, redelivery: h.redelivery + 1 })));
  }

  async tell(what: What, { times = 1, delayMs = 0, transport, alsoBy, tamper }: Delivery = {}): Promise<Delivered[]> {
    if (this.state === 'held') this.held.push(what);
    if (this.state === 'silent') this.dropped.push(what);
    if (this.state !== 'loud') return [];

    const happening: Happening = { serial: (this.told += 1), at: this.now(), redelivery: 0, what };
    const delivered = [await this.deliver(happening, transport, tamper, delayMs)];
    for (let n = 1; n < times; n += 1) {
      delivered.push(await this.deliver({ ...happening, redelivery: n }, transport, tamper, delayMs * (n + 1)));
    }
    if (alsoBy) delivered.push(await this.deliver({ ...happening, redelivery: times }, alsoBy));
    return delivered;
  }

  private async deliver(happening: Happening, by?: Transport, tamper?: Delivery['tamper'], laterMs = 0): Promise<Delivered> {
    const transport = by ?? (this.sockets.size > 0 && !tamper ? 'socket' : 'webhook');
    const delivered = await (transport === 'socket' ? this.overSocket(happening) : this.overWebhook(happening, tamper, laterMs));
    if (!delivered.acknowledged && !tamper) this.unacknowledged.push(happening);
    return delivered;
  }

  private async overSocket(happening: Happening): Promise<Delivered> {
    const socket = this.up ? [...this.sockets].at(-1) : undefined;
    if (!socket) return { transport: 'socket', acknowledged: false };
    try {
      const body = await socket.receive(structuredClone(happening));
      return { transport: 'socket', acknowledged: true, body };
    } catch {
      return { transport: 'socket', acknowledged: false };
    }
  }

  private async overWebhook(happening: Happening, tamper: Delivery['tamper'], laterMs: number): Promise<Delivered> {
    if (!this.post) return { transport: 'webhook', acknowledged: false };
    const { status, body } = await this.post(signedRequest(happening, this.secret, this.now() + laterMs, tamper));
    const acknowledged = status >= 200 && status < 300;
    return { transport: 'webhook', acknowledged, status, ...(body !== undefined && body !== '' && { body: JSON.parse(body) as unknown }) };
  }
}
