/** Slack's text: three characters are escaped, and `<…>` carries mentions, channels, links and broadcasts. */

export function escapeText(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

const CONTROL =
  /^(?:@[UW][A-Z0-9]{2,}(?:\|[^<>]*)?|#[CG][A-Z0-9]{2,}(?:\|[^<>]*)?|!(?:here|channel|everyone)(?:\|[^<>]*)?|!subteam\^[A-Z0-9]+(?:\|[^<>]*)?|!date\^\d+\^[^<>]*|(?:https?|mailto|tel|slack|ftp):[^<>\s|]+(?:\|[^<>]*)?)$/;
const URL = /https?:\/\/[^\s<>|`*]+[^\s<>|`*.,;:!?)'"\]]/g;

/** What Slack keeps of the `text` an app sends: known `<…>` stay, other angle brackets and lone ampersands are escaped, bare addresses become links. */
export function normaliseAppText(text: string): string {
  const kept: string[] = [];
  const hold = (piece: string): string => `\u0000${kept.push(piece) - 1}\u0000`;
  const held = text
    .replaceAll('\u0000', '')
    .replace(/<([^<>]*)>/g, (whole, inside: string) => (CONTROL.test(inside) ? hold(whole) : whole))
    .replace(/&(?:amp|lt|gt);/g, hold)
    .replace(URL, (address) => hold(`<${address.replace(/&/g, '&amp;')}>`));
  // The placeholder cannot be in the text: it was taken out above.
  return escapeText(held).replace(/\u0000(\d+)\u0000/g, (_, at: string) => kept[Number(at)] ?? '');
}

export interface Directory {
  userByName(name: string): { readonly id: string; readonly name: string } | undefined;
  channelByName(name: string): { readonly id: string; readonly name: string } | undefined;
}

export type TypedPiece =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'user'; readonly user_id: string }
  | { readonly type: 'channel'; readonly channel_id: string }
  | { readonly type: 'broadcast'; readonly range: string }
  | { readonly type: 'link'; readonly url: string }
  | { readonly type: 'emoji'; readonly name: string };

const TYPED =
  /(https?:\/\/[^\s<>|`*]+[^\s<>|`*.,;:!?)'"\]])|(?<![\w@<])@([\w.-]*\w)|(?<![\w#&<])#([\p{L}\d_-]+)|(?<![\w:]):([a-z0-9_+'-]+):(?![\w:])/gu;

/** What a person typed, taken apart as Slack's own clients do: only names that exist become mentions. */
export function takeApart(typed: string, names: Directory): TypedPiece[] {
  const pieces: TypedPiece[] = [];
  let from = 0;
  for (const match of typed.matchAll(TYPED)) {
    const piece = namedPiece(match, names);
    if (!piece) continue;
    if (match.index > from) pieces.push({ type: 'text', text: typed.slice(from, match.index) });
    pieces.push(piece);
    from = match.index + match[0].length;
  }
  if (from < typed.length || pieces.length === 0) pieces.push({ type: 'text', text: typed.slice(from) });
  return pieces;
}

function namedPiece([, url, at, hash, emoji]: RegExpMatchArray, names: Directory): TypedPiece | undefined {
  if (url) return { type: 'link', url };
  if (at && ['here', 'channel', 'everyone'].includes(at)) return { type: 'broadcast', range: at };
  if (at) {
    const user = names.userByName(at);
    return user && { type: 'user', user_id: user.id };
  }
  if (hash) {
    const channel = names.channelByName(hash);
    return channel && { type: 'channel', channel_id: channel.id };
  }
  return emoji ? { type: 'emoji', name: emoji } : undefined;
}

/** The `text` Slack stores for what a person typed. */
export function typedToText(typed: string, names: Directory): string {
  return takeApart(typed, names).map(pieceToText).join('');
}

function pieceToText(piece: TypedPiece): string {
  switch (piece.type) {
    case 'text':
      return escapeText(piece.text);
    case 'user':
      return `<@${piece.user_id}>`;
    case 'channel':
      return `<#${piece.channel_id}|>`;
    case 'broadcast':
      return `<!${piece.range}>`;
    case 'link':
      return `<${escapeText(piece.url)}>`;
    case 'emoji':
      return `:${piece.name}:`;
  }
}

/** The text of a slash command, with Slack's option to escape channels, users and links switched on. */
export function typedToCommandText(typed: string, names: Directory): string {
  return takeApart(typed, names)
    .map((piece) => {
      if (piece.type === 'user') return `<@${piece.user_id}|${names.userByName(piece.user_id)?.name ?? ''}>`;
      if (piece.type === 'channel') return `<#${piece.channel_id}|${names.channelByName(piece.channel_id)?.name ?? ''}>`;
      return pieceToText(piece);
    })
    .join('');
}
