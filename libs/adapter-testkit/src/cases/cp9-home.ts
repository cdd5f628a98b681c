import assert from 'node:assert/strict';
import type { UserRef } from '@musterhq/chat-port';
import { soon, text } from '../acts.ts';
import type { Case, Stage } from '../case.ts';
import { extra, feature, needs, stunt } from '../needs.ts';

const SOMEBODY = 'nora';

const notFor = needs(feature('home'), stunt('open-home'), extra('homeOf'));

async function opened(stage: Stage): Promise<UserRef> {
  const { deliveries } = await stage.inject({ do: 'open-home', by: SOMEBODY });
  const { event } = await stage.inlet.until((e) => e.event.type === 'home.opened', 'that somebody opened their page with us');
  assert.equal(deliveries[0]?.acknowledged, true, 'The platform would tell it again');
  assert.ok(event.type === 'home.opened');
  return event.user;
}

async function publish(stage: Stage, user: UserRef, words: string): Promise<void> {
  const published = await stage.adapter.home?.publish(user, text(words), soon());
  assert.equal(published?.outcome, 'done', 'The page was not put there');
}

/** The page that each person has with us. */
export const home: readonly Case[] = [
  {
    id: 'cp9-home-opened',
    rule: 'CP9',
    title: 'that somebody opens their page is heard, and what is published then is what they read',
    notFor,
    async run(stage) {
      const user = await opened(stage);

      await publish(stage, user, 'Checkout <!channel> is *failing*');

      assert.ok((await stage.homeOf?.(user))?.includes('Checkout <!channel> is *failing*'), 'They do not read what was published');
    },
  },
  {
    id: 'cp9-home-replaced',
    rule: 'CP9',
    title: 'a page that is published again replaces the one before, and is nobody else’s',
    notFor,
    async run(stage) {
      const user = await opened(stage);
      await publish(stage, user, 'One incident goes on');

      await publish(stage, user, 'Nothing goes on');

      const read = (await stage.homeOf?.(user)) ?? '';
      assert.ok(read.includes('Nothing goes on'), 'They read an old page');
      assert.ok(!read.includes('One incident goes on'), 'The old page still stands there');
      assert.equal(await stage.homeOf?.({ ...user, user: `${user.user}-another` }), null, 'Somebody else reads it too');
    },
  },
];
