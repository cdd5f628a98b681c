import type { ApiCall, DeliveryLog, LostInteraction } from '../types.ts';

const KEPT = 20_000;

/** What passed between Slack and the app, for whoever asks afterwards. Bounded: the oldest go first. */
export class Journal {
  readonly calls: ApiCall[] = [];
  readonly deliveries: DeliveryLog[] = [];
  readonly lost: LostInteraction[] = [];

  called(call: ApiCall): void {
    keep(this.calls, call);
  }

  delivered(log: DeliveryLog): void {
    keep(this.deliveries, log);
  }

  lostOne(lost: LostInteraction): void {
    keep(this.lost, lost);
  }
}

function keep<T>(list: T[], one: T): void {
  list.push(one);
  if (list.length > KEPT) list.splice(0, KEPT / 10);
}
