import assert from 'node:assert/strict';
import type { Content, Inline, RoomRef } from '@musterhq/chat-port';
import { envelopeOf, heard, messageOf, post, wordsOf } from '../acts.ts';
import type { Case, Stage } from '../case.ts';
import type { ObservedMessage } from '../harness.ts';
import { INJECTIONS, withPlainLineEnds } from '../injections.ts';
import { needs, stunt } from '../needs.ts';
import { reasonOf } from '../reason-of.ts';

const RUNS = 60;
const ADDRESSES = ['javascript:alert(1)', 'JaVaScRiPt:alert(1)', ' javascript:alert(1)', 'data:text/html,<script>1</script>', 'vbscript:x'];

/** Places other than a paragraph in which text stands. */
const PLACES: Readonly<Record<string, (v: string) => Content['blocks'][number]>> = {
  'bold and italic text': (v) => ({ t: 'p', c: [{ t: 'strong', c: [{ t: 'em', c: [{ t: 'text', v }] }] }] }),
  'inline code': (v) => ({ t: 'p', c: [{ t: 'code', v: oneLine(v) }] }),
  'a block of code': (v) => ({ t: 'pre', v }),
  'a quotation': (v) => ({ t: 'quote', c: [{ t: 'text', v }] }),
  'a heading': (v) => ({ t: 'h', level: 2, c: [{ t: 'text', v: oneLine(v) }] }),
  'a list': (v) => ({ t: 'list', ordered: false, items: [[{ t: 'p', c: [{ t: 'text', v }] }]] }),
  'a fact': (v) => ({ t: 'facts', rows: [{ label: 'Cause', c: [{ t: 'text', v: oneLine(v) }] }] }),
  'the label of a fact': (v) => ({ t: 'facts', rows: [{ label: oneLine(v), c: [{ t: 'text', v: 'value' }] }] }),
  'a table': (v) => ({ t: 'table', head: ['Cause'], rows: [[[{ t: 'text', v: oneLine(v) }]]] }),
};

/** These places hold one line; what a platform does with a second one is its own affair. */
const oneLine = (v: string): string => v.replace(/[\r\n\t]+/g, ' ').trim();

/** A label, an address or a name stands beside the words: all of it has to be one message. */
const BESIDE_CHARS = 60;

const fitting = ({ adapter }: Stage, room: RoomRef): string[] =>
  INJECTIONS.filter((words) => words.length + BESIDE_CHARS <= adapter.capabilities(room).limits.textChars);

let posts = 0;

async function said(stage: Stage, room: RoomRef, content: Content | string): Promise<ObservedMessage> {
  const { message } = await post(stage, room, `text-${(posts += 1)}`, content).catch((error: unknown) => {
    throw new Error(`It could not be said at all, which need not be for its words (CP8). ${reasonOf(error)}`);
  });
  const shown = (await stage.observed(room)).find((m) => m.id === message.id);
  return shown ?? assert.fail('The message was done, and is not in the room');
}

function assertHarmless({ pinged }: ObservedMessage, given: string): void {
  assert.deepEqual(pinged, [], `${JSON.stringify(given)} notified people, and is only text`);
}

async function assertShownAsGiven(stage: Stage, room: RoomRef, given: string): Promise<void> {
  const shown = await said(stage, room, given);
  assert.equal(withPlainLineEnds(shown.text), withPlainLineEnds(given), `${JSON.stringify(given)} is shown as other words`);
  assertHarmless(shown, given);
}

