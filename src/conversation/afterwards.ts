import type { Answer, ChatAdapter, Content } from '@musterhq/chat-port';
import { textContent } from '#libs/rich-text/text-content';
import type { Chats } from '#src/platform/chats/chats';
import type { InboxItem } from '#src/platform/inbox/inbox.types';
import { uuidFor } from '#src/platform/log/uuid-for';
import type { Log } from '#src/platform/logging/logging';
import type { InteractionEvent } from './conversation.types.ts';

const CALL_TIMEOUT_MS = 5_000;

/**
 * Says an answer that cannot go back in the same breath: it came too late, its process died, or the chat has no such way. By the
 * gesture's own way back where the chat has one, else to the person alone in the room where they asked. Where nothing can
 * be shown to one person alone, a line that everybody read is answered beneath it.
 *
 * One attempt: it is a courtesy, the room shows what was done.
 */
export class Afterwards {
  constructor(
    private readonly chats: Chats,
    private readonly log: Log,
  ) {}

  /** Never rejects. */
  async say(item: InboxItem, answer: Answer): Promise<void> {
    const event = item.event as InteractionEvent;
    const adapter = this.chats.get(item.instance)?.adapter;
    const content = wordsOf(answer, event);
    if (!content || !adapter) return;
    try {
      if (await sayBack(adapter, event, answer.t === 'replace', content)) return;
      if (await sayInRoom(adapter, event, keyOf(item), content)) return;
      this.log.warn({ instance: item.instance, envelope: item.envelopeId }, 'an answer came too late to reach the person');
    } catch (error) {
      this.log.warn({ instance: item.instance, envelope: item.envelopeId, error }, 'an answer could not be said');
    }
  }
}

/** An envelope's own id may be longer than a key. */
const keyOf = ({ instance, tenant, envelopeId }: InboxItem): string => `private.${uuidFor('private', instance, tenant, envelopeId)}`;

const soon = (): AbortSignal => AbortSignal.timeout(CALL_TIMEOUT_MS);

async function sayBack({ answers }: ChatAdapter, { via }: InteractionEvent, replace: boolean, content: Content): Promise<boolean> {
  return (await answers?.give(via, { t: replace ? 'replace' : 'private', content }, soon()))?.outcome === 'done';
}

async function sayInRoom(adapter: ChatAdapter, event: InteractionEvent, key: string, content: Content): Promise<boolean> {
  const { user, room, on } = event.via;
  if (!room) return false;
  const { features, threads } = adapter.capabilities(room);
  const mayWhisper = (features.private ?? 'none') !== 'none';
  if (!mayWhisper && event.type !== 'command') return false;
  const thread = on && threads !== 'none' ? { thread: on.thread ?? on.id } : {};
  for (const [n, part] of adapter.messages.render(content, room).parts.entries()) {
    const to = mayWhisper ? { onlyFor: user } : thread;
    const said = await adapter.messages.send({ key: `${key}.${n}`, room, part, ...to }, soon());
    if (said.outcome !== 'done') return false;
  }
  return true;
}

/** The form is gone by now: what was wrong with it is told with what was written, so that it need not be written again. */
function wordsOf(answer: Answer, event: InteractionEvent): Content | null {
  switch (answer.t) {
    case 'none':
      return null;
    case 'form':
      return textContent(`"${answer.form.title}" could not be opened in time. Ask for it again.`);
    case 'errors': {
      const written =
        event.type === 'form'
          ? Object.values(event.values)
              .flat()
              .filter((value) => value !== '')
          : [];
      const kept = written.length > 0 ? ` You wrote: ${written.join(' · ')}` : '';
      return textContent(`Nothing was changed. ${Object.values(answer.errors).join(' ')}${kept}`);
    }
    case 'replace':
    case 'private':
      return answer.content;
  }
}
