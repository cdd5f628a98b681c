import type { Attempt, ChatAdapter, Fault, MessageRef, RoomRef, RoomSpec } from '@musterhq/chat-port';
import type { Chat } from '#src/platform/chats/chats';
import type { Database } from '#src/platform/database/database';
import { canaryMessage, keyFor } from './canary-message.ts';
import { proofBy } from './look-proof.ts';
import type { Sent } from './outage.types.ts';
import { isShown } from './shown-in-history.ts';

/** Where the looks are made. Generation: how many rooms were lost before (archived, and not ours to open again). */
interface Place {
  readonly generation: number;
  readonly room?: string;
  readonly message?: string;
}

/** The chat answered, and its answer is that a look cannot be made here like this. That is no sign of an outage. */
const IMPOSSIBLE: ReadonlySet<Fault['code']> = new Set([
  'forbidden',
  'not-found',
  'closed',
  'conflict',
  'too-large',
  'invalid',
  'unsupported',
]);

/**
 * Makes looks: one message in a private room of our own, sent once and then changed each time. Room and message are
 * remembered; what was deleted or archived by somebody is made anew at the next look.
 */
export class Canary {
  constructor(private readonly database: Database) {}

  /** One attempt, over when the signal says so. Never rejects. That it is `sent` proves nothing: its echo does. Where there is none, it is `proven` here. */
  async send(chat: Chat, tenant: string, nonce: string, signal: AbortSignal): Promise<Sent> {
    try {
      return await Promise.race([this.attempt(chat, tenant, nonce, signal), ended(signal)]);
    } catch {
      return { t: 'unsure' };
    }
  }

  /** Whether messages of ours can be posted and taken away again to see whether they arrive. */
  static canPost(adapter: ChatAdapter): boolean {
    return proofBy(adapter) === 'echo' && adapter.messages.remove !== undefined;
  }

  /** The second look: a message that is taken away again. One attempt, which never rejects; its echo proves it. */
  async post(chat: Chat, tenant: string, nonce: string, signal: AbortSignal): Promise<Sent> {
    try {
      return await Promise.race([this.postOnce(chat, tenant, nonce, signal), ended(signal)]);
    } catch {
      return { t: 'unsure' };
    }
  }

  private async postOnce(chat: Chat, tenant: string, nonce: string, signal: AbortSignal): Promise<Sent> {
    const place = await this.recall(chat.id, tenant);
    if (place.room === undefined) return { t: 'prepared' };
    const room: RoomRef = { adapter: chat.id, tenant, room: place.room };
    const { messages } = chat.adapter;
    const [part] = messages.render(canaryMessage(nonce), room).parts;
    if (!part) return { t: 'impossible', why: 'This chat cannot show a message.' };
    const said = await messages.send({ key: keyFor(nonce), room, part }, signal);
    // One that stays there troubles nobody.
    if (said.outcome === 'done') await messages.remove?.(said.value.message, signal);
    return sentBy(said);
  }

  private async attempt(chat: Chat, tenant: string, nonce: string, signal: AbortSignal): Promise<Sent> {
    const proof = proofBy(chat.adapter);
    const place = await this.recall(chat.id, tenant);
    if (proof === 'answered') return this.ask(chat, tenant, signal);
    if (place.room === undefined) {
      const made = await this.makeRoom(chat, tenant, place, signal);
      return made.t === 'impossible' && proof !== 'echo' ? this.ask(chat, tenant, signal) : made;
    }

    const room: RoomRef = { adapter: chat.id, tenant, room: place.room };
    const { messages } = chat.adapter;
    const [part] = messages.render(canaryMessage(nonce), room).parts;
    if (!part || !messages.edit) return { t: 'impossible', why: 'This chat cannot change a message.' };
    const key = keyFor(nonce);

    const said: Attempt<{ message: MessageRef }> =
      place.message === undefined
        ? await messages.send({ key, room, part }, signal)
        : await messages.edit({ room, id: place.message }, { key, part }, signal);
    if (said.outcome === 'done' && place.message === undefined)
      await this.remember(chat.id, tenant, { ...place, message: said.value.message.id });
    if (said.outcome === 'refused' && IMPOSSIBLE.has(said.fault.code)) await this.forget(chat.id, tenant, place);
    if (said.outcome !== 'done' || proof === 'echo') return sentBy(said);
    if (proof === 'read-back') return (await isShown(chat, room, nonce, signal)) ? { t: 'proven', by: 'read-back' } : { t: 'unsure' };
    return { t: 'proven', by: 'taken' };
  }

