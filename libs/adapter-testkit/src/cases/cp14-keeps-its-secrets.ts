import assert from 'node:assert/strict';
import { attempt, heard, sendOf } from '../acts.ts';
import type { Case } from '../case.ts';
import type { FaultKind } from '../harness.ts';

/** The last one may leave an adapter that says no more. */
const FAILURES: readonly FaultKind[] = ['error-before', 'reset-before', 'garbage', 'rate-limited', 'unauthorized'];
/** Shorter ones may be words that anybody says. */
const SECRET_CHARS = 6;

export const keepsItsSecrets: readonly Case[] = [
  {
    id: 'cp14-secrets',
    rule: 'CP14',
    title: 'no secret is told in a fault, in its health or in an event',
    async run(stage) {
      const told: unknown[] = [];
      const watching = stage.adapter.health$.subscribe((health) => told.push(health));
      const room = await stage.room();
      told.push(await heard(stage, room, 'hello'));

      for (const kind of FAILURES) {
        stage.fault('send', kind, 1, { room });
        told.push(await attempt(stage, sendOf(stage, room, 'a-key', 'hello')));
      }
      watching.unsubscribe();

      const all = JSON.stringify(told);
      const isTold = stage.secrets.some((secret) => secret.length >= SECRET_CHARS && all.includes(JSON.stringify(secret).slice(1, -1)));
      // The secret itself is not shown here either.
      assert.ok(!isTold, 'A secret stands where people and logs show it');
    },
  },
];
