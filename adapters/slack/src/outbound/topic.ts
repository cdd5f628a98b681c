import { escapeText, escapeWithin } from '../content/escape.ts';

const TOPIC_CHARS = 250;
const BEFORE_THE_LAST = ' · ';

/**
 * A channel's topic as Slack keeps it. Its page says that a topic is neither formatted nor linked; Slack's own clients write the three
 * control characters escaped there all the same, and then nobody has to rely on it. What stands last is an address, and stays whole.
 */
export function topicText(topic: string): string {
  const whole = escapeText(topic);
  if (whole.length <= TOPIC_CHARS) return whole;
  const at = topic.lastIndexOf(BEFORE_THE_LAST);
  const last = at === -1 ? '' : escapeText(topic.slice(at));
  if (last === '' || last.length > TOPIC_CHARS / 2) return escapeWithin(topic, TOPIC_CHARS);
  return `${escapeWithin(topic.slice(0, at), TOPIC_CHARS - last.length)}${last}`;
}
