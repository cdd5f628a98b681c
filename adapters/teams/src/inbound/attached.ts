import type { Content, FileRef } from '@musterhq/chat-port';
import { summarise } from '#libs/rich-text/summarise';
import { type Wire, stringOf, wiresOf } from '#libs/wire/wire';
import { Parser } from 'htmlparser2';
import { fileIdOf } from '../files/file-id.ts';
import { type Picture, pictureBeside, pictureIn } from './pictures-in.ts';

/** Where the message stands that something came with. */
export interface AttachedTo {
  readonly id: string;
  /** The first message of its thread. */
  readonly root?: string;
  /** Somebody can be asked what an attachment is, of which Teams tells a bot nothing but that it is there. */
  readonly asks: boolean;
}

/** What came with a message: files that can be had, and how many things besides that only Teams shows. */
export interface Attached {
  readonly files: readonly FileRef[];
  readonly unseen: number;
}

/**
 * A pasted picture stands in the HTML, and often beside it, as an attachment of its own; a file that was attached in a channel stands in the
 * HTML alone, unless Graph is read, which says what it is. A card of a link or of another app is no file.
 */
export function attachedIn(activity: Wire, message: AttachedTo): Attached {
  const all = wiresOf(activity.attachments);
  const standing = standingIn(stringOf(all.find(({ contentType }) => contentType === 'text/html')?.content) ?? '');
  const beside = all.filter(({ contentType }) => stringOf(contentType)?.startsWith('image/')).map(pictureBeside);
  // Those beside are what Microsoft says to go by. A browser pastes without them.
  const pictures = beside.length >= standing.pictures.length ? beside : standing.pictures;
  const known = pictures.filter((picture) => picture !== undefined);
  const attached = standing.attachments.map((id) => attachedFile(id, all, message));
  const besides = all.filter(({ contentType }) => contentType === FILE_IN_A_CHAT).length;
  return {
    files: [...known.map((picture, n) => pictureFile(picture, n, message)), ...attached.filter((one) => typeof one === 'object')],
    unseen: pictures.length - known.length + Math.max(besides, attached.filter((one) => one === 'unseen').length),
  };
}

/** The words, and that something came with them which only Teams shows. A message that is nothing else would be no message. */
export function withUnseen(content: Content, many: number): Content {
  if (many === 0) return content;
  const v = many === 1 ? 'With an attachment, to be seen in Teams.' : `With ${many} attachments, to be seen in Teams.`;
  const blocks = [...content.blocks, { t: 'p' as const, c: [{ t: 'em' as const, c: [{ t: 'text' as const, v }] }] }];
  return { blocks, summary: summarise(blocks) };
}

const FILE_IN_A_CHAT = 'application/vnd.microsoft.teams.file.download.info';
/** As Graph calls a file that is kept elsewhere in Microsoft 365. */
export const KEPT_ELSEWHERE = 'reference';
const OF_ANY_KIND = 'application/octet-stream';

function pictureFile({ object, mime, name }: Picture, n: number, { id, root }: AttachedTo): FileRef {
  const ending = mime === undefined ? '' : `.${mime.slice('image/'.length)}`;
  return {
    id: fileIdOf({ kind: 'picture', message: id, object, ...(root !== undefined && { root }) }),
    name: name ?? `picture${n === 0 ? '' : `-${n + 1}`}${ending}`,
    mime: mime ?? OF_ANY_KIND,
    bytes: 0,
  };
}

function attachedFile(attachment: string, all: readonly Wire[], { id, root, asks }: AttachedTo): FileRef | 'unseen' | 'no file' {
  const told = all.find((one) => one.id === attachment);
  if (told && told.contentType !== KEPT_ELSEWHERE) return 'no file';
  if (!told && !asks) return 'unseen';
  const file = fileIdOf({ kind: 'attached', message: id, attachment, ...(root !== undefined && { root }) });
  return told ? fileOfAttachment(file, told) : { id: file, name: 'An attachment', mime: OF_ANY_KIND, bytes: 0, untold: true };
}

/** An attachment of Graph's that is a file: its name, and where people open it. */
export function fileOfAttachment(id: string, { name, contentUrl }: Wire): FileRef {
  const href = stringOf(contentUrl);
  return { id, name: stringOf(name) ?? 'An attachment', mime: OF_ANY_KIND, bytes: 0, ...(href !== undefined && { href }) };
}

function standingIn(html: string): { readonly pictures: (Picture | undefined)[]; readonly attachments: string[] } {
  const pictures: (Picture | undefined)[] = [];
  const attachments: string[] = [];
  new Parser({
    onopentag(tag, { itemtype = '', src = '', id = '' }) {
      if (tag === 'attachment') attachments.push(id);
      else if (tag === 'img' && !isEmoji(tag, itemtype)) pictures.push(pictureIn(src));
    },
  }).end(html);
  return { pictures, attachments };
}

/** A character of which Teams made a picture. */
export const isEmoji = (tag: string, itemtype: string): boolean => tag === 'emoji' || (tag === 'img' && itemtype.endsWith('/Emoji'));
