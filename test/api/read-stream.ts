import type { RoomEvent } from '#libs/war-room-protocol/events';
import type { MirrorView } from '#libs/war-room-protocol/mirrors';
import { type TestApp, TOKEN } from '#test/support/app';
import { until } from '#test/support/until';

/** A page's connection to a room, as far as it matters here: every frame that came, in order. */
export class Watching {
  readonly events: RoomEvent[] = [];
  readonly ids: string[] = [];
  readonly mirrors: MirrorView[][] = [];
  readonly givenUp: string[][] = [];
  readonly comments: string[] = [];
  saidGoodbye = false;
  ended = false;
  private text = '';

  private constructor(
    readonly response: Response,
    private readonly leaving: AbortController,
  ) {}

  static async open(
    app: TestApp,
    incident: string,
    from: { after?: number; lastEventId?: number } = {},
    cookie?: string,
    token: string = TOKEN,
  ): Promise<Watching> {
    const leaving = new AbortController();
    const url = new URL(`/api/v1/incidents/${incident}/stream`, app.url);
    if (from.after !== undefined) url.searchParams.set('after', String(from.after));
    const response = await fetch(url, {
      headers: {
        ...(cookie ? { cookie } : { authorization: `Bearer ${token}` }),
        ...(from.lastEventId === undefined ? {} : { 'last-event-id': String(from.lastEventId) }),
      },
      signal: leaving.signal,
    });
    const watching = new Watching(response, leaving);
    void watching.read();
    return watching;
  }

  get seqs(): number[] {
    return this.events.map(({ seq }) => seq);
  }

  reached(seq: number): Promise<unknown> {
    return until(`number ${seq} on the stream`, () => (this.events.at(-1)?.seq ?? 0) >= seq);
  }

  leave(): void {
    this.leaving.abort();
  }

  private async read(): Promise<void> {
    try {
      for await (const bytes of this.response.body ?? []) this.hear(Buffer.from(bytes as Uint8Array).toString());
    } catch {
      // Left, or cut off: what came until then counts.
    }
    this.ended = true;
  }

  private hear(bytes: string): void {
    this.text += bytes;
    for (let end = this.text.indexOf('\n\n'); end >= 0; end = this.text.indexOf('\n\n')) {
      this.frame(this.text.slice(0, end));
      this.text = this.text.slice(end + 2);
    }
  }

  private frame(frame: string): void {
    const fields = new Map(frame.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]));
    if (frame.startsWith(':')) this.comments.push(frame.slice(1).trim());
    if (fields.get('event') === 'bye') this.saidGoodbye = true;
    if (fields.get('event') === 'mirrors') this.mirrors.push(JSON.parse(fields.get('data') ?? '[]') as MirrorView[]);
    if (fields.get('event') === 'given-up') this.givenUp.push(JSON.parse(fields.get('data') ?? '[]') as string[]);
    if (fields.get('event') !== 'room') return;
    this.events.push(JSON.parse(fields.get('data') ?? '{}') as RoomEvent);
    this.ids.push(fields.get('id') ?? '');
  }
}
