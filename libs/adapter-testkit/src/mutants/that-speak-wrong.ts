import { type Part, refused } from '@musterhq/chat-port';
import type { FakeBody } from '../fake/render.ts';
import type { Mutant } from './mutant.ts';

/** Wrong about what goes out: messages, outcomes and rooms. */
export const MUTANTS_THAT_SPEAK_WRONG: readonly Mutant[] = [
  {
    rule: 'CP3',
    wrong: 'takes not having looked for not being there',
    caught: 'cp3-cannot-tell-error-before',
    breaks: (adapter) => ({
      ...adapter,
      messages: {
        ...adapter.messages,
        async reconcile(send, since, signal) {
          const found = await adapter.messages.reconcile?.(send, since, signal);
          // The silent history is CP6's business: it is left as it is.
          return found === undefined || (found === 'cannot-tell' && !signal.aborted) ? 'absent' : found;
        },
      },
    }),
  },
  {
    rule: 'CP3',
    wrong: 'calls a lost answer a refusal',
    caught: 'cp3-unknown-reset-after',
    breaks: (adapter) => ({
      ...adapter,
      messages: {
        ...adapter.messages,
        async send(send, signal) {
          const sent = await adapter.messages.send(send, signal);
          return sent.outcome === 'unknown' && !signal.aborted ? refused(sent.fault) : sent;
        },
      },
    }),
  },
  {
    rule: 'CP5',
    wrong: 'tries again by itself after a 429',
    caught: 'cp5-rate-limited',
    breaks: (adapter) => ({
      ...adapter,
      messages: {
        ...adapter.messages,
        async send(send, signal) {
          const sent = await adapter.messages.send(send, signal);
          const limited = sent.outcome === 'refused' && sent.fault.code === 'rate-limited';
          return limited ? adapter.messages.send(send, signal) : sent;
        },
      },
    }),
  },
  {
    rule: 'CP5',
    wrong: 'makes all rooms wait for a 429 in one',
    caught: 'cp5-other-room',
    breaks(adapter) {
      let paused = false;
      return {
        ...adapter,
        messages: {
          ...adapter.messages,
          async send(send, signal) {
            if (paused) return refused({ code: 'rate-limited', scope: 'room' });
            const sent = await adapter.messages.send(send, signal);
            paused = sent.outcome === 'refused' && sent.fault.code === 'rate-limited';
            return sent;
          },
        },
      };
    },
  },
  {
    rule: 'CP6',
    wrong: 'waits for the answer to an edit for ever',
    caught: 'cp6-edit',
    breaks: (adapter) => ({
      ...adapter,
      messages: {
        ...adapter.messages,
        edit: (message, send) =>
          adapter.messages.edit?.(message, send, new AbortController().signal) ??
          Promise.resolve(refused({ code: 'unsupported', scope: 'adapter' })),
      },
    }),
  },
  {
    rule: 'CP8',
    wrong: 'lets text be markup',
    caught: 'cp8-injections',
    breaks: (adapter) => ({
      ...adapter,
      messages: {
        ...adapter.messages,
        render(content, room) {
          const { parts, losses } = adapter.messages.render(content, room);
          return { parts: parts.map((part) => ({ ...part, body: unescaped(part.body as FakeBody) })), losses };
        },
      },
    }),
  },
  {
    rule: 'CP10',
    wrong: 'says the first part and forgets the rest',
    caught: 'cp10-above-the-limit',
    breaks: (adapter) => ({
      ...adapter,
      messages: {
        ...adapter.messages,
        render(content, room) {
          const { parts, losses } = adapter.messages.render(content, room);
          return { parts: parts.slice(0, 1), losses };
        },
      },
    }),
  },
  {
    rule: 'CP10',
    wrong: 'cuts where the counting ends, whatever stands there',
    caught: 'cp10-graphemes',
    breaks: (adapter) => ({
      ...adapter,
      messages: {
        ...adapter.messages,
        render(content, room) {
          const { parts, losses } = adapter.messages.render(content, room);
          return { parts: parts.map((part, n) => cutElsewhere(part, parts[n - 1], n === parts.length - 1)), losses };
        },
      },
    }),
  },
  {
    rule: 'CP11',
    wrong: 'blames every failure on the message',
    caught: 'cp11-archived',
    breaks: (adapter) => ({
      ...adapter,
      messages: {
        ...adapter.messages,
        async send(send, signal) {
          const sent = await adapter.messages.send(send, signal);
          return sent.outcome === 'done' ? sent : { ...sent, fault: { ...sent.fault, scope: 'message' } };
        },
      },
    }),
  },
  {
    rule: 'CP12',
    wrong: 'makes another room each time it is asked',
    caught: 'cp12-twice',
    breaks(adapter) {
      let asked = 0;
      const { rooms } = adapter;
      return {
        ...adapter,
        ...(rooms && {
          rooms: { ...rooms, create: (spec, signal) => rooms.create({ ...spec, key: `${spec.key}-${(asked += 1)}` }, signal) },
        }),
      };
    },
  },
];

const unescaped = (body: FakeBody): FakeBody => ({ ...body, markup: body.markup.replaceAll('&lt;', '<').replaceAll('&gt;', '>') });

/** Each part but the last loses its last two code units to the part after it. */
function cutElsewhere(part: Part, before: Part | undefined, isLast: boolean): Part {
  const body = part.body as FakeBody;
  const moved = before ? (before.body as FakeBody).markup.slice(-2) : '';
  return { ...part, body: { ...body, markup: moved + (isLast ? body.markup : body.markup.slice(0, -2)) } };
}
