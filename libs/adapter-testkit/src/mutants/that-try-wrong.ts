import { refused } from '@musterhq/chat-port';
import { type Mutant, withMessages } from './mutant.ts';

/** Wrong about what an attempt is, and what it says when it ends. */
export const MUTANTS_THAT_TRY_WRONG: readonly Mutant[] = [
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
];

/** What every harness of the fake has for a secret. */
const SECRET_OF_THE_FAKE = 'open sesame';
