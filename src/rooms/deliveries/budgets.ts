import type { Capabilities, Op, RoomRef } from '@musterhq/chat-port';
import type { Chat } from '#src/platform/chats/chats';
import { type Clock, pause } from '#src/platform/loops/clock';
import { Budget } from './budget.ts';

type Rates = Capabilities['rates'];

/** What one worker has spent of each tenant's budget. `share`: what of the chat's rates is for it. */
export class Budgets {
  private readonly ofTenants = new Map<string, Budget>();

  constructor(
    private readonly clock: Clock,
    private readonly stopping: AbortSignal,
    private readonly share: (rates: Rates) => Rates = (rates) => rates,
  ) {}

  /** Until such a call may be made, and counts it; or until we are stopping, and then it is not to be made. */
  async wait(chat: Chat, op: Op, { tenant, room }: Pick<RoomRef, 'tenant' | 'room'>): Promise<void> {
    const key = `${chat.id}/${tenant}`;
    const budget = this.ofTenants.get(key) ?? new Budget(this.share(chat.adapter.capabilities().rates), chat.pace);
    this.ofTenants.set(key, budget);
    for (let wait = 1; wait > 0 && !this.stopping.aborted;) {
      wait = budget.take(op, room, this.clock.now());
      if (wait > 0) await pause(this.clock, wait, this.stopping);
    }
  }
}

/** A part of what a chat allows, for who is not the only one to call it. */
const part =
  (of: number) =>
  (rates: Rates): Rates =>
    rates.map((rate) => ({ ...rate, permits: Math.max(1, Math.floor(rate.permits * of)) }));

/**
 * Who only reads counts for itself, so what is read is shared out: a half for what was missed, for which whole rooms wait, and a
 * quarter each for what nobody knows of and for what is looked at once more. The other half of everything else is for who says something.
 */
export const oneHalf = part(1 / 2);
export const aQuarter = part(1 / 4);
