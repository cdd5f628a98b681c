/** What Teams takes. */
const CHARS = 1_024;
/** Why such a thing stands there, for people who wonder. */
const SO_THAT = 'Muster finds this channel by muster:';

/** What stands in a channel's description: how it stands there, and the key that it was made with. */
export interface Description {
  readonly topic?: string;
  readonly key?: string;
}

export function written({ topic = '', key }: Description): string {
  const mark = key === undefined ? '' : `${SO_THAT}${key}`;
  const line = topic.replace(/\s+/g, ' ').trim();
  const room = CHARS - mark.length - 2;
  const words = line.length <= room ? line : `${line.slice(0, room - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
  return [words, mark].filter((part) => part !== '').join('\n\n');
}

/** People may write there too, before it or after. Their words are the topic. */
export function readDescription(description: string): Description {
  const key = new RegExp(`(?:^|\\s)${SO_THAT}([a-z0-9-]+)(?=\\s|$)`).exec(description)?.[1];
  const topic = (key === undefined ? description : description.replace(`${SO_THAT}${key}`, '')).trim();
  return { ...(topic !== '' && { topic }), ...(key !== undefined && { key }) };
}
