import http from 'node:http';

/** What a page does when its stream ends. */
const AGAIN_MS = 100;
/** People close a page and open it again: whatever is kept for a page that is gone would grow by that. */
const STAYS_MS = 60_000;

/** Somebody who reads a room live, and every minute or so loads the page again. Tells of each message once, when it is there. */
export class Reader {
  private request: http.ClientRequest | undefined;
  private leaving: NodeJS.Timeout | undefined;
  private last = 0;
  private wasOpen = false;
  private isOver = false;

  constructor(
    private readonly where: { readonly port: number; readonly path: string; readonly token: string; readonly random: () => number },
    private readonly saw: (messageId: string) => void,
  ) {}

  /** Hears of everything from now on, however often it comes back. */
  get hasCome(): boolean {
    return this.wasOpen;
  }

  open(): void {
    if (this.isOver) return;
    const { port, path, token, random } = this.where;
    const headers = { authorization: `Bearer ${token}`, ...(this.last > 0 ? { 'last-event-id': String(this.last) } : {}) };
    const request = http.get({ host: '127.0.0.1', port, path, headers, agent: false }, (response) => {
      this.wasOpen ||= response.statusCode === 200;
      let rest = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        const lines = (rest + chunk).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) this.read(line);
      });
      response.on('error', () => undefined);
    });
    request.on('error', () => undefined).once('close', () => setTimeout(() => this.open(), AGAIN_MS));
    this.request = request;
    this.leaving = setTimeout(() => request.destroy(), STAYS_MS * (0.5 + random()));
  }

  close(): void {
    this.isOver = true;
    clearTimeout(this.leaving);
    this.request?.destroy();
  }

  private read(line: string): void {
    const number = /^id: (\d+)/.exec(line)?.[1];
    if (number !== undefined) this.last = Number(number);
    const id = /^data: .*?"id":"([0-9a-f-]{36})"/.exec(line)?.[1];
    if (id !== undefined) this.saw(id);
  }
}
