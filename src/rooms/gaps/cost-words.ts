import type { Capabilities } from '@musterhq/chat-port';
import { oneHalf } from '../deliveries/budgets.ts';

/** A room in which much was said. */
const MESSAGES = 2_000;
/** The most that is asked for at once. */
const PAGE = 1_000;
const MINUTE = 60_000;

/**
 * What catching up with a chat costs in time, by what it declares and not as measured. `rooms`: those that would be read now.
 * Null where nothing is declared that would slow it down.
 */
export function costWords(
  name: string,
  { features, limits, rates }: Pick<Capabilities, 'features' | 'limits' | 'rates'>,
  rooms: number,
): string | null {
  if ((features.history ?? 'none') === 'none')
    return `What is said in ${name} while it does not reach Muster cannot be read afterwards: ${name} gives it no history.`;
  const ofHistory = oneHalf(rates).filter(({ op, per }) => (op === 'history' || op === '*') && per !== 'room');
  const msACall = Math.max(0, ...ofHistory.map(({ permits, windowMs }) => windowMs / permits));
  const ofAll = msACall === 0 ? null : `${time(msACall * callsFor(limits.historyPage ?? PAGE), rooms)}.`;
  const { historyRation: ration } = limits;
  const ofSome =
    ration &&
    `${ration.whom} is given ${ration.messages} messages in ${inWords(ration.windowMs)}: then ${time(ration.windowMs * callsFor(ration.messages), rooms)}.`;
  if (!ofAll && !ofSome) return null;
  const said = `After an outage the history of each room is read, one room after the other. With ${MESSAGES.toLocaleString('en')} messages `;
  return `${said}${[ofAll, ofSome].filter(Boolean).join(' ')} What waits here for a room is said there when it has been read.`;
}

const callsFor = (page: number): number => Math.ceil(MESSAGES / Math.max(1, Math.min(page, PAGE)));

const time = (msARoom: number, rooms: number): string =>
  rooms > 1 ? `a room takes ${inWords(msARoom)}, and the ${rooms} of now ${inWords(msARoom * rooms)}` : `a room takes ${inWords(msARoom)}`;

function inWords(ms: number): string {
  const minutes = Math.round(ms / MINUTE);
  if (minutes < 1) return 'less than a minute';
  if (minutes < 60) return minutes === 1 ? 'a minute' : `${minutes} minutes`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.round(hours / 24)} days`;
}
