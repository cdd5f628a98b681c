import type { Block, Part } from '@musterhq/chat-port';
import type { FakeBody } from '../fake/render.ts';
import { type Mutant, withMessages } from './mutant.ts';

/** Wrong about what people read. */
export const MUTANTS_THAT_WORD_WRONG: readonly Mutant[] = [
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
    id: 'cp10-counts-what-is-shown',
    rule: 'CP10',
    wrong: 'counts what people will see, where the platform counts what it is sent',
    caught: 'cp10-as-sent',
    because: 'is within its limits, yet it ended',
    isOfTheFake: true,
    breaks: (adapter) =>
      withMessages(adapter, (own) => ({
        render(content, room) {
          const { parts, losses } = own.render(content, room);
          return { parts: mergedAsShown(parts, adapter.capabilities(room).limits.textChars), losses };
        },
      })),
  },
];

/** A part's body with what was escaped in it, by the entities that most platforms use, as it was before. */
const unescaped = (body: unknown): unknown => JSON.parse(JSON.stringify(body).replaceAll('&lt;', '<').replaceAll('&gt;', '>'));

const withoutMentions = (block: Block): Block =>
  block.t === 'p' ? { ...block, c: block.c.map((inline) => (inline.t === 'mention' ? { t: 'text', v: 'somebody' } : inline)) } : block;

/** Each part but the last loses its last two code units to the part after it. */
function cutElsewhere(part: Part, before: Part | undefined, isLast: boolean): Part {
  const body = part.body as FakeBody;
  const moved = before ? (before.body as FakeBody).markup.slice(-2) : '';
  return { ...part, body: { ...body, markup: moved + (isLast ? body.markup : body.markup.slice(0, -2)) } };
}

/** As few parts as there are where only what is shown is counted. */
function mergedAsShown(parts: readonly Part[], most: number): Part[] {
  const merged: Part[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (!last || last.chars + part.chars > most) merged.push(part);
    else merged[merged.length - 1] = joined(last, part);
  }
  return merged;
}

const joined = (one: Part, other: Part): Part => {
  const [body, rest] = [one.body as FakeBody, other.body as FakeBody];
  return { body: { ...body, markup: body.markup + rest.markup }, chars: one.chars + other.chars, bytes: one.bytes + other.bytes };
};
