import { type Block, type ChatAdapter, type MessageRef, type Part, type RoomSpec, refused } from '@musterhq/chat-port';
import type { FakeBody } from '../fake/render.ts';
import { but, type Mutant, withMessages } from './mutant.ts';

/** Wrong about what goes out: messages, outcomes and rooms. */
export const MUTANTS_THAT_SPEAK_WRONG: readonly Mutant[] = [
  {
    id: 'cp3-guesses-absent',
    rule: 'CP3',
    wrong: 'takes not having looked for not being there',
    caught: 'cp3-cannot-tell-error-before',
    because: 'Nobody could look, so anything but cannot-tell is a guess',
    breaks: (adapter) =>
      withMessages(adapter, (own) => ({
        async reconcile(send, since, signal) {
          const found = await own.reconcile?.(send, since, signal);
          // The silent history is CP6's business: it is left as it is.
          return found === undefined || (found === 'cannot-tell' && !signal.aborted) ? 'absent' : found;
        },
      })),
  },
  {
    id: 'cp3-first-page-only',
    rule: 'CP3',
    wrong: 'looks for a lost message on the first page alone',
    caught: 'cp3-many-pages',
    because: 'on a page that was not read',
    breaks: (adapter) => lookingBy(adapter, { next: () => 'absent', unread: () => 'cannot-tell', gone: () => 'cannot-tell' }),
  },
  {
    id: 'cp3-takes-unread-for-empty',
    rule: 'CP3',
    wrong: 'takes a page that could not be read for one on which nothing stands',
    caught: 'cp3-unread-page',
    because: 'It may be on the page that nobody could read',
    breaks: (adapter) =>
      lookingBy(adapter, { next: () => 'read on', unread: (pages) => (pages > 0 ? 'absent' : 'cannot-tell'), gone: () => 'cannot-tell' }),
  },
  {
    id: 'cp3-forgets-it-forgot',
    rule: 'CP3',
    wrong: 'takes what the platform does not keep for what was never said',
    caught: 'cp3-forgotten',
    because: 'among what the platform does not have any more',
    breaks: (adapter) => lookingBy(adapter, { next: () => 'read on', unread: () => 'cannot-tell', gone: () => 'absent' }),
  },
  {
    id: 'cp3-refuses-the-unknown',
    rule: 'CP3',
    wrong: 'calls a lost answer a refusal',
    caught: 'cp3-unknown-reset-after',
    because: 'The message is there, so sending it again would say it twice',
    breaks: (adapter) =>
      withMessages(adapter, (own) => ({
        async send(send, signal) {
          const sent = await own.send(send, signal);
          return sent.outcome === 'unknown' && !signal.aborted ? refused(sent.fault) : sent;
        },
      })),
  },
  {
    id: 'cp4-edits-other-words',
    rule: 'CP4',
    wrong: 'says that it has edited, and leaves what stood there',
    caught: 'cp4-edit-shown',
    because: 'people read something else',
    breaks(adapter) {
      const said = new Map<string, Part>();
      return withMessages(adapter, (own) => ({
        async send(send, signal) {
          const sent = await own.send(send, signal);
          if (sent.outcome === 'done') said.set(placeOf(sent.value.message), send.part);
          return sent;
        },
        edit: (message, send, signal) =>
          own.edit?.(message, { ...send, part: said.get(placeOf(message)) ?? send.part }, signal) ??
          Promise.resolve(refused({ code: 'unsupported', scope: 'adapter' })),
      }));
    },
  },
  {
    id: 'cp4-removes-another',
    rule: 'CP4',
    wrong: 'takes away the first message of ours in the room, whichever was meant',
    caught: 'cp4-removed-shown',
    because: 'something else is in the room',
    breaks(adapter) {
      const first = new Map<string, MessageRef>();
      return withMessages(adapter, (own) => ({
        async send(send, signal) {
          const sent = await own.send(send, signal);
          if (sent.outcome === 'done' && !first.has(send.room.room)) first.set(send.room.room, sent.value.message);
          return sent;
        },
        remove: (message, signal) =>
          own.remove?.(first.get(message.room.room) ?? message, signal) ??
          Promise.resolve(refused({ code: 'unsupported', scope: 'adapter' })),
      }));
    },
  },
  {
    id: 'cp5-tries-again',
    rule: 'CP5',
    wrong: 'tries again by itself after a 429',
    caught: 'cp5-rate-limited',
    because: 'The platform said no, and nothing happened',
    breaks: (adapter) =>
      withMessages(adapter, (own) => ({
        async send(send, signal) {
          const sent = await own.send(send, signal);
          const limited = sent.outcome === 'refused' && sent.fault.code === 'rate-limited';
          return limited ? own.send(send, signal) : sent;
        },
      })),
  },
  {
    id: 'cp5-all-rooms-wait',
    rule: 'CP5',
    wrong: 'makes all rooms wait for a 429 in one',
    caught: 'cp5-other-room',
    because: 'Nothing was wrong, yet the send ended {"outcome":"refused"',
    breaks(adapter) {
      let paused = false;
      return withMessages(adapter, (own) => ({
        async send(send, signal) {
          if (paused) return refused({ code: 'rate-limited', scope: 'room' });
          const sent = await own.send(send, signal);
          paused = sent.outcome === 'refused' && sent.fault.code === 'rate-limited';
          return sent;
        },
      }));
    },
  },
  {
    id: 'cp5-one-at-a-time',
    rule: 'CP5',
    wrong: 'makes every call wait for the one before, whatever its room',
    caught: 'cp5-hanging-room',
    because: "One room waits for another's silence",
    breaks(adapter) {
      let last: Promise<unknown> = Promise.resolve();
      return withMessages(adapter, (own) => ({
        send(send, signal) {
          const mine = last.then(() => own.send(send, signal));
          last = mine.catch(() => undefined);
          return mine;
        },
      }));
    },
  },
  {
    id: 'cp5-edits-again',
    rule: 'CP5',
    wrong: 'changes a message again by itself when the connection was lost',
    caught: 'cp5-edit',
    because: 'The core decides about another attempt',
    breaks: (adapter) =>
      withMessages(adapter, (own) => ({
        async edit(message, send, signal) {
          const edited = await own.edit?.(message, send, signal);
          const again = edited?.outcome === 'unknown' && !signal.aborted;
          return (again ? own.edit?.(message, send, signal) : edited) ?? refused({ code: 'unsupported', scope: 'adapter' });
        },
      })),
  },
  {
    id: 'cp6-edits-for-ever',
    rule: 'CP6',
    wrong: 'waits for the answer to an edit for ever',
    caught: 'cp6-edit',
    because: 'for the call to end by its signal',
    breaks: (adapter) =>
      withMessages(adapter, (own) => ({
        edit: (message, send) =>
          own.edit?.(message, send, new AbortController().signal) ?? Promise.resolve(refused({ code: 'unsupported', scope: 'adapter' })),
      })),
  },
  {
    id: 'cp8-text-is-markup',
    rule: 'CP8',
    wrong: 'lets text be markup',
    caught: 'cp8-injections',
    because: 'is shown as other words',
    breaks: (adapter) =>
      withMessages(adapter, (own) => ({
        render(content, room) {
          const { parts, losses } = own.render(content, room);
          return { parts: parts.map((part) => ({ ...part, body: unescaped(part.body) })), losses };
        },
      })),
  },
  {
    id: 'cp8-calls-nobody',
    rule: 'CP8',
    wrong: 'writes down whom it mentions, and calls nobody',
    caught: 'cp8-mention',
    because: 'was called, and nobody comes',
    breaks: (adapter) =>
      withMessages(adapter, (own) => ({
        render: ({ blocks, ...content }, room) => own.render({ ...content, blocks: blocks.map(withoutMentions) }, room),
      })),
  },
  {
    id: 'cp9-untold-links',
    rule: 'CP9',
    wrong: 'drops where a link led to, and does not say so',
    caught: 'cp9-losses-link',
    because: 'Where the link led to is lost',
    breaks: (adapter) =>
      withMessages(adapter, (own) => ({
        render(content, room) {
          const { parts, losses } = own.render(content, room);
          return { parts, losses: JSON.stringify(content).includes('javascript:') ? [] : losses };
        },
      })),
  },
  {
    id: 'cp10-forgets-the-rest',
    rule: 'CP10',
    wrong: 'says the first part and forgets the rest',
    caught: 'cp10-above-the-limit',
    because: 'It was longer than one message may be',
    breaks: (adapter) =>
      withMessages(adapter, (own) => ({
        render(content, room) {
          const { parts, losses } = own.render(content, room);
          return { parts: parts.slice(0, 1), losses };
        },
      })),
  },
  {
    id: 'cp10-cuts-anywhere',
    rule: 'CP10',
    wrong: 'cuts where the counting ends, whatever stands there',
    caught: 'cp10-graphemes',
    because: 'A family was torn apart between two messages',
    isOfTheFake: true,
    breaks: (adapter) =>
      withMessages(adapter, (own) => ({
        render(content, room) {
          const { parts, losses } = own.render(content, room);
          return { parts: parts.map((part, n) => cutElsewhere(part, parts[n - 1], n === parts.length - 1)), losses };
        },
      })),
  },
  {
    id: 'cp11-blames-the-message',
    rule: 'CP11',
    wrong: 'blames every failure on the message',
    caught: 'cp11-archived',
    because: 'The core would go on trying with a room that is closed',
    breaks: (adapter) =>
      withMessages(adapter, (own) => ({
        async send(send, signal) {
          const sent = await own.send(send, signal);
          return sent.outcome === 'done' ? sent : { ...sent, fault: { ...sent.fault, scope: 'message' } };
        },
      })),
  },
  {
    id: 'cp14-tells-its-secret',
    rule: 'CP14',
    wrong: 'says with what secret it was refused',
    caught: 'cp14-secrets',
    because: 'A secret stands where people and logs show it',
    isOfTheFake: true,
    breaks: (adapter) =>
      withMessages(adapter, (own) => ({
        async send(send, signal) {
          const sent = await own.send(send, signal);
          return sent.outcome === 'done' ? sent : { ...sent, fault: { ...sent.fault, detail: `refused with ${SECRET_OF_THE_FAKE}` } };
        },
      })),
  },
  {
    id: 'cp12-another-room-each-time',
    rule: 'CP12',
    wrong: 'makes another room each time it is asked',
    caught: 'cp12-twice',
    because: 'One key was given two rooms',
    breaks(adapter) {
      let asked = 0;
      return creating(adapter, (spec) => ({ ...spec, key: `${spec.key}-${(asked += 1)}` }));
    },
  },
  {
    id: 'cp12-takes-a-key-for-another',
    rule: 'CP12',
    wrong: 'takes a room whose key begins with the one it looks for',
    caught: 'cp12-keys-alike',
    because: 'An incident would be told in the room of another',
    breaks(adapter) {
      const known: string[] = [];
      return creating(adapter, (spec) => {
        const key = known.find((one) => one.startsWith(spec.key)) ?? spec.key;
        known.push(key);
        return { ...spec, key };
      });
    },
  },
  {
    id: 'cp12-open-to-all',
    rule: 'CP12',
    wrong: 'makes rooms that everybody may enter, whatever was asked for',
    caught: 'cp12-as-asked',
    because: 'What is for a few would be read by everybody',
    breaks: (adapter) => creating(adapter, (spec) => ({ ...spec, private: false })),
  },
  {
    id: 'cp12-brings-nobody',
    rule: 'CP12',
    wrong: 'makes rooms, and brings nobody in',
    caught: 'cp12-as-asked',
    because: 'Whoever was to be in the room is not',
    breaks: (adapter) => creating(adapter, (spec) => ({ ...spec, members: [] })),
  },
];

