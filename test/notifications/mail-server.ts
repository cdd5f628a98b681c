import { type Server, type Socket, createServer } from 'node:net';
import { freePort } from '#test/support/free-port';

/** One mail that was taken. */
export interface Mail {
  readonly to: string;
  readonly from: string;
  /** As it came, headers and all. */
  readonly text: string;
  readonly at: number;
}

/** A mail server as RFC 5321 has it, as far as somebody who only sends needs it, written from that and from nothing of ours. */
export class MailServer {
  readonly mails: Mail[] = [];
  /** Names and passwords that were shown to it. */
  readonly logins: string[] = [];
  connections = 0;
  /** What it answers to some commands instead of the usual, by how they begin. */
  readonly answers = new Map<string, string>();
  /** Whoever connects while so many are open is turned away. */
  mostConnections = Infinity;
  turnedAway = 0;
  /** How far away it is, and how long it thinks about a mail. */
  slow: { readonly answerMs: number; readonly mailMs: number } = { answerMs: 0, mailMs: 0 };
  /** Takes connections and says nothing. */
  isSilent = false;
  port = 0;
  private readonly open = new Set<Socket>();
  private readonly server: Server = createServer((socket) => this.serve(socket));

  async start(): Promise<void> {
    this.port = await freePort();
    await new Promise<void>((resolve) => this.server.listen(this.port, '127.0.0.1', resolve));
  }

  /** Whoever waits for it to say something waits no longer. */
  hangUp(): void {
    for (const socket of this.open) socket.destroy();
  }

  async stop(): Promise<void> {
    this.hangUp();
    await new Promise((resolve) => this.server.close(resolve));
  }

  well(): void {
    this.answers.clear();
    this.isSilent = false;
    this.mostConnections = Infinity;
    this.turnedAway = 0;
    this.slow = { answerMs: 0, mailMs: 0 };
    this.mails.length = 0;
    this.logins.length = 0;
    this.connections = 0;
  }

  to(address: string): Mail[] {
    return this.mails.filter(({ to }) => to === address);
  }

  /** Text as its reader sees it: lines that were too long for the way are put together again. */
  static readable({ text }: Mail): string {
    const body = text.slice(text.indexOf('\r\n\r\n') + 4);
    if (/^content-transfer-encoding: base64/im.test(text)) return Buffer.from(body, 'base64').toString();
    if (!/^content-transfer-encoding: quoted-printable/im.test(text)) return body;
    const bytes = body.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
    return Buffer.from(bytes, 'latin1').toString();
  }

  private serve(socket: Socket): void {
    this.connections++;
    this.open.add(socket);
    socket.on('close', () => this.open.delete(socket)).on('error', () => undefined);
    if (this.isSilent) return;
    const { answerMs, mailMs } = this.slow;
    const write = (line: string): void => void socket.write(`${line}\r\n`);
    const say = (line: string, ms = answerMs): void => void (ms === 0 ? write(line) : setTimeout(write, ms, line));
    if (this.open.size > this.mostConnections) {
      this.turnedAway++;
      socket.end('421 4.7.0 too many connections from your address\r\n');
      return;
    }
    let from = '';
    let to: string[] = [];
    let isData = false;
    let rest = '';
    say('220 mail.test ESMTP');
    socket.on('data', (chunk: Buffer) => {
      rest += chunk.toString('latin1');
      for (;;) {
        const end = isData ? rest.indexOf('\r\n.\r\n') : rest.indexOf('\r\n');
        if (end < 0) return;
        const line = rest.slice(0, end);
        rest = rest.slice(end + (isData ? 5 : 2));
        if (isData) {
          isData = false;
          const taken = to.map((one) => ({ to: one, from, text: line, at: Date.now() }));
          const take = (): void => {
            this.mails.push(...taken);
            write('250 2.0.0 taken');
          };
          if (mailMs === 0) take();
          else setTimeout(take, mailMs);
          continue;
        }
        const other = [...this.answers].find(([begins]) => line.toUpperCase().startsWith(begins.toUpperCase()))?.[1];
        if (other !== undefined) {
          say(other);
          continue;
        }
        const word = line.slice(0, 4).toUpperCase();
        if (word === 'EHLO') say('250-mail.test\r\n250-AUTH PLAIN\r\n250 8BITMIME');
        else if (word === 'AUTH') {
          const [, name, password] = Buffer.from(line.split(' ')[2] ?? '', 'base64')
            .toString()
            .split('\0');
          this.logins.push(`${name ?? ''}:${password ?? ''}`);
          say('235 2.7.0 come in');
        } else if (word === 'MAIL') {
          from = /<(.*)>/.exec(line)?.[1] ?? '';
          to = [];
          say('250 2.1.0 ok');
        } else if (word === 'RCPT') {
          to.push(/<(.*)>/.exec(line)?.[1] ?? '');
          say('250 2.1.5 ok');
        } else if (word === 'DATA') {
          isData = true;
          say('354 go on');
        } else if (word === 'QUIT') {
          say('221 2.0.0 bye');
          socket.end();
        } else say(word === 'NOOP' || word === 'RSET' ? '250 2.0.0 ok' : '502 5.5.1 not here');
      }
    });
  }
}