  /** Whether it answers at all, where no room of our own can be had: asked about the newest room of an incident. */
  private async ask(chat: Chat, tenant: string, signal: AbortSignal): Promise<Sent> {
    const [newest] = await this.database.query<{ room: string }>(
      `select room from mirror where instance = $1 and tenant = $2 and room is not null and state not in ('failed', 'archived', 'shut-out', 'closed')
        order by id desc limit 1`,
      [chat.id, tenant],
    );
    if (!newest || !chat.adapter.rooms) return { t: 'impossible', why: 'No incident has a room there to ask about.' };
    const got = await chat.adapter.rooms.get({ adapter: chat.id, tenant, room: newest.room }, signal);
    return got.outcome === 'done' ? { t: 'proven', by: 'answered' } : sentBy(got);
  }

  /** Takes as long as it takes: only the next look, in a room that is there, is measured. */
  private async makeRoom(chat: Chat, tenant: string, { generation }: Place, signal: AbortSignal): Promise<Sent> {
    const rooms = chat.adapter.rooms;
    if (!rooms) return { t: 'impossible', why: 'This chat has no rooms that Muster can open.' };
    const made = await rooms.create(specOf(generation), signal);
    if (made.outcome !== 'done') return sentBy(made);
    if (made.value.ref.tenant !== tenant) return { t: 'impossible', why: 'The room was opened in another workspace.' };
    const place: Place = made.value.archived ? { generation: generation + 1 } : { generation, room: made.value.ref.room };
    await this.remember(chat.id, tenant, place);
    return made.value.archived ? { t: 'impossible', why: 'The room for looks was archived. Muster opens another one.' } : { t: 'prepared' };
  }

  /** A message that is gone is sent anew; a room that is gone is found or made again by its key; an archived one gets a successor. */
  private async forget(instance: string, tenant: string, { generation, room, message }: Place): Promise<void> {
    if (message === undefined || room === undefined) return this.remember(instance, tenant, { generation });
    return this.remember(instance, tenant, { generation, room });
  }

  private async recall(instance: string, tenant: string): Promise<Place> {
    const [found] = await this.database.query<{ value: string }>('select value from chat_memory where instance = $1 and key = $2', [
      instance,
      memoryOf(tenant),
    ]);
    return found ? (JSON.parse(found.value) as Place) : { generation: 1 };
  }

  private async remember(instance: string, tenant: string, place: Place): Promise<void> {
    await this.database.query(
      'insert into chat_memory (instance, key, value) values ($1, $2, $3) on conflict (instance, key) do update set value = excluded.value',
      [instance, memoryOf(tenant), JSON.stringify(place)],
    );
  }
}

const memoryOf = (tenant: string): string => `canary:${tenant}`;

const specOf = (generation: number): RoomSpec => ({
  key: generation === 1 ? 'canary' : `canary:${generation}`,
  name: generation === 1 ? 'muster-canary' : `muster-canary-${generation}`,
  private: true,
  members: [],
});

function sentBy(attempt: Attempt<unknown>): Sent {
  if (attempt.outcome !== 'refused') return { t: attempt.outcome === 'done' ? 'sent' : 'unsure' };
  const { code, retryAfterMs, detail, native } = attempt.fault;
  if (code === 'rate-limited') return { t: 'limited', retryAfterMs: retryAfterMs ?? 0 };
  return IMPOSSIBLE.has(code) ? { t: 'impossible', why: detail ?? native ?? code } : { t: 'unsure' };
}

/** An adapter must end by the signal; one that does not is not waited for. */
const ended = (signal: AbortSignal): Promise<Sent> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve({ t: 'unsure' }), { once: true }));
