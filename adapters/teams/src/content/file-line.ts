import type { Block, FileRef } from '@musterhq/chat-port';
import { type Wire, textOf, wireOf, wiresOf } from '#libs/wire/wire';
import { fileIdOf, placeOfFile } from '../files/file-id.ts';
import type { Run } from './card.ts';
import { run } from './runs.ts';

type FileBlock = Extract<Block, { t: 'file' | 'image' }>;

/**
 * The way to a file that was brought to the channel's folder. Undefined for any other, which is not there to be opened. A bot cannot attach a
 * file of SharePoint's, and Teams shows no picture that not everybody on the internet may see, so a picture is a line as well.
 */
export function fileLine(block: FileBlock): Run[] | undefined {
  const { id, name, href = '' } = block.file;
  if (placeOfFile(id)?.kind !== 'kept' || !/^https?:\/\//i.test(href)) return undefined;
  const about = block.t === 'image' && block.alt !== '' ? [run(` (${block.alt})`, { isSubtle: true })] : [];
  return [run(name.replace(/\p{Cc}+/gu, ' '), { selectAction: { type: 'Action.OpenUrl', id, url: href } }), ...about];
}

/** Those that one of our own cards leads to. */
export function filesInCard(card: Wire): FileRef[] {
  const runs = wiresOf(card.body).flatMap(({ inlines }) => wiresOf(inlines));
  const files = new Map<string, FileRef>();
  for (const { text, selectAction } of runs) {
    const { id = '', url } = wireOf(selectAction);
    const place = placeOfFile(textOf(id));
    if (place?.kind !== 'kept') continue;
    // A name may stand in several pieces.
    const name = `${files.get(fileIdOf(place))?.name ?? ''}${textOf(text)}`;
    files.set(fileIdOf(place), { id: fileIdOf(place), name, mime: 'application/octet-stream', bytes: place.bytes, href: textOf(url) });
  }
  return [...files.values()];
}
