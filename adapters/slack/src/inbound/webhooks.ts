import type { HttpIn, HttpOut, Log, Received, Webhooks } from '@musterhq/chat-port';
import { textOf, type Wire } from '#libs/wire/wire';
import type { SlackProofs } from '../slack-proofs.ts';
import type { AnswerDesk } from './answer-desk.ts';
import { ANSWER_MS } from './answers.ts';
import type { BoltDecoder, Decoded } from './bolt-decoder.ts';
import { bodyOf } from './http-body.ts';
import { header, isFromSlack, stampOf } from './signature.ts';

const ok: HttpOut = { status: 200, body: '' };
const nothing = (out: HttpOut): Received => ({ envelopes: [], out });

/** Everything Slack sends over HTTP comes to one address. */
export class SlackWebhooks implements Webhooks {
  constructor(
    private readonly decoder: BoltDecoder,
    private readonly desk: AnswerDesk,
    private readonly signingSecret: () => Promise<string>,
    private readonly log: Log,
    private readonly proofs: SlackProofs,
    private readonly heard: () => void,
  ) {}

  /** Verifies and decodes, and does nothing else but note that it could, for the setup page. The secret is read anew each time, so that it can be changed while we run. */
  async receive(request: HttpIn): Promise<Received> {
    if (request.method !== 'POST') return nothing({ status: 405, headers: { allow: 'POST' } });
    const secret = await this.signingSecret();
    if (!isFromSlack(request, secret)) {
      if (stampOf(request) !== undefined) this.proofs.refused(secret);
      this.log.warn({}, 'a request was refused: it is not signed by Slack, or not within five minutes of now');
      return nothing({ status: 401 });
    }
    this.proofs.signed(secret);
    const body = bodyOf(request);
    if (!body) return nothing({ status: 400 });
    if (body['ssl_check'] === '1') return nothing(ok);
    if (body['type'] === 'url_verification') return nothing(challenge(body));

    return this.received(await this.decoder.decode(deliveryOf(request, body)).catch((error: unknown) => this.unreadable(error)));
  }

  /** Signed, and nothing that Slack could have meant. It costs itself only. */
  private unreadable(error: unknown): null {
    this.log.warn({ error }, 'a request was signed by Slack and could not be read');
    return null;
  }

  private received(decoded: Decoded | null): Received {
    if (!decoded?.envelopes.every(({ at }) => isMoment(at))) return nothing({ status: 400 });
    const { envelopes, door } = decoded;
    const [interaction] = envelopes;
    if (!door && envelopes.length > 0) this.heard();
    if (!door || !interaction) return { envelopes, out: ok };
    return { envelopes, out: ok, answer: { withinMs: ANSWER_MS, encode: (answer) => this.desk.overHttp(door, answer, interaction) } };
  }
}

const isMoment = (at: number): boolean => !Number.isNaN(new Date(at).getTime());

function challenge(body: Wire): HttpOut {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ challenge: textOf(body['challenge']) }) };
}

function deliveryOf(request: HttpIn, body: Wire): { body: Wire; redelivery: number; at: number; now: number } {
  const retry = Number(header(request, 'x-slack-retry-num') ?? 0);
  return { body, redelivery: Number.isInteger(retry) && retry > 0 ? retry : 0, at: (stampOf(request) ?? 0) * 1000, now: request.now };
}
