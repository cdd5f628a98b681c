import assert from 'node:assert/strict';
import type { Fault } from '@musterhq/chat-port';
import { attempt, post, sendOf } from '../acts.ts';
import type { Case, Stage } from '../case.ts';
import { needs, stunt } from '../needs.ts';

async function refusal(stage: Stage, ...send: Parameters<typeof sendOf> extends [Stage, ...infer Rest] ? Rest : never): Promise<Fault> {
  const sent = await attempt(stage, sendOf(stage, ...send));
  assert.equal(sent.outcome, 'refused', `The platform said no, yet it ended ${JSON.stringify(sent)}`);
  return (sent as Extract<typeof sent, { outcome: 'refused' }>).fault;
}

export const errorsDecide: readonly Case[] = [
  {
    id: 'cp11-revoked',
    rule: 'CP11',
    title: 'a revoked token stops the tenant, and says what to do',
    async run(stage) {
      const room = await stage.room();
      stage.fault('send', 'unauthorized', 1, { room });

      const { code, scope, remedy } = await refusal(stage, room, 'a-key', 'let me in');

      assert.deepEqual({ code, scope }, { code: 'auth', scope: 'tenant' }, 'The core would go on trying with a token that is no good');
      assert.ok(remedy === 'reauthorize' || remedy === 'reinstall', 'An operator has to be told what to do');
    },
  },
  {
    id: 'cp11-archived',
    rule: 'CP11',
    title: 'an archived room stops the room, and no other',
    notFor: needs(stunt('archive')),
    async run(stage) {
      const [archived, other] = [await stage.room('archived'), await stage.room('other')];
      await stage.inject({ do: 'archive', room: archived });

      const { code, scope } = await refusal(stage, archived, 'a-key', 'anybody here?');

      assert.deepEqual({ code, scope }, { code: 'closed', scope: 'room' }, 'The core would go on trying with a room that is closed');
      await post(stage, other, 'another-key', 'here');
    },
  },
];
