import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Draw } from '../draw.ts';
import type { Faults } from '../faults.ts';
import type { SlackTiming } from '../types.ts';
import type { Waits } from '../waits.ts';
import type { Attempt, Carrier, Parcel } from './attempt.ts';

/** Slack documents that an app may hold ten. */
const MOST_SOCKETS = 10;
const TICKET_MS = 30_000;
const ENVELOPE_TYPES = {
  event: 'events_api',
  command: 'slash_commands',
  interaction: 'interactive',
  url_verification: 'events_api',
} as const;

interface Setting {
  readonly appId: string;
  readonly timing: SlackTiming;
  readonly draw: Draw;
  readonly waits: Waits;
  readonly faults: Faults;
}

/**
 * Socket Mode. A socket is *open* from its hello; *leaving* once told to go (it gets nothing new, its acknowledgements still count); then closed.
 * Each parcel goes to one open socket at random.
 */
export class SocketCarrier implements Carrier {
  readonly transport = 'socket';
  readonly #s: Setting;
  readonly #server = new WebSocketServer({ noServer: true, autoPong: false });
  readonly #tickets = new Set<string>();
  readonly #open = new Set<WebSocket>();
  readonly #leaving = new Set<WebSocket>();
  readonly #halfDead = new WeakSet<WebSocket>();
  readonly #unacknowledged = new Map<string, (attempt: Attempt) => void>();

  constructor(setting: Setting) {
    this.#s = setting;
  }

  count(): number {
    return this.#open.size;
  }

  /** The path and query of a socket the app may open once, within half a minute. */
  issueTicket(): string {
    const ticket = this.#s.draw.uuid();
    this.#tickets.add(ticket);
    this.#s.waits.after(TICKET_MS, () => this.#tickets.delete(ticket));
    return `link/?ticket=${ticket}&app_id=${this.#s.appId}`;
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const ticket = new URL(request.url ?? '/', 'http://localhost').searchParams.get('ticket') ?? '';
    if (!this.#tickets.delete(ticket)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (ws) => this.#welcome(ws));
  }

  carry(parcel: Parcel): Promise<Attempt> {
    const socket = this.#s.draw.pick([...this.#open]);
    if (!socket) return Promise.resolve({ error: 'connection_failed', body: '', noRetry: false });
    const envelopeId = this.#s.draw.uuid();
    const event = parcel.kind === 'event';
    const retry = event ? { retry_attempt: parcel.retry?.num ?? 0, retry_reason: parcel.retry?.reason ?? '' } : {};
    const envelope = {
      envelope_id: envelopeId,
      type: ENVELOPE_TYPES[parcel.kind],
      payload: parcel.payload,
      accepts_response_payload: !event,
      ...retry,
    };
    return new Promise((resolve) => {
      const cancel = this.#s.waits.after(this.#s.timing.ackMs, () => end({ error: 'http_timeout', body: '', noRetry: false }));
      const end = (attempt: Attempt): void => {
        cancel();
        this.#unacknowledged.delete(envelopeId);
        resolve(attempt);
      };
      this.#unacknowledged.set(envelopeId, end);
      if (!this.#s.faults.has('pong-lost') && !this.#halfDead.has(socket)) this.#send(socket, envelope);
    });
  }

  /** As Slack does every few hours: a warning, then the word to reconnect, then the end. */
  async recycle(): Promise<void> {
    const leaving = [...this.#open];
    for (const ws of leaving) this.#disconnect(ws, 'warning');
    if (!(await this.#s.waits.sleep(Math.min(10_000, this.#s.timing.ackMs / 10)))) return;
    for (const ws of leaving) {
      this.#open.delete(ws);
      this.#leaving.add(ws);
      this.#disconnect(ws, 'refresh_requested');
    }
    await this.#s.waits.sleep(Math.min(10_000, this.#s.timing.ackMs / 10));
    for (const ws of leaving) ws.close(1000);
  }

  /** Sockets die without a goodbye. */
  cut(): void {
    for (const ws of [...this.#open, ...this.#leaving]) ws.terminate();
  }

  /** Of those that count as open. */
  halfDead(): number {
    return [...this.#open].filter((ws) => this.#halfDead.has(ws)).length;
  }

  /** The oldest socket lives on, and nothing gets through. */
  deafenOne(): void {
    const [oldest] = this.#open;
    if (oldest) this.#halfDead.add(oldest);
  }

  close(): void {
    this.cut();
    this.#server.close();
    for (const end of [...this.#unacknowledged.values()]) end({ error: 'connection_failed', body: '', noRetry: true });
  }

  #welcome(ws: WebSocket): void {
    ws.on('error', () => ws.terminate());
    if (this.#open.size >= MOST_SOCKETS) {
      this.#disconnect(ws, 'too_many_websockets');
      ws.close(1000);
      return;
    }
    this.#open.add(ws);
    ws.on('message', (data) => this.#halfDead.has(ws) || this.#heard(String(data)));
    ws.on('ping', (data: Buffer) => {
      if (!this.#s.faults.has('pong-lost')) ws.pong(data);
    });
    const stops = [this.#keepPinging(ws), ...this.#planRecycle()];
    ws.on('close', () => {
      this.#open.delete(ws);
      this.#leaving.delete(ws);
      for (const stop of stops) stop();
    });
    const debug = {
      host: 'pretend',
      build_number: 1,
      approximate_connection_time: Math.round((this.#s.timing.socketRecycleMs ?? 18_060_000) / 1000),
    };
    this.#send(ws, { type: 'hello', num_connections: this.#open.size, debug_info: debug, connection_info: { app_id: this.#s.appId } });
  }

  #keepPinging(ws: WebSocket): () => void {
    let stop = (): void => undefined;
    const again = (): void => {
      stop = this.#s.waits.after(this.#s.timing.pingMs, () => {
        if (!this.#s.faults.has('pong-lost') && ws.readyState === ws.OPEN) ws.ping(`Ping from pretend Slack`);
        again();
      });
    };
    again();
    return () => stop();
  }

  #planRecycle(): (() => void)[] {
    const { socketRecycleMs } = this.#s.timing;
    return socketRecycleMs === null ? [] : [this.#s.waits.after(socketRecycleMs, () => void this.recycle())];
  }

  #heard(raw: string): void {
    if (this.#s.faults.has('pong-lost')) return;
    let message: { envelope_id?: unknown; payload?: unknown };
    try {
      message = JSON.parse(raw) as typeof message;
    } catch {
      return;
    }
    if (typeof message.envelope_id !== 'string') return;
    const body = message.payload === undefined ? '' : JSON.stringify(message.payload);
    this.#unacknowledged.get(message.envelope_id)?.({ status: 200, body, noRetry: false });
  }

  #disconnect(ws: WebSocket, reason: string): void {
    this.#send(ws, { type: 'disconnect', reason, debug_info: { host: 'pretend' } });
  }

  #send(ws: WebSocket, message: object): void {
    if (ws.readyState === ws.OPEN) ws.send(JSON.stringify(message));
  }
}
