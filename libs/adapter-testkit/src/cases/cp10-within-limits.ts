import assert from 'node:assert/strict';
import type { Part } from '@musterhq/chat-port';
import { attempt, text } from '../acts.ts';
import type { Case, Stage } from '../case.ts';

/** Renders and sends all parts, as the core does: one after the other. What people then see, in order. */
async function sayAll(stage: Stage, words: string): Promise<string[]> {
  const room = await stage.room();
  const { parts } = stage.adapter.messages.render(text(words), room);
  for (const [n, part] of parts.entries()) {
    const sent = await attempt(stage, { key: `limit-${n}`, room, part });
    assert.equal(sent.outcome, 'done', `Part ${n + 1} of ${parts.length} is within its limits, yet it ended ${JSON.stringify(sent)}`);
  }
  return (await stage.observed(room)).filter((m) => m.author === 'us').map((m) => m.text);
}

const partsOf = async ({ adapter, room }: Stage, words: string): Promise<Part[]> =>
  adapter.messages.render(text(words), await room()).parts;

/** A marker every so often, so that anything lost, doubled or out of place can be seen. */
const counted = (chars: number): string => {
  let words = '';
  for (let n = 0; words.length < chars; n += 1) words += `${n} `;
  return `${words.slice(0, chars - 1)}.`;
};

const limitOf = ({ adapter }: Stage): number => adapter.capabilities().limits.textChars;
/** Where a message is cut into blocks or parts, a line may end. */
const plainly = (words: string): string => words.replace(/\s+/g, '');

export const withinLimits: readonly Case[] = [
  {
    id: 'cp10-at-the-limit',
    rule: 'CP10',
    title: 'text as long as the limit is said in full',
    async run(stage) {
      const words = counted(limitOf(stage));

      assert.equal(plainly((await sayAll(stage, words)).join('')), plainly(words));
    },
  },
  {
    id: 'cp10-above-the-limit',
    rule: 'CP10',
    title: 'longer text is said in parts, in order, and nothing of it is missing',
    async run(stage) {
      const words = counted(limitOf(stage) * 2 + 1);

      const shown = await sayAll(stage, words);

      assert.ok(shown.length > 1, 'It was longer than one message may be');
      assert.equal(plainly(shown.join('')), plainly(words));
    },
  },
  {
    id: 'cp10-as-sent',
    rule: 'CP10',
    title: 'text that the platform’s markup makes longer is said in full, too',
    async run(stage) {
      const words = '<&>'.repeat(Math.floor(limitOf(stage) / 3));

      assert.equal(plainly((await sayAll(stage, words)).join('')), words);
    },
  },
  {
    id: 'cp10-declared',
    rule: 'CP10',
    title: 'no part is longer than the limit that is declared',
    async run(stage) {
      const limit = limitOf(stage);
      for (const part of await partsOf(stage, counted(limit * 3))) {
        assert.ok(part.chars <= limit, `A part has ${part.chars} characters, and ${limit} are declared`);
      }
    },
  },
  {
    id: 'cp10-graphemes',
    rule: 'CP10',
    title: 'nothing is cut inside a grapheme',
    async run(stage) {
      const family = '👩‍👩‍👧‍👦';

      const shown = await sayAll(stage, family.repeat(Math.ceil((limitOf(stage) + 1) / family.length)));

      assert.ok(shown.length > 1, 'It was longer than one message may be');
      for (const part of shown) assert.equal(plainly(part).replaceAll(family, ''), '', 'A family was torn apart between two messages');
    },
  },
];
