import type { Delivered, Tamper } from '@musterhq/adapter-testkit';
import type { JsonObject } from '../simulator/objects.ts';

/** One thing on its way from the pretend Slack to the adapter, taken out of its HTTP request or its socket frame. */
export interface Parcel {
  readonly kind: 'event' | 'command' | 'interaction';
  /** The body as Slack means it: for commands the fields, for interactions the payload. */
  readonly payload: JsonObject;
  /** The body as it stands on the wire, for HTTP. */
  readonly raw: string;
  readonly contentType: string;
}

/** How often, when and how broken one parcel is to arrive. */
export interface Plan {
  readonly matches: (parcel: Parcel) => boolean;
  readonly times: number;
  readonly delayMs: number;
  readonly tamper?: Tamper;
}

interface Waiting {
  readonly plan: Plan;
  readonly resolve: (deliveries: readonly Delivered[]) => void;
}

/** Delivers one parcel once. `retry` counts from 0. */
export type Carry = (parcel: Parcel, retry: number, tamper: Tamper | undefined) => Promise<Delivered>;

/** Between the pretend Slack and the adapter: what nobody planned for is passed on once, as it came. */
export class Plans {
  private waiting: Waiting[] = [];

  constructor(private readonly advance: (ms: number) => void) {}

  /** What the next parcel like this comes to. */
  expect(plan: Plan): Promise<readonly Delivered[]> {
    return new Promise((resolve) => this.waiting.push({ plan, resolve }));
  }

  async carry(parcel: Parcel, carry: Carry): Promise<Delivered> {
    const found = this.waiting.find(({ plan }) => plan.matches(parcel));
    if (!found) return carry(parcel, 0, undefined);
    this.waiting = this.waiting.filter((one) => one !== found);

    const { times, delayMs, tamper } = found.plan;
    const deliveries: Delivered[] = [];
    for (let nth = 0; nth < times; nth += 1) {
      this.advance(delayMs);
      deliveries.push(await carry(parcel, nth, tamper));
    }
    found.resolve(deliveries);
    return deliveries.at(-1) ?? { transport: 'webhook', acknowledged: false };
  }
}
