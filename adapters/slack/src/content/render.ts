import type { types } from '@slack/bolt';
import type { Content, Part, Rendering, RoomRef } from '@musterhq/chat-port';
import { escapeWithin } from './escape.ts';
import { shorten } from './graphemes.ts';
import { MESSAGE_BLOCKS, MESSAGE_CHARS, NOTIFICATION_CHARS } from './limits.ts';
import { plainBlocks } from './plain-text.ts';
import type { Piece } from './rich-blocks.ts';
import type { Journey } from './rich-inlines.ts';
import { piecesOf } from './slack-blocks.ts';

/** What is stored as a part's body: the arguments of chat.postMessage that do not depend on where and when. */
export interface SlackBody {
  readonly text: string;
  readonly blocks: readonly types.KnownBlock[];
  readonly username?: string;
  readonly icon_url?: string;
  /** Shown by this message, and by no other. */
  readonly files?: readonly { readonly id: string; readonly title: string }[];
}

/** Pure: the same content gives the same bytes. Long content becomes several parts, in order. */
export function render(content: Content, room: RoomRef): Rendering {
  const to: Journey = { room, losses: [], files: [] };
  const pieces = piecesOf(content.blocks, to);
  if (pieces.length === 0) pieces.push(...piecesOf([{ t: 'p', c: [{ t: 'text', v: content.summary || ' ' }] }], to));
  const persona = personaOf(content);
  const packs = pack(pieces);
  const parts = packs.map((run, i) =>
    partOf(run, i === 0 ? content.summary || plainBlocks(content.blocks) : `${content.summary} (${i + 1}/${packs.length})`, {
      ...persona,
      ...(i === 0 && to.files.length > 0 ? { files: to.files } : {}),
    }),
  );
  return { parts, losses: to.losses };
}

function partOf(pieces: readonly Piece[], summary: string, besides: Pick<SlackBody, 'username' | 'icon_url' | 'files'>): Part {
  const text = escapeWithin(summary, NOTIFICATION_CHARS);
  const body: SlackBody = { text, blocks: pieces.map(({ block }) => block), ...besides };
  return { body, chars: pieces.reduce((sum, { chars }) => sum + chars, 0), bytes: Buffer.byteLength(JSON.stringify(body)) };
}

/** Fills each part as far as Slack's limits allow, and keeps buttons with what stands above them by never reordering. */
function pack(pieces: readonly Piece[]): Piece[][] {
  const packs: Piece[][] = [];
  let run: Piece[] = [];
  let chars = 0;
  for (const piece of pieces) {
    if (run.length > 0 && (run.length === MESSAGE_BLOCKS || chars + piece.chars > MESSAGE_CHARS)) {
      packs.push(run);
      run = [];
      chars = 0;
    }
    run.push(piece);
    chars += piece.chars;
  }
  packs.push(run);
  return packs;
}

/** Whose words these are stands where Slack shows the sender, with the place they were written at, so nobody can take it for Slack's own. */
function personaOf({ author }: Content): { username?: string; icon_url?: string } {
  if (!author) return {};
  const bare = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]/gu, '').trim();
  const username = `${shorten(bare(author.name) || 'Somebody', 50)} (${shorten(bare(author.via), 25)})`;
  return { username, ...(author.avatar && /^https:\/\//.test(author.avatar) ? { icon_url: author.avatar } : {}) };
}
