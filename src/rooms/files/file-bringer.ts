import type { Block, Content, Fault, FileRef } from '@musterhq/chat-port';
import type { ArtifactStore } from '#src/artifacts/artifact-store.types';
import type { ArtifactQueries } from '#src/artifacts/artifacts.queries';
import type { Chat } from '#src/platform/chats/chats';
import { problemIn } from '#src/platform/logging/problem-in';
import { isForGood } from '../deliveries/decide.ts';
import { type Delivery, keyOf } from '../deliveries/delivery.types.ts';
import { roomOf } from '../deliveries/one-attempt.ts';

/** What is to be said of a file, and what the chat calls it where it has it. Null: nothing, for the file was taken away. */
export type Brought = { readonly content: Content | null; readonly file: FileRef | null } | { readonly fault: Fault };

type FileBlock = Extract<Block, { t: 'file' | 'image' }>;

/** Takes files of a room to its chats. Nobody sees one there until the message is sent that shows it. */
export class FileBringer {
  constructor(
    private readonly artifacts: Pick<ArtifactQueries, 'get'>,
    private readonly store: Pick<ArtifactStore, 'open'>,
  ) {}

  /** A chat that does not take it is told where it is, and why it is not there. One that cannot take it now is a fault to wait out. */
  async bring(chat: Chat, delivery: Delivery, content: Content, signal: AbortSignal): Promise<Brought> {
    const block = content.blocks.find(isFile);
    if (!block || delivery.fileId === null) return { content, file: null };
    try {
      const { fact, removedAt } = await this.artifacts.get(delivery.fileId);
      if (removedAt) return { content: null, file: null };
      const room = roomOf(delivery);
      const { features, limits } = chat.adapter.capabilities(room);
      const { files } = chat.adapter;
      if (!files || (features.files ?? 'none') === 'none') return { content: without(content, null), file: null };
      if (fact.size > (limits.fileBytes ?? Infinity))
        return { content: without(content, `It is larger than ${chat.name} takes.`), file: null };
      const bytes = await this.store.open(`${fact.fileId}.${fact.sha256}`);
      if (!bytes) return { content: without(content, null), file: null };
      const meta = { name: fact.name, mime: fact.mediaType, bytes: fact.size, ...(fact.alt ? { alt: fact.alt } : {}) };
      const put = await files.put(room, keyOf(delivery), bytes, meta, signal).finally(() => bytes.destroy());
      if (isForGood(put))
        return {
          content: without(content, `${chat.name} did not take the file itself${put.fault.detail ? `: ${put.fault.detail}` : '.'}`),
          file: null,
        };
      if (put.outcome !== 'done') return { fault: put.fault };
      return {
        content: { ...content, blocks: content.blocks.map((one) => (one === block ? { ...block, file: put.value } : one)) },
        file: put.value,
      };
    } catch (error) {
      return { fault: { code: 'unavailable', scope: 'message', detail: problemIn(error) } };
    }
  }
}

const isFile = (block: Block): block is FileBlock => block.t === 'file' || block.t === 'image';

/** The way to the room is in the words. */
function without(content: Content, why: string | null): Content {
  const said: Block[] = why === null ? [] : [{ t: 'p', c: [{ t: 'em', c: [{ t: 'text', v: why }] }] }];
  return { ...content, blocks: [...content.blocks.filter((block) => !isFile(block)), ...said] };
}
