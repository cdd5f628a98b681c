import { createHash } from 'node:crypto';
import type { AdapterContext } from '@musterhq/chat-port';

/** What only Slack can prove: when it last did, in milliseconds. */
export interface Proofs {
  /** A request came that was signed with this secret. */
  readonly signed: number | null;
  /** One came that claimed to be Slack's, and was not signed with it. */
  readonly refused: number | null;
  /** An event came. */
  readonly heard: number | null;
}

/** Often enough for whoever sets Slack up and looks; too seldom to cost anything. */
const NOTE_MS = 20_000;

/** Notes what arrives from Slack, for the setup page to say. Losing a note does no harm. */
export class SlackProofs {
  private readonly noted = new Map<string, number>();

  constructor(private readonly ctx: Pick<AdapterContext, 'kv' | 'now'>) {}

  signed(secret: string): void {
    this.note(`signed:${digest(secret)}`);
  }

  refused(secret: string): void {
    this.note(`refused:${digest(secret)}`);
  }

  heard(token: string): void {
    this.note(`heard:${digest(token)}`);
  }

  async of(token: string, secret: string): Promise<Proofs> {
    const [signed, refused, heard] = await Promise.all(
      [`signed:${digest(secret)}`, `refused:${digest(secret)}`, `heard:${digest(token)}`].map((key) => this.at(key)),
    );
    return { signed: signed ?? null, refused: refused ?? null, heard: heard ?? null };
  }

  private note(key: string): void {
    const now = this.ctx.now();
    if (now - (this.noted.get(key) ?? -Infinity) < NOTE_MS) return;
    this.noted.set(key, now);
    void this.ctx.kv.set(key, String(now)).catch(() => undefined);
  }

  private async at(key: string): Promise<number | null> {
    const kept = await this.ctx.kv.get(key);
    return kept === null ? null : Number(kept);
  }
}

/** By which one it was, without saying it: another one has proven nothing yet. */
const digest = (secret: string): string => createHash('sha256').update(secret).digest('hex').slice(0, 16);
