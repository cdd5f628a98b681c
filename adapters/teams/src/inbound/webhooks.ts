import type { Envelope, HttpIn, HttpOut, Received, Webhooks } from '@musterhq/chat-port';
import { type Wire, stringOf, wireOf } from '#libs/wire/wire';
import { decodeActivity } from './decode-activity.ts';
import { decodeInvoke } from './decode-invoke.ts';
import type { Gatekeeper } from './gatekeeper.ts';
import { isPersonal } from '../conversations.ts';
import type { TeamsProofs } from '../teams-proofs.ts';
import type { Us } from './us.ts';

const refusal = (status: number): Received => ({ envelopes: [], out: { status } });

/** Everything that Teams tells comes as a POST with one activity. Gestures that want an answer are answered in the response. */
export class TeamsWebhooks implements Webhooks {
  constructor(
    private readonly us: Us,
    private readonly gatekeeper: Gatekeeper,
    private readonly proofs: Pick<TeamsProofs, 'note'>,
    /** Hears of everything that Teams told. */
    private readonly notice: (activity: Wire) => void,
  ) {}

  async receive(request: HttpIn): Promise<Received> {
    if (request.method !== 'POST') return refusal(405);
    const activity = activityOf(request.body);
    if (!activity) return refusal(400);
    const verdict = await this.gatekeeper.verdict(activity, request.headers.authorization ?? '');
    if (verdict !== 'genuine') return refusal(verdict === 'refused' ? 401 : 503);
    this.proofs.note('heard');
    this.notice(activity);
    if (activity.type === 'invoke') return decodeInvoke(this.us, activity, request.now);
    const envelopes = decodeActivity(this.us, activity, request.now);
    if (envelopes.some(isOverheard)) this.proofs.note('overheard');
    return { envelopes, out: OK };
  }
}

/** In a chat with the bot alone everything comes anyhow. */
const isOverheard = ({ event }: Envelope): boolean =>
  event.type === 'message.created' &&
  event.message.origin === 'human' &&
  !event.message.mentionsMe &&
  !isPersonal(event.message.ref.room.room);

const OK: HttpOut = { status: 200 };

/** An activity says of what kind it is; whatever does not is no activity. */
function activityOf(body: Uint8Array): Wire | undefined {
  try {
    const activity = wireOf(JSON.parse(Buffer.from(body).toString('utf8')));
    return stringOf(activity.type) === undefined ? undefined : activity;
  } catch {
    return undefined;
  }
}
