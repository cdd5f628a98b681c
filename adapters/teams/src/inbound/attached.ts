import type { Content } from '@musterhq/chat-port';
import { summarise } from '#libs/rich-text/summarise';
import { type Wire, stringOf, wiresOf } from '#libs/wire/wire';
import { Parser } from 'htmlparser2';

/**
 * The words, and that something came with them: Teams shows a bot where a file or a picture stands in a channel, and not the file. A message that is
 * nothing else would be no message, and nobody in another chat would know that there is something to look at.
 */
export function withAttached(content: Content, activity: Wire): Content {
  const many = attachedTo(activity);
  if (many === 0) return content;
  const v = many === 1 ? 'With an attachment, to be seen in Teams.' : `With ${many} attachments, to be seen in Teams.`;
  const blocks = [...content.blocks, { t: 'p' as const, c: [{ t: 'em' as const, c: [{ t: 'text' as const, v }] }] }];
  return { blocks, summary: summarise(blocks) };
}

/** A card of a link's is none, for one. */
const IS_FILE = /^(image\/|application\/vnd\.microsoft\.teams\.file\.download\.info$)/;

/** A picture stands twice, in the HTML and beside it; a file in a channel in the HTML alone. */
function attachedTo(activity: Wire): number {
  const all = wiresOf(activity.attachments);
  const beside = all.filter(({ contentType }) => IS_FILE.test(stringOf(contentType) ?? '')).length;
  const html = all.find(({ contentType }) => contentType === 'text/html');
  return Math.max(beside, standingIn(stringOf(html?.content) ?? ''));
}

function standingIn(html: string): number {
  let many = 0;
  new Parser({
    onopentag(tag, { itemtype = '' }) {
      if (tag === 'attachment' || (tag === 'img' && !isEmoji(tag, itemtype))) many += 1;
    },
  }).end(html);
  return many;
}

/** A character of which Teams made a picture. */
export const isEmoji = (tag: string, itemtype: string): boolean => tag === 'emoji' || (tag === 'img' && itemtype.endsWith('/Emoji'));
