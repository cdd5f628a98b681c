import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Delivered, Kit, Tamper } from '@musterhq/adapter-testkit';
import type { ChatAdapter, HttpIn } from '@musterhq/chat-port';
import type { JsonObject } from '../simulator/objects.ts';
import type { Parcel, Plans } from './plan.ts';

const OFF_MS = 600_000;

interface Setting {
  readonly kit: Kit;
  readonly adapter: () => ChatAdapter;
  readonly signingSecret: string;
  readonly now: () => number;
  readonly plans: Plans;
}

/** Takes the pretend Slack's requests and gives them to the adapter as the core would, signed afresh for each delivery. */
export class HttpRelay {
  private readonly server: Server = createServer((request, response) => {
    void this.pass(request).then(({ status = 500, body }) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(body === undefined ? '' : JSON.stringify(body)),
    );
  });

  constructor(private readonly s: Setting) {}

  async start(): Promise<string> {
    await new Promise<void>((listening) => this.server.listen(0, '127.0.0.1', listening));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hooks/slack`;
  }

  close(): Promise<void> {
    return new Promise((closed) => {
      this.server.close(() => closed());
      this.server.closeAllConnections();
    });
  }

  private async pass(request: IncomingMessage): Promise<Delivered> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const parcel = parcelOf(Buffer.concat(chunks).toString(), String(request.headers['content-type']));
    return this.s.plans.carry(parcel, (p, retry, tamper) => this.deliver(p, retry, tamper));
  }

  private async deliver(parcel: Parcel, retry: number, tamper: Tamper | undefined): Promise<Delivered> {
    const { kit, adapter } = this.s;
    try {
      const { status, body } = await kit.receive(adapter(), this.signed(parcel, retry, tamper));
      const acknowledged = status >= 200 && status < 300;
      return { transport: 'webhook', acknowledged, status, ...(body ? { body: JSON.parse(body) as unknown } : {}) };
    } catch {
      return { transport: 'webhook', acknowledged: false, status: 500 };
    }
  }

  private signed({ raw, contentType }: Parcel, retry: number, tamper: Tamper | undefined): HttpIn {
    const now = this.s.now();
    const off = tamper === 'stale' ? -OFF_MS : tamper === 'future' ? OFF_MS : 0;
    const stamp = String(Math.floor((now + off) / 1000));
    const secret = tamper === 'signature' ? 'another secret' : this.s.signingSecret;
    const signature = `v0=${createHmac('sha256', secret).update(`v0:${stamp}:${raw}`).digest('hex')}`;
    const body = tamper === 'body' ? raw.replace(/\}$/, ',"tampered":true}') : raw;
    const headers: Record<string, string> = {
      'content-type': contentType,
      'x-slack-request-timestamp': stamp,
      ...(tamper === 'no-signature' ? {} : { 'x-slack-signature': signature }),
      ...(retry > 0 ? { 'x-slack-retry-num': String(retry), 'x-slack-retry-reason': 'http_error' } : {}),
    };
    return { method: 'POST', path: '/hooks/slack', headers, body: Buffer.from(body), now };
  }
}

function parcelOf(raw: string, contentType: string): Parcel {
  if (contentType.startsWith('application/json')) return { kind: 'event', payload: JSON.parse(raw) as JsonObject, raw, contentType };
  const form = new URLSearchParams(raw);
  const payload = form.get('payload');
  return payload === null
    ? { kind: 'command', payload: Object.fromEntries(form), raw, contentType }
    : { kind: 'interaction', payload: JSON.parse(payload) as JsonObject, raw, contentType };
}
