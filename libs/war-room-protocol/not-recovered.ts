interface Learnt {
  readonly reactions: number;
  readonly pins: number;
  readonly mayLack: readonly ('reactions' | 'pins')[];
}

/** Of logs from before histories were asked for it. */
const NOTHING: Learnt = { reactions: 0, pins: 0, mayLack: ['reactions', 'pins'] };

/** What a chat's history told besides messages, and what no history tells, said in the summary of what was missed: nobody can know whether there was any. */
export function notRecovered(chat: string, { reactions, pins, mayLack }: Learnt = NOTHING): string {
  const found = [...some(reactions, 'reaction'), ...some(pins, 'pin')].join(' and ');
  const [last, ...others] = [...mayLack.map((kind) => kind.slice(0, -1)).reverse(), 'button', 'command'];
  const old = mayLack.includes('reactions') ? '' : ', nor a reaction to what was said hours before';
  const lost = `A ${others.reverse().join(', ')} or ${last} used in ${chat} meanwhile may not have arrived${old}: do it again.`;
  return found === '' ? lost : `Also found there: ${found}. ${lost}`;
}

const some = (n: number, what: string): string[] => (n === 0 ? [] : [`${n} ${what}${n === 1 ? '' : 's'}`]);
