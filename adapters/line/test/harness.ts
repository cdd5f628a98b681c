import type {
  Delivered,
  Delivery,
  FaultKind,
  FaultOptions,
  Harness,
  Injected,
  Injection,
  Kit,
  ObservedMessage,
  Stunt,
} from '@musterhq/adapter-testkit';
import type { ChatAdapter, MessageRef, Op, RoomRef } from '@musterhq/chat-port';
import { filter, firstValueFrom } from 'rxjs';
import { LineServer, type Mishap, type ShownLine } from '../simulator/line-server.ts';
import { type LineConfig, linePlugin } from '../src/line-adapter.ts';
import { idOf } from '../src/lines.ts';

const HOST = '127.0.0.1';
const NICK = 'muster';
const TOKEN = 'open sesame';
const ONLY_WORDS = 'on a line there are only words';

export interface LineOptions {
  readonly retryMs?: number;
  readonly token?: string;
}

export async function lineHarness(kit: Kit, { retryMs = 5, token = TOKEN }: LineOptions = {}): Promise<LineHarness> {
  const harness = new LineHarness();
  const config: LineConfig = { host: HOST, port: await harness.open(), nick: NICK, retryMs };
  harness.adapter = await kit.create(linePlugin, { instance: 'line', config, secrets: { token }, now: harness.now });
  await harness.adapter.connect?.(kit.inlet, harness.hangUp.signal);
  await firstValueFrom(harness.adapter.health$.pipe(filter(({ state }) => state !== 'starting')));
  return harness;
}

/** A server of lines with the real adapter on it. */
export class LineHarness implements Harness {
  readonly tenant = HOST;
  readonly transports = ['socket'] as const;
  readonly hangUp = new AbortController();
  adapter!: ChatAdapter;

  readonly cannot: Partial<Record<Stunt, string>> = {
    'same-number': 'lines have no numbers',
    echo: 'nobody is told their own lines',
    bot: 'a line does not say whether a person wrote it',
    ...Object.fromEntries(
      ['edit', 'remove', 'react', 'pin', 'command', 'press', 'submit', 'join', 'leave', 'rename', 'archive'].map((act) => [
        act,
        ONLY_WORDS,
      ]),
    ),
  };

  private clock = Date.parse('2026-03-02T10:00:00Z');
  private rooms = 0;
  private port = 0;
  private said = 0;
  private faults: { readonly mishap: Mishap; readonly room?: string; left: number }[] = [];
  private readonly server = new LineServer({ token: TOKEN, nick: NICK, longest: 400, now: () => this.clock });

  readonly now = (): number => this.clock;

  async open(): Promise<number> {
    this.server.strike = (room) => this.struck(room);
    return (this.port = await this.server.open(this.port));
  }

  shut(): Promise<void> {
    return this.server.shut();
  }

  readonly room = (name = 'room'): Promise<RoomRef> =>
    Promise.resolve({ adapter: 'line', tenant: HOST, room: `#${name}-${(this.rooms += 1)}` });

  async inject(event: Injected, { times = 1, delayMs = 0 }: Delivery = {}): Promise<Injection> {
    if (event.do === 'unfamiliar') return { deliveries: [await this.delivered(this.server.deliver(event.name, 'whatever'))] };
    if (event.do !== 'say') throw new Error(ONLY_WORDS);
    const words = event.mentionsUs ? `@${NICK} ${event.text}` : event.text;
    const line = this.server.say(event.room.room, event.by ?? 'mia', words);
    const deliveries: Delivered[] = [];
    for (let n = 0; n < times; n += 1) {
      this.advance(delayMs);
      deliveries.push(await this.delivered(this.server.tell(line)));
    }
    return { deliveries, message: refOf(event.room, line) };
  }

  fault(op: Op | '*', kind: FaultKind, n = 1, o: FaultOptions = {}): void {
    if (op === 'send' || op === '*') this.faults.push({ mishap: mishapOf(kind, o), left: n, ...(o.room && { room: o.room.room }) });
  }

  heal(): void {
    this.faults = [];
  }

  async observed(room: RoomRef): Promise<ObservedMessage[]> {
    const lines = this.server.shown.filter((line) => line.room === room.room);
    const nothing = { pinged: [], links: [] };
    return lines.map((line) => ({ id: refOf(room, line).id, text: line.words, author: line.who === NICK ? 'us' : 'person', ...nothing }));
  }

  requests(op: Op): number {
    return op === 'send' ? this.said : 0;
  }

  advance(ms: number): void {
    this.clock += ms;
  }

  async outage(): Promise<() => Promise<void>> {
    await this.shut();
    return async () => void (await this.open());
  }

  async stop(): Promise<void> {
    this.hangUp.abort();
    await this.adapter.close();
    await this.shut();
  }

  private struck(room: string): Mishap | undefined {
    this.said += 1;
    this.advance(1);
    const fault = this.faults.find((f) => f.left > 0 && (f.room === undefined || f.room === room));
    if (fault) fault.left -= 1;
    return fault?.mishap;
  }

  private async delivered(acknowledged: Promise<boolean>): Promise<Delivered> {
    this.advance(1);
    return { transport: 'socket', acknowledged: await acknowledged };
  }
}

const refOf = (room: RoomRef, { at, who, words }: ShownLine): MessageRef => ({ room, id: idOf(String(at), who, words) });

function mishapOf(kind: FaultKind, { retryAfterMs }: FaultOptions): Mishap {
  const applied = kind.endsWith('-after');
  switch (kind) {
    case 'error-before':
    case 'error-after':
      return { kind: 'answer', line: 'no broken', applied };
    case 'reset-before':
    case 'reset-after':
      return { kind: 'hang-up', applied };
    case 'silent':
    case 'silent-after':
      return { kind: 'silence', applied };
    case 'rate-limited':
      return { kind: 'answer', line: retryAfterMs === undefined ? 'no slow' : `no slow ${retryAfterMs}`, applied };
    case 'garbage':
      return { kind: 'answer', line: '<html>', applied };
    case 'unauthorized':
      return { kind: 'answer', line: 'no token', applied };
    case 'late':
    case 'lost':
    case 'refused':
      throw new Error(`Nothing is told of a message afterwards, so no case asks for ${kind}`);
  }
}