export const textIsData: readonly Case[] = [
  {
    id: 'cp8-injections',
    rule: 'CP8',
    title: 'strings that mean something elsewhere are shown as they are, and notify nobody',
    async run(stage) {
      const room = await stage.room();
      for (const given of fitting(stage, room)) await assertShownAsGiven(stage, room, given);
    },
  },
  {
    id: 'cp8-any-text',
    rule: 'CP8',
    title: 'any text is shown as it is, and notifies nobody',
    async run(stage) {
      const { default: fc } = await import('fast-check');
      const room = await stage.room();
      const odd = fc.constantFrom(
        ...Array.from('<>&@#!|*_~`[](){}\\/"\':;^\n\t '),
        '<!',
        '<@',
        '>',
        '```',
        '&lt;',
        'a',
        'é',
        '👍',
        '\u202E',
        '\u200B',
      );
      const words = fc.oneof(
        fc.string({ unit: odd, minLength: 1, maxLength: 40 }),
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
        fc.array(fc.constantFrom(...INJECTIONS), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('')),
      );
      const { textChars } = stage.adapter.capabilities(room).limits;
      const showable = words.filter(
        (text) => text.length <= textChars && !LONE_SURROGATE.test(text) && /\S/.test(text) && !HIDDEN.test(text),
      );
      const tried = await fc.check(
        fc.asyncProperty(showable, (given) => assertShownAsGiven(stage, room, given)),
        { numRuns: RUNS },
      );
      if (tried.failed) throw new Error(`${reasonOf(tried.errorInstance)}. The text was ${JSON.stringify(tried.counterexample?.[0])}`);
    },
  },
  ...Object.entries(PLACES).map(([place, block]): Case => ({
    id: `cp8-in-${place.replaceAll(' ', '-')}`,
    rule: 'CP8',
    title: `text in ${place} is data too`,
    async run(stage) {
      const room = await stage.room();
      for (const given of fitting(stage, room)) {
        const content: Content = { blocks: [block(given)], summary: 'Conformance' };
        const shown = await said(stage, room, content);

        const wanted = withPlainLineEnds(wordsOrLabel(content, given));
        assert.ok(withPlainLineEnds(shown.text).includes(wanted), `${JSON.stringify(given)} is shown as ${JSON.stringify(shown.text)}`);
        assertHarmless(shown, given);
      }
    },
  })),
  {
    id: 'cp8-label',
    rule: 'CP8',
    title: 'the words of a link are data too',
    async run(stage) {
      const room = await stage.room();
      for (const given of fitting(stage, room).map(oneLine)) {
        const shown = await said(stage, room, link('https://example.test/runbook', given));

        assertHarmless(shown, given);
        assert.deepEqual(
          shown.links.filter((href) => !href.startsWith('https://example.test/runbook')),
          [],
          `${JSON.stringify(given)} made a link of its own`,
        );
      }
    },
  },
  {
    id: 'cp8-addresses',
    rule: 'CP8',
    title: 'only addresses for browsers become links',
    async run(stage) {
      const room = await stage.room();
      for (const href of ADDRESSES) {
        const { links } = await said(stage, room, link(href, 'the runbook'));

        assert.deepEqual(
          links.filter((l) => !/^(https?|mailto|tel):/i.test(l)),
          [],
          `A click on ${href} would run it`,
        );
      }
    },
  },
  {
    id: 'cp8-author',
    rule: 'CP8',
    title: 'the name of whom we speak for, and the summary, notify nobody',
    async run(stage) {
      const room = await stage.room();
      for (const given of fitting(stage, room).map(oneLine)) {
        const blocks: Content['blocks'] = [{ t: 'p', c: [{ t: 'text', v: 'hello' }] }];

        assertHarmless(await said(stage, room, { blocks, summary: given, author: { name: given, via: 'war room' } }), given);
      }
    },
  },
  {
    id: 'cp8-mention',
    rule: 'CP8',
    title: 'a mention notifies, where that is declared in full',
    notFor: ({ capabilities: { features } }) =>
      features['mention.user'] === 'full' || features['mention.everyone'] === 'full' ? undefined : 'declares no mention in full',
    async run(stage) {
      const room = await stage.room();
      const { features } = stage.adapter.capabilities(room);
      const { author } = (await heard(stage, room, 'who looks at it?')).event.message;

      if (features['mention.user'] === 'full') {
        const { pinged } = await said(stage, room, mentioning(author));
        assert.deepEqual(pinged, [author.user], 'Somebody was called, and nobody comes');
      }
      if (features['mention.everyone'] === 'full') {
        const { pinged } = await said(stage, room, mentioning('everyone'));
        assert.deepEqual(pinged, ['everyone'], 'Everybody was called, and nobody comes');
      }
    },
  },
  {
    id: 'cp8-heard-mention',
    rule: 'CP8',
    title: 'a person’s mention of us is heard as one, and nothing else is',
    notFor: needs(stunt('mention')),
    async run(stage) {
      const room = await stage.room();

      const called = messageOf(await stage.inject({ do: 'say', room, text: 'can you look?', mentionsUs: true }));
      const plain = await heard(stage, room, 'we look at it ourselves');

      const { event } = await envelopeOf(stage, called);
      assert.ok(
        event.message.mentionsMe,
        'A person speaks to us, and we do not know it. The harness has to mention the bot in what is said with `mentionsUs`, or to say in `cannot` why it does not',
      );
      assert.equal(plain.event.message.mentionsMe, false, 'People speak to each other, and we take it for us');
    },
  },
  {
    id: 'cp8-heard',
    rule: 'CP8',
    title: 'what a person typed is heard as it was typed',
    async run(stage) {
      const room = await stage.room();
      for (const typed of fitting(stage, room)) {
        const { event } = await heard(stage, room, typed);
        assert.equal(withPlainLineEnds(wordsOf(event.message.content)), withPlainLineEnds(typed), 'The core was told other words');
      }
    },
  },
];

const LONE_SURROGATE = /\p{Surrogate}/u;

/** Control characters other than tab and line ends are not shown by anything, so the contract does not speak of them. */
const HIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/;

const link = (href: string, v: string): Content => ({
  blocks: [{ t: 'p', c: [{ t: 'link', href, c: [{ t: 'text', v }] }] }],
  summary: 'Conformance',
});

const mentioning = (who: Extract<Inline, { t: 'mention' }>['who']): Content => ({
  blocks: [
    {
      t: 'p',
      c: [
        { t: 'mention', who },
        { t: 'text', v: ' please look' },
      ],
    },
  ],
  summary: 'Conformance',
});

/** What the content says of the given string: as it is, or on one line where the place holds one. */
const wordsOrLabel = (content: Content, given: string): string =>
  JSON.stringify(content).includes(JSON.stringify(given)) ? given : oneLine(given);
