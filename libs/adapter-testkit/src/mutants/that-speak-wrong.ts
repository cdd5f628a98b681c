import { type Part, refused } from '@musterhq/chat-port';
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
    id: 'cp12-another-room-each-time',
    rule: 'CP12',
    wrong: 'makes another room each time it is asked',
    caught: 'cp12-twice',
    because: 'One key was given two rooms',
    breaks(adapter) {
      let asked = 0;
      const { rooms } = adapter;
      if (!rooms) return adapter;
      const create: typeof rooms.create = (spec, signal) => rooms.create({ ...spec, key: `${spec.key}-${(asked += 1)}` }, signal);
      return but(adapter, { rooms: but(rooms, { create }) });
    },
  },
];

/** A part's body with what was escaped in it, by the entities that most platforms use, as it was before. */
const unescaped = (body: unknown): unknown => JSON.parse(JSON.stringify(body).replaceAll('&lt;', '<').replaceAll('&gt;', '>'));

/** Each part but the last loses its last two code units to the part after it. */
function cutElsewhere(part: Part, before: Part | undefined, isLast: boolean): Part {
  const body = part.body as FakeBody;
  const moved = before ? (before.body as FakeBody).markup.slice(-2) : '';
  return { ...part, body: { ...body, markup: moved + (isLast ? body.markup : body.markup.slice(0, -2)) } };
}