const placeOf = ({ room, id }: MessageRef): string => `${room.room}:${id}`;

const creating = (adapter: ChatAdapter, change: (spec: RoomSpec) => RoomSpec): ChatAdapter => {
  const { rooms } = adapter;
  return rooms ? but(adapter, { rooms: but(rooms, { create: (spec, signal) => rooms.create(change(spec), signal) }) }) : adapter;
};

/** What every harness of the fake has for a secret. */
const SECRET_OF_THE_FAKE = 'open sesame';

/** A part's body with what was escaped in it, by the entities that most platforms use, as it was before. */
const unescaped = (body: unknown): unknown => JSON.parse(JSON.stringify(body).replaceAll('&lt;', '<').replaceAll('&gt;', '>'));

/** What to make of having read one page and of there being more, of a page that could not be read, and of what is not kept. */
interface Looking {
  next(): 'read on' | 'absent';
  unread(pagesRead: number): 'absent' | 'cannot-tell';
  gone(): 'absent' | 'cannot-tell';
}

/** Looks for a lost message in the adapter's own history. */
function lookingBy(adapter: ChatAdapter, { next, unread, gone }: Looking): ChatAdapter {
  const { history } = adapter;
  if (!history) return adapter;
  return withMessages(adapter, () => ({
    async reconcile({ key, room, thread }, since, signal) {
      const after = since - 60_000;
      let cursor: string | undefined;
      for (let pages = 0; ; pages += 1) {
        const query = { room, after, limit: 100, ...(thread !== undefined && { thread }), ...(cursor !== undefined && { cursor }) };
        const read = await history.page(query, signal);
        if (read.outcome !== 'done') return unread(pages);
        for (const { event } of read.value.envelopes)
          if (event.type === 'message.created' && event.message.key === key)
            return { found: { message: event.message.ref, at: event.message.at } };
        if ((read.value.keptFrom ?? -Infinity) > after) return gone();
        if (read.value.complete || next() !== 'read on') return 'absent';
        cursor = read.value.cursor;
      }
    },
  }));
}

const withoutMentions = (block: Block): Block =>
  block.t === 'p' ? { ...block, c: block.c.map((inline) => (inline.t === 'mention' ? { t: 'text', v: 'somebody' } : inline)) } : block;

/** Each part but the last loses its last two code units to the part after it. */
function cutElsewhere(part: Part, before: Part | undefined, isLast: boolean): Part {
  const body = part.body as FakeBody;
  const moved = before ? (before.body as FakeBody).markup.slice(-2) : '';
  return { ...part, body: { ...body, markup: moved + (isLast ? body.markup : body.markup.slice(0, -2)) } };
}
