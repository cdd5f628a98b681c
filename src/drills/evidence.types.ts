import type { WayKind, WayState } from '#src/notifications/notifications.types';
import type { Cut, DrillFault } from './drills.types.ts';

/** What is known of a drill when it is over, from logs and tables and from nobody's memory. Moments in milliseconds. */
export interface Evidence {
  readonly chat: string;
  readonly fault: DrillFault;
  readonly pace: number;
  readonly cut: Cut | null;
  readonly brokenAt: number | null;
  readonly healedAt: number | null;
  /** When Muster first said so after it broke. */
  readonly suspectAt: number | null;
  readonly downAt: number | null;
  readonly tells: boolean;
  /** Notices that the drill wrote, each when it was told; null where it was not. */
  readonly notices: readonly { readonly way: string; readonly toldAt: number | null }[];
  readonly ways: readonly { readonly name: string; readonly kind: WayKind; readonly state: WayState }[];
  /** At least two of them are proven, at different hosts; and what to do otherwise. */
  readonly enough: boolean;
  readonly advice: string;
  /** Who took part when it broke; who of them has a mail address; who of them came into the war room. */
  readonly people: number;
  readonly reachable: number;
  readonly came: number;
  /** What the chat told and nobody heard, and what of that no chat tells again. */
  readonly unheard: number;
  readonly gestures: number;
  /** What the room's log says was exchanged, and when the last gap was closed; null when none was. */
  readonly exchanged: { readonly closedAt: number; readonly inbound: number; readonly outbound: number; readonly unread: boolean } | null;
  /** People's messages that waited for the chat, and those of all that it may not have at the end. */
  readonly waited: number;
  readonly unsaid: number;
  readonly isMerged: boolean;
}
