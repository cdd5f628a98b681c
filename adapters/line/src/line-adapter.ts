import { type Socket, connect } from 'node:net';
import { addAbortSignal } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { AdapterContext, AdapterPlugin, Attempt, ChatAdapter, Fault, Health, Inlet, Receipt, Send } from '@musterhq/chat-port';
import { done, refused, unknown } from '@musterhq/chat-port';
import { BehaviorSubject } from 'rxjs';
import { REFUSALS, asLine, decode, idOf, linesOf } from './lines.ts';
import { CAPABILITIES, render } from './render.ts';

export interface LineConfig {
  readonly host: string;
  readonly port: number;
  readonly nick: string;
  /** How long a line that was lost stays lost before the next is opened. */
  readonly retryMs: number;
}

export const linePlugin: AdapterPlugin = {
  chatport: 1,
  id: 'line',
  name: 'Lines',
  config: { type: 'object', required: ['host', 'port', 'nick', 'retryMs'] },
  create: async (ctx) => lineAdapter(ctx, ctx.config as LineConfig, await ctx.secrets.get('token')),
};

function lineAdapter({ instance, now }: AdapterContext, { host, port, nick, retryMs }: LineConfig, token: string): ChatAdapter {
  const health$ = new BehaviorSubject<Health>({ state: 'starting', since: now() });
  const life = new AbortController();
  const report = (state: Health['state'], fault?: Fault): void => {
    if (!life.signal.aborted && health$.value.state !== state) health$.next({ state, since: now(), ...(fault && { fault }) });
  };
  const call = (line: string, signal: AbortSignal): Socket => {
    // The signal of `connect` itself would be listened to for ever, by each connection that there was.
    const socket = addAbortSignal(signal, connect({ host, port }).setEncoding('utf8'));
    socket.write(line);
    return socket;
  };
  const refusal = (why = '', delay?: string): Fault | undefined => {
    const fault = REFUSALS[why];
    if (fault?.code === 'auth') report('unauthorized', fault);
    return fault && { ...fault, native: why, ...(delay && { retryAfterMs: Number(delay) }) };
  };

  /** On a connection of its own, so that no room waits for another's answer. */
  async function send({ room, part }: Send, signal: AbortSignal): Promise<Attempt<Receipt>> {
    let connected = false;
    const socket = call(asLine('say', token, room.room, String(part.body)), signal).once('connect', () => (connected = true));
    try {
      const [verb, ...rest] = (await linesOf(socket).next()).value ?? [];
      const fault = verb === 'no' && refusal(...rest);
      if (fault) return refused(fault);
      const [time = ''] = rest;
      if (verb !== 'done' || !(Number(time) > 0)) return unknown({ code: 'protocol', scope: 'message', native: verb });
      report('ready');
      return done({ message: { room, id: idOf(time, nick, String(part.body)) }, at: Number(time) });
    } catch (error) {
      const fault: Fault = { code: signal.aborted ? 'timeout' : 'unavailable', scope: 'adapter', detail: String(error) };
      return connected ? unknown(fault) : refused(fault);
    } finally {
      socket.destroy();
    }
  }

  /** A line is read when the one before it is stored, and `ok` is said only then. */
  async function listen(inlet: Inlet, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const socket = call(asLine('listen', token), signal);
      try {
        for await (const line of linesOf(socket)) {
          if (line[0] === 'welcome') report('ready');
          else if (line[0] === 'no') refusal(line[1]);
          else socket.write(await inlet.admit([decode(line, { adapter: instance, tenant: host, user: nick })]).then(OK, NO));
        }
      } catch {
        // However it ended, the next line is opened below.
      }
      if (health$.value.state !== 'unauthorized') report('offline');
      await pause(retryMs, undefined, { signal }).catch(() => undefined);
    }
  }

  return {
    capabilities: () => CAPABILITIES,
    messages: { render, send },
    connect: async (inlet, signal) => void listen(inlet, AbortSignal.any([signal, life.signal])),
    health$: health$.asObservable(),
    async close() {
      report('stopped');
      health$.complete();
      life.abort();
    },
  };
}

const [OK, NO] = [() => 'ok\n', () => 'no\n'];
