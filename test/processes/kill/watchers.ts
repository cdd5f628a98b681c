import http from 'node:http';

const RETRY_MS = [100, 250, 500];

/** A page's stream: reconnects at once and resumes after the last number it has, as the page does. */
export class Watcher {
  readonly seen: number[] = [];
  private request: http.ClientRequest | null = null;
  private closed = false;
  private failures = 0;

  constructor(
    private readonly port: number,
    private readonly path: string,
    private readonly token: string,
  ) {}

  open(): void {
    if (this.closed) return;
    const headers = {
      authorization: `Bearer ${this.token}`,
      ...(this.seen.length > 0 ? { 'last-event-id': String(this.seen.at(-1)) } : {}),
    };
    this.request = http.get({ host: '127.0.0.1', port: this.port, path: this.path, headers, agent: false }, (response) => {
      if (response.statusCode !== 200) return void response.resume().on('end', () => this.again());
      this.failures = 0;
      let rest = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        const lines = (rest + chunk).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) if (line.startsWith('id: ')) this.seen.push(Number(line.slice(4)));
      });
      response.on('close', () => this.again());
      response.on('error', () => undefined);
    });
    this.request.on('error', () => this.again());
  }

  /** What hears nothing for some time asks again: a line may be dead, and nobody told. */
  reopen(): void {
    this.request?.destroy();
  }

  close(): void {
    this.closed = true;
    this.request?.destroy();
  }

  private again(): void {
    if (this.closed || this.request === null) return;
    this.request = null;
    setTimeout(() => this.open(), RETRY_MS[Math.min(this.failures++, RETRY_MS.length - 1)]);
  }
}
