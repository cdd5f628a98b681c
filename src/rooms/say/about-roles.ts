import type { Block, Content, Inline } from '@musterhq/chat-port';
import { handOverRows } from '#libs/war-room-protocol/hand-over';
import type { RoleChange } from '#libs/war-room-protocol/roles';

/** Who has a role now; where it passed from one person to another, with what there is to know. */
export function roleLine({ card }: RoleChange, summary: string): Content {
  const said: Block = { t: 'p', c: [{ t: 'em', c: [{ t: 'text', v: summary }] }] };
  if (!card) return { summary, blocks: [said] };
  const rows = handOverRows(card).map(({ name, words }) => ({ label: name, c: words.map(inline) }));
  return { summary, blocks: [said, { t: 'facts', rows }] };
}

const inline = (words: string | { readonly at: string }): Inline =>
  typeof words === 'string' ? { t: 'text', v: words } : { t: 'time', at: Date.parse(words.at), style: 'clock' };
