/** Where in Teams a file is. `root`: of the thread that the message stands in; a chat has none. */
export type PlaceOfFile =
  /** What somebody pasted into a message. `object`: what Teams calls it, to the bot and in Graph alike. */
  | { readonly kind: 'picture'; readonly message: string; readonly root?: string; readonly object: string }
  /** What somebody attached, which is kept where the channel keeps its files. `attachment`: its place in the message. */
  | { readonly kind: 'attached'; readonly message: string; readonly root?: string; readonly attachment: string }
  /** What we put there. How much it is goes with it: a card has no other place for that. */
  | { readonly kind: 'kept'; readonly drive: string; readonly item: string; readonly bytes: number };

/** A file has the same id however its message was read: as it was told, or by Graph. */
export function fileIdOf(place: PlaceOfFile): string {
  if (place.kind === 'kept') return [place.kind, place.bytes, place.drive, place.item].join(':');
  return [place.kind, place.root ?? '', place.message, place.kind === 'picture' ? place.object : place.attachment].join(':');
}

/** Undefined: it is no file of Teams. */
export function placeOfFile(id: string): PlaceOfFile | undefined {
  const [, bytes, drive, item] = /^kept:(\d+):([\w!-]+):([\w!-]+)$/.exec(id) ?? [];
  if (drive !== undefined && item !== undefined) return { kind: 'kept', drive, item, bytes: Number(bytes) };
  const [, kind, root, message, name] = /^(picture|attached):(\d*):(\d+):([\w+/=.-]+)$/.exec(id) ?? [];
  if (message === undefined || name === undefined) return undefined;
  const where = { message, ...(root !== '' && root !== undefined && { root }) };
  return kind === 'picture' ? { kind, ...where, object: name } : { kind: 'attached', ...where, attachment: name };
}
