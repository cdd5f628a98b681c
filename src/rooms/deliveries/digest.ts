import type { Block, Content } from '@musterhq/chat-port';
import { blockLines } from '#libs/rich-text/block-lines';
import type { DeliveryStatus, Operation } from './delivery.types.ts';

/** When what waits for a chat is said as one message, and how much such a message holds. */
export interface DigestRule {
  /** What a chat takes one by one, however long it had to wait. */
  readonly above: number;
  /** A lane whose first has waited no longer is only busy. */
  readonly afterMs: number;
  readonly most: number;
  /** Of what the platform allows in one message, so much. */
  readonly share: number;
}

export const DIGESTS: DigestRule = { above: 20, afterMs: 60_000, most: 50, share: 0.7 };

/** What one lane holds that has no end yet, as far as it matters here. */
export interface Waiting {
  readonly id: string;
  readonly operation: Operation;
  readonly status: DeliveryStatus;
  readonly attempts: number;
  readonly content: Content | null;
  readonly isDigest: boolean;
  /** It was in a digest that could not be said as a whole. */
  readonly cameApart: boolean;
}

/**
 * What of a lane goes into which digest, in the lane's order. Empty where it is said one by one.
 *
 * What was tried already is under a key of its own, and may yet turn up; what is about something else than words, or asks
 * for an answer, needs its own place. Those stay alone, and where they stand: a digest ends before them.
 */
export function digestsOf(lane: readonly Waiting[], { above, most }: Pick<DigestRule, 'above' | 'most'>, chars: number): string[][] {
  if (lane.filter(mayBeGathered).length <= above) return [];
  const digests: string[][] = [];
  let left = 0;
  for (const one of lane) {
    const needs = mayBeGathered(one) ? lengthOf(one.content) : Infinity;
    const last = digests.at(-1);
    if (last && needs <= left && last.length < most) {
      last.push(one.id);
      left -= needs;
    } else {
      digests.push(needs <= chars ? [one.id] : []);
      left = needs <= chars ? chars - needs : 0;
    }
  }
  return digests.filter(({ length }) => length > 1);
}

export function mayBeGathered<One extends Omit<Waiting, 'id'>>(one: One): one is One & { readonly content: Content } {
  const { operation, status, attempts, content, isDigest, cameApart } = one;
  if (operation !== 'send' || status !== 'pending' || attempts > 0 || isDigest || cameApart) return false;
  return content?.blocks.every(({ t }) => !ALONE.includes(t)) ?? false;
}

/** What asks for an answer, and what is more than words. */
const ALONE: readonly Block['t'][] = ['actions', 'input', 'file', 'image'];

/** Who and when. What it answers is quoted, too, in words that are not known here: where that is much, the platform's own parts hold it. */
const BESIDE_CHARS = 100;

const lengthOf = ({ blocks }: Content): number =>
  BESIDE_CHARS + blocks.reduce((sum, block) => sum + blockLines(block, { links: 'address' }).join('\n').length, 0);
