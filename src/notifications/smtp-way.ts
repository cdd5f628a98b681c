import { type Socket, connect } from 'node:net';
import { type SMTPPoolOptions, createTransport } from 'nodemailer';
import type { Addresses } from '#src/platform/outgoing/addresses';
import { type Mail, mailOf } from './mail.ts';
import type { SmtpSettings } from './notifications.types.ts';
import type { OpenWay, Outcome, ToTell } from './open-way.types.ts';
import { smtpProblem } from './smtp-problem.ts';

/** A server that is black-holed must not hold anything up. */
const CONNECT_MS = 5_000;
/** From the first byte to the answer that it was taken. */
const MOST_MS = 15_000;
/** Mail servers refuse more connections than a few. */
const SIDE_BY_SIDE = 5;

/**
 * Mail, over connections that are kept for as long as it is open. The address is looked at when it is connected to, as
 * webhooks' are; without TLS nothing is said to any machine but this one.
 */
export class SmtpWay implements OpenWay {
  readonly sideBySide = SIDE_BY_SIDE;
  private readonly transport;

  constructor(
    private readonly settings: SmtpSettings,
    password: string | null,
    private readonly addresses: Addresses,
  ) {
    const { host, port, security, user } = settings;
    const options: SMTPPoolOptions & { pool: true } = {
      pool: true,
      maxConnections: SIDE_BY_SIDE,
      maxRequeues: 0,
      host,
      port,
      secure: security === 'tls',
      requireTLS: security === 'starttls',
      ignoreTLS: security === 'none',
      ...(user === '' ? {} : { auth: { user, pass: password ?? '' } }),
      greetingTimeout: CONNECT_MS,
      socketTimeout: MOST_MS,
      // Nothing of a file or of an address goes into a mail.
      disableFileAccess: true,
      disableUrlAccess: true,
      getSocket: (_options, got) =>
        void this.open().then(
          (connection) => got(null, { connection }),
          (error: Error) => got(error, false),
        ),
    };
    this.transport = createTransport(options);
  }

  async tell(notice: ToTell, stop: AbortSignal): Promise<Outcome> {
    return this.send(mailOf(notice, this.settings.from), stop);
  }

  async send(mail: Mail, stop: AbortSignal): Promise<Outcome> {
    return this.attempt(stop, (signal) => this.transport.sendMail({ ...mail, signal }));
  }

  /** A login: that a mail arrives is proven by whoever gets one. */
  async tryOut(stop: AbortSignal): Promise<{ outcome: Outcome; proves: boolean }> {
    return { outcome: await this.attempt(stop, () => this.transport.verify()), proves: false };
  }

  close(): void {
    this.transport.close();
  }

  private async attempt(stop: AbortSignal, work: (signal: AbortSignal) => Promise<unknown>): Promise<Outcome> {
    const late = AbortSignal.timeout(MOST_MS);
    const signal = AbortSignal.any([late, stop]);
    try {
      await Promise.race([work(signal), over(signal)]);
      return { to: 'told' };
    } catch (error) {
      if (stop.aborted) return { to: 'later', of: 'one', problem: 'Muster was stopped meanwhile.' };
      if (late.aborted) return { to: 'later', of: 'way', problem: `The mail server did not take it within ${MOST_MS / 1_000} seconds.` };
      return smtpProblem(error);
    }
  }

  private open(): Promise<Socket> {
    const { host, port, security } = this.settings;
    const target = new URL(`${security === 'none' ? 'http' : 'https'}://${host.includes(':') ? `[${host}]` : host}:${port}`);
    this.addresses.mustBeAllowed(target);
    return new Promise((open, fail) => {
      const socket = connect({ host, port, lookup: this.addresses.lookupFor(target) });
      socket.setTimeout(CONNECT_MS, () => socket.destroy(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' })));
      socket.once('error', fail);
      socket.once('connect', () => {
        socket.setTimeout(0).off('error', fail);
        open(socket);
      });
    });
  }
}

const over = (signal: AbortSignal): Promise<never> =>
  new Promise((_, fail) => signal.addEventListener('abort', () => fail(new Error('It took too long.')), { once: true }));
