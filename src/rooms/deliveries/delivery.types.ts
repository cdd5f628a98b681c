import type { Content, Fault, Part } from '@musterhq/chat-port';

export type DeliveryStatus = 'pending' | 'sending' | 'sent' | 'refused' | 'unknown' | 'needs-a-person' | 'canceled';
export type Operation = 'open-room' | 'send' | 'card';

/** A row of the table, with what its mirror knows. */
export interface Delivery {
  readonly id: string;
  readonly mirrorId: string;
  readonly incidentId: string;
  readonly instance: string;
  readonly tenant: string;
  readonly room: string | null;
  readonly card: string | null;
  readonly lane: 'room' | 'card';
  readonly operation: Operation;
  readonly messageId: string | null;
  readonly content: Content | null;
  readonly parts: readonly Part[] | null;
  readonly part: number;
  readonly status: DeliveryStatus;
  readonly attempts: number;
  /** Attempts in a row that had no end: the process died in them, or the adapter threw. */
  readonly unended: number;
  readonly looks: number;
  readonly triedAt: Date | null;
  readonly nextAt: Date;
  readonly settleAt: Date | null;
  readonly fault: Fault | null;
  readonly trace: string | null;
}

/** What our message carries on the platform, so that it can be found again and its echo is known. */
export const keyOf = (delivery: Pick<Delivery, 'id' | 'part'>): string => `${delivery.id}.${delivery.part}`;

export function fromKey(key: string): { id: string; part: number } | null {
  const found = /^([0-9a-f-]{36})\.(\d{1,3})$/.exec(key);
  return found ? { id: found[1] ?? '', part: Number(found[2]) } : null;
}
