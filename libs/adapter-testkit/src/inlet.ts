import type { Answer, Envelope, Inlet } from '@musterhq/chat-port';
import { eventually } from './eventually.ts';

/** Tells the inlet how to answer interactions that are answered in the same breath. */
export type Answerer = (envelope: Envelope) => Answer | Promise<Answer>;

type Fits = (envelope: Envelope) => boolean;

/**
 * The core's door, as an adapter sees it, with everything written down.
 *
 * It does not dedupe: what the adapter admits twice stands here twice. Open unless told: `hold` keeps every admit
 * waiting until its release is called, `failNext` rejects the next ones as a core without its database does.
 */
export class RecordingInlet implements Inlet {
  /** Everything admitted, in the order it became durable. */
  readonly admitted: Envelope[] = [];
  /** Everything that was offered, admitted or not, in the order it came. */
  readonly offered: Envelope[] = [];

  private failing: { left: number; fits: Fits } = { left: 0, fits: () => true };
  private gate: Promise<void> | undefined;
  private answerer: Answerer = () => ({ t: 'none' });

  async admit(batch: Envelope[]): Promise<void> {
    this.offered.push(...batch);
    await this.gate;
    if (this.failing.left > 0 && batch.some(this.failing.fits)) {
      this.failing.left -= 1;
      throw new Error('Nothing was stored: the database is away. The platform should send this again.');
    }
    this.admitted.push(...batch);
  }

  async ask(envelope: Envelope, withinMs: number): Promise<Answer> {
    await this.admit([envelope]);
    return this.answer(envelope, withinMs);
  }

  /** The answer to an interaction that was admitted already. */
  async answer(envelope: Envelope, _withinMs: number): Promise<Answer> {
    return this.answerer(envelope);
  }

  /** From now on `ask` answers with this. */
  answersWith(answerer: Answerer): void {
    this.answerer = answerer;
  }

  /** The next `n` admits with an envelope that fits reject, and nothing of them is kept. */
  failNext(n = 1, fits: Fits = () => true): void {
    this.failing = { left: n, fits };
  }

  /** Every admit waits from now on, until the function that this returns is called. */
  hold(): () => void {
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    this.gate = gate;
    return () => {
      if (this.gate === gate) this.gate = undefined;
      open();
    };
  }

  /** Admitted envelopes with events of this type, in order. */
  ofType(type: Envelope['event']['type']): Envelope[] {
    return this.admitted.filter((e) => e.event.type === type);
  }

  /** The first admitted envelope that fits, as soon as there is one. Throws when none comes in time. */
  until(fits: Fits, what = 'an envelope'): Promise<Envelope> {
    return eventually(`${what} to be admitted`, () => this.admitted.find(fits));
  }
}
