import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ChatAdapter, HttpIn, HttpOut } from '@musterhq/chat-port';
import type { Served } from './harness.ts';
import type { RecordingInlet } from './inlet.ts';

/**
 * What the core does with a webhook, without its database: the adapter verifies and decodes, then everything is
 * admitted in the order of the requests, and only then is there an answer. What cannot be admitted is not acknowledged.
 */
export async function receive(adapter: ChatAdapter, inlet: RecordingInlet, request: HttpIn): Promise<HttpOut> {
  if (!adapter.webhooks) return { status: 404 };
  const { envelopes, out, answer } = await adapter.webhooks.receive(request);
  try {
    if (envelopes.length > 0) await inlet.admit(envelopes);
  } catch {
    return { status: 503 };
  }
  const [first] = envelopes;
  return answer && first ? answer.encode(await inlet.answer(first, answer.withinMs)) : out;
}

/** The same behind a port of the loopback. */
export async function serve(adapter: ChatAdapter, inlet: RecordingInlet, now: () => number): Promise<Served> {
  const server = createServer((request, response) => {
    void read(request, now())
      .then((httpIn) => receive(adapter, inlet, httpIn))
      .catch((): HttpOut => ({ status: 500 }))
      .then(({ status, headers, body }) => response.writeHead(status, headers).end(body));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

async function read(request: IncomingMessage, now: number): Promise<HttpIn> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  return { method: request.method ?? 'GET', path: request.url ?? '/', headers, body: Buffer.concat(chunks), now };
}
