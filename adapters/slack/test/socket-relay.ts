import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Delivered } from '@musterhq/adapter-testkit';
import { WebSocket, WebSocketServer } from 'ws';
import type { JsonObject } from '../simulator/objects.ts';
import type { Parcel, Plans } from './plan.ts';

const ACK_MS = 500;
const KINDS: Readonly<Record<string, Parcel['kind']>> = { events_api: 'event', slash_commands: 'command', interactive: 'interaction' };

interface Frame {
  readonly envelope_id?: string;
  readonly type?: string;
  readonly payload?: JsonObject;
}

/** Stands in the middle of the adapter's sockets, so that one delivery can be made several times and its answers be seen. */
export class SocketRelay {
  private readonly server: Server = createServer();
  private readonly sockets = new WebSocketServer({ server: this.server });
  private readonly acks = new Map<string, (payload: unknown) => void>();

  constructor(private readonly plans: Plans) {
    this.sockets.on('connection', (down, { url }) => {
      const upstream = new URL(url ?? '/', 'http://localhost').searchParams.get('to') ?? '';
      this.join(down, new WebSocket(upstream));
    });
  }

  async start(): Promise<void> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
  }

  /** Where the adapter has to dial to reach this address of Slack through us. */
  addressFor(upstream: string): string {
    return `ws://127.0.0.1:${(this.server.address() as AddressInfo).port}/?to=${encodeURIComponent(upstream)}`;
  }

  async close(): Promise<void> {
    for (const client of this.sockets.clients) client.terminate();
    this.sockets.close();
    this.server.close();
    this.server.closeAllConnections();
    await Promise.resolve();
  }

  private join(down: WebSocket, up: WebSocket): void {
    up.on('message', (data) => this.fromSlack(String(data), down, up));
    down.on('message', (data) => this.fromAdapter(String(data)));
    up.on('close', () => down.close(1000));
    up.on('error', () => down.terminate());
    down.on('close', () => up.terminate());
    down.on('error', () => up.terminate());
  }

  private fromSlack(raw: string, down: WebSocket, up: WebSocket): void {
    const frame = JSON.parse(raw) as Frame;
    const kind = KINDS[frame.type ?? ''];
    if (!kind || !frame.envelope_id) return down.send(raw);
    const parcel: Parcel = { kind, payload: frame.payload ?? {}, raw, contentType: '' };
    void this.plans
      .carry(parcel, (_, retry) => this.deliver(frame, retry, down))
      .then(({ acknowledged, body }) => {
        if (acknowledged && up.readyState === up.OPEN) up.send(JSON.stringify({ envelope_id: frame.envelope_id, payload: body ?? {} }));
      });
  }

  private deliver(frame: Frame, retry: number, down: WebSocket): Promise<Delivered> {
    const id = randomUUID();
    return new Promise((resolve) => {
      const end = (delivered: Delivered): void => {
        clearTimeout(timer);
        this.acks.delete(id);
        resolve(delivered);
      };
      const timer = setTimeout(() => end({ transport: 'socket', acknowledged: false }), ACK_MS);
      this.acks.set(id, (body) => end({ transport: 'socket', acknowledged: true, body }));
      if (down.readyState === down.OPEN) down.send(JSON.stringify({ ...frame, envelope_id: id, retry_attempt: retry }));
      else end({ transport: 'socket', acknowledged: false });
    });
  }

  private fromAdapter(raw: string): void {
    const { envelope_id, payload } = JSON.parse(raw) as Frame;
    if (envelope_id) this.acks.get(envelope_id)?.(payload);
  }
}
