import type { AdapterContext } from '@musterhq/chat-port';

/** What only Teams can prove: when it last did, in milliseconds. */
export interface Proofs {
  /** Something came that Microsoft had signed for this bot. */
  readonly heard: number | null;
  /** A person's message that does not call the bot: it is told all that is said. */
  readonly overheard: number | null;
}

/** Often enough for whoever sets Teams up and looks; too seldom to cost anything. */
const NOTE_MS = 20_000;

/** Notes what arrives from Teams, for the setup page to say. Losing a note does no harm. */
export class TeamsProofs {
  private readonly noted = new Map<string, number>();

  constructor(
    private readonly ctx: Pick<AdapterContext, 'kv' | 'now'>,
    private readonly appId: string,
  ) {}

  note(what: keyof Proofs): void {
    const now = this.ctx.now();
    if (now - (this.noted.get(what) ?? -Infinity) < NOTE_MS) return;
    this.noted.set(what, now);
    void this.ctx.kv.set(this.key(what), String(now)).catch(() => undefined);
  }

  async seen(): Promise<Proofs> {
    const [heard = null, overheard = null] = await Promise.all((['heard', 'overheard'] as const).map((what) => this.at(what)));
    return { heard, overheard };
  }

  private async at(what: keyof Proofs): Promise<number | null> {
    const kept = await this.ctx.kv.get(this.key(what));
    return kept === null ? null : Number(kept);
  }

  /** By which bot: another one has proven nothing yet. */
  private key(what: keyof Proofs): string {
    return `proof:${what}:${this.appId}`;
  }
}
