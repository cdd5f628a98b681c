import assert from 'node:assert/strict';
import type { InMessage } from '@musterhq/chat-port';
import { envelopeOf, messageOf } from '../acts.ts';
import type { Case, Stage } from '../case.ts';
import type { RareAct } from '../harness.ts';
import { needs, rare } from '../needs.ts';

const WORDS = 'severity is 2 & rising';

type Speaking = Extract<RareAct, { do: 'speak-to-us' | 'speak-of-us' | 'speak-alone' }>;

interface Heard {
  readonly message: InMessage;
  /** What Muster is asked to do: where calling it by its name is its command, that command's text. */
  readonly asked: readonly string[];
}

async function speak(stage: Stage, act: Speaking): Promise<Heard> {
  const { message } = (await envelopeOf(stage, messageOf(await stage.inject(act)))).event;
  const commands = stage.inlet.admitted.flatMap(({ event }) => (event.type === 'command' ? [event.text] : []));
  return { message, asked: [...(message.toMe ? [message.toMe.text] : []), ...commands] };
}

/** What is said to Muster by its name, and to nobody else. */
export const saidToUs: readonly Case[] = [
  {
    id: 'cp8-said-to-us',
    rule: 'CP8',
    title: 'what is said to us by our name is heard as said to us, once, without the name',
    notFor: needs(rare('speak-to-us')),
    async run(stage) {
      const { message, asked } = await speak(stage, { do: 'speak-to-us', room: await stage.room(), text: WORDS });

      assert.deepEqual(asked, [WORDS], 'Muster would be asked for something else, or not at all, or twice');
      assert.ok(message.mentionsMe, 'It has our name in it');
      assert.notEqual(message.toMe?.alone, true, 'Others read it too, and Muster would answer as if they did not');
    },
  },
  {
    id: 'cp8-said-of-us',
    rule: 'CP8',
    title: 'what is said of us to others is no word to us',
    notFor: needs(rare('speak-of-us')),
    async run(stage) {
      const { message, asked } = await speak(stage, { do: 'speak-of-us', room: await stage.room(), text: WORDS });

      assert.ok(message.mentionsMe, 'It has our name in it');
      assert.deepEqual(asked, [], 'People speak of Muster, and it would do what it takes that for');
    },
  },
  {
    id: 'cp8-said-alone',
    rule: 'CP8',
    title: 'what is said where nobody else reads it is said to us, and that nobody else does is told',
    notFor: needs(rare('speak-alone')),
    async run(stage) {
      const { message, asked } = await speak(stage, { do: 'speak-alone', text: WORDS });

      assert.deepEqual(asked, [WORDS], 'There is nobody else there to whom it could be said');
      assert.ok(message.toMe?.alone ?? true, 'Muster would not know that it answers one person alone');
    },
  },
];
