import { type MirrorView, admitsWords, halfWords } from '#libs/war-room-protocol/mirrors';
import { clock } from '../times.ts';

export interface MirrorWords {
  readonly say: string;
  readonly trouble: boolean;
}

/** Where the room is also heard, and what to know about that now. */
export function mirrorWords(mirror: MirrorView): MirrorWords {
  const { say, trouble } = stateWords(mirror);
  return { say: `${say}${admitsWords(mirror)}`, trouble };
}

function stateWords(mirror: MirrorView): MirrorWords {
  const { surface, state, name, since, saidBy, waiting, doubtful, refused } = mirror;
  const there = name ? `${surface.name} ${name}` : surface.name;
  const when = since ? ` since ${clock(since)}` : '';
  const wait = waiting.length > 0 ? ` ${count(waiting.length, 'message')} ${waiting.length === 1 ? 'waits' : 'wait'} for it.` : '';
  const doubt = `${doubtful.length > 0 ? ` ${count(doubtful.length, 'message')} may be missing there.` : ''}${refusal(refused)}`;
  const half = halfWords(mirror, when);
  if (half !== null) return { say: `${there} ${half}${wait}${doubt}`, trouble: true };
  switch (state) {
    case 'opening':
      return { say: `${there} (its room is being made)`, trouble: false };
    case 'open':
      return { say: `${there} (open)${doubt && `.${doubt}`}`, trouble: doubt !== '' };
    case 'suspect':
      return { say: `${there} may not be answering${when}.${wait}${doubt}`, trouble: true };
    case 'parked':
      return {
        say: `${there} is ${saidBy === undefined ? `not answering${when}` : `down${when}, says ${saidBy}`}. Messages are copied to it when it returns.${wait}${doubt}`,
        trouble: true,
      };
    case 'catching-up':
      return { say: `${there} is back and catching up.${wait}${doubt}`, trouble: true };
    case 'archived':
      return {
        say: `${there} is archived${when}. Unarchive it there, invite Muster to it if it is not in it then, and what is written here is copied to it.${wait}${doubt}`,
        trouble: true,
      };
    case 'shut-out':
      return {
        say: `Muster is not in ${there}${when}. Invite it to that room there, and what is written here is copied to it.${wait}${doubt}`,
        trouble: true,
      };
    case 'failed':
      return { say: `${there} has no room for this incident.`, trouble: true };
  }
}

/** How much it did not take, and what to do about it. */
function refusal(refused: MirrorView['refused']): string {
  if (refused.length === 0) return '';
  const reasons = [...new Set(refused.map(({ why }) => why))].join(' ');
  return ` ${count(refused.length, 'message')} ${refused.length === 1 ? 'was' : 'were'} not taken there. ${reasons}`;
}

export const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;
