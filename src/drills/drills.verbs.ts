import { textContent } from '#libs/rich-text/text-content';
import type { Verb } from '#src/conversation/conversation.types';
import { FaultUnknown } from './drills.errors.ts';
import type { Drills } from './drills.service.ts';
import { DRILL_FAULTS, type DrillFault, MINUTES } from './drills.types.ts';

const isFault = (word: string): word is DrillFault => (DRILL_FAULTS as readonly string[]).includes(word);

/** Nobody is paged by it: who wants that ticks a box, with what it says beside it before their eyes. */
export function drillVerb(drills: Drills, home: string): Verb {
  return {
    name: 'drill',
    usage: 'drill <silent, writes, everything or flood, and how many minutes; or stop>',
    help: 'rehearses an outage of the chat, in a room of its own.',
    inRoom: false,
    late: 'tell',
    async run({ tx, by, text, prefix, requestId }) {
      const [word = '', minutes = String(MINUTES.usual), ...more] = text.toLowerCase().split(/\s+/);
      if (word === 'stop' && text.trim().toLowerCase() === 'stop') {
        const { number, id } = await drills.stop(tx, by);
        return { say: textContent(`${number} is being ended. How it went: ${drills.reportUrl(id)}`), seq: null };
      }
      if (!isFault(word) || more.length > 0 || !isUsable(minutes)) throw new FaultUnknown(text, prefix, new URL('/drill', home).href);
      const ask = { fault: word, minutes: Number(minutes), chat: '', team: '', tells: false };
      const { number, id, chat } = await drills.start(tx, ask, by, requestId);
      const say = `${number} begins: ${chat} breaks in a room of its own, and nowhere else. Its war room: ${new URL(`/i/${number}`, home).href}. How it goes: ${drills.reportUrl(id)}. ${prefix}drill stop ends it.`;
      return { say: textContent(say), seq: null };
    },
  };
}

const isUsable = (minutes: string): boolean =>
  /^\d{1,2}$/.test(minutes) && Number(minutes) >= MINUTES.least && Number(minutes) <= MINUTES.most;
