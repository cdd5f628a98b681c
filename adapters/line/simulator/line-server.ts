import { type AddressInfo, type Server, type Socket, createServer } from 'node:net';

/** What a person in the room reads. */
export interface ShownLine {
  readonly at: number;
  readonly room: string;
  readonly who: string;
  readonly words: string;
}

/** How a call goes wrong, and whether the line was said all the same. */
export type Mishap =
  | { readonly kind: 'answer'; readonly line: string; readonly applied: boolean }
  | { readonly kind: 'hang-up' | 'silence'; readonly applied: boolean };

/** The chat that README.md describes, on a port of the loopback. Written from that page and not from the adapter. */
export class LineServer {
  readonly shown: ShownLine[] = [];
  /** Asked once a call; `undefined` lets it pass. */
  strike: (room: string) => Mishap | undefined = () => undefined;

  private readonly sockets = new Set<Socket>();
  private listener: Socket | undefined;
  private answers: ((taken: boolean) => void)[] = [];
  private server: Server = createServer();

  constructor(
    private readonly o: { readonly token: string; readonly nick: string; readonly longest: number; readonly now: () => number },
  ) {}

  /** The port it listens at: the given one, or a free one. */
  async open(port = 0): Promise<number> {
    this.server = createServer((socket) => this.meet(socket));
    await new Promise<void>((listening) => this.server.listen(port, '127.0.0.1', listening));
    return (this.server.address() as AddressInfo).port;
  }

  async shut(): Promise<void> {
    const closed = new Promise((done) => this.server.close(done));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  /** A person says something; nobody is told yet. */
  say(room: string, who: string, words: string): ShownLine {
    const line = { at: this.o.now(), room, who, words };
    this.shown.push(line);
    return line;
  }

  tell({ at, room, who, words }: ShownLine): Promise<boolean> {
    return this.deliver('said', String(at), room, who, words);
  }

  /** Resolves when the listener has answered: whether it has the line. One that has gone has not. */
  deliver(...fields: readonly string[]): Promise<boolean> {
    const { listener } = this;
    if (!listener) return Promise.resolve(false);
    return new Promise((answered) => {
      this.answers.push(answered);
      listener.write(written(...fields));
    });
  }

  private meet(socket: Socket): void {
    this.sockets.add(socket);
    let unread = '';
    socket.setEncoding('utf8').on('data', (chunk) => {
      const lines = `${unread}${chunk.toString()}`.split('\n');
      unread = lines.pop() ?? '';
      for (const line of lines) this.take(socket, line.split(' ').map(decodeURIComponent));
    });
    socket.on('error', () => undefined);
    socket.on('close', () => this.part(socket));
  }

  private take(socket: Socket, [verb, ...fields]: string[]): void {
    if (verb === 'listen') this.listenFor(socket, fields[0]);
    else if (verb === 'say') this.sayFor(socket, fields);
    else this.answers.shift()?.(verb === 'ok');
  }

  private listenFor(socket: Socket, token: string | undefined): void {
    if (token !== this.o.token) return void socket.end(written('no', 'token'));
    this.listener = socket;
    socket.write(written('welcome'));
  }

  private sayFor(socket: Socket, [token, room = '', words = '']: string[]): void {
    const mishap = this.strike(room);
    const apply = (): ShownLine => this.say(room, this.o.nick, words);
    if (mishap?.applied) apply();
    if (mishap?.kind === 'answer') socket.end(`${mishap.line}\n`);
    else if (mishap?.kind === 'hang-up') socket.resetAndDestroy();
    else if (mishap) return;
    else if (token !== this.o.token) socket.end(written('no', 'token'));
    else if (words.length > this.o.longest) socket.end(written('no', 'long'));
    else socket.end(written('done', String(apply().at)));
  }

  private part(socket: Socket): void {
    this.sockets.delete(socket);
    if (socket !== this.listener) return;
    this.listener = undefined;
    for (const answered of this.answers.splice(0)) answered(false);
  }
}

const written = (...fields: readonly string[]): string => `${fields.map((field) => encodeURIComponent(field)).join(' ')}\n`;
