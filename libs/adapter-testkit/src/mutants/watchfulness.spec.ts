import { startFake } from '../fake/fake-harness.ts';
import type { Kit } from '../harness.ts';
import type { Mutant } from './mutant.ts';
import { MUTANTS } from './mutants.ts';
import { watchfulnessOf } from './watchfulness.ts';

const mutant = (id: string): Mutant => MUTANTS.find((one) => one.id === id) as Mutant;
const lanes = mutant('cp4-own-lanes');
const suite = { name: 'fake', start: startFake };

describe('Looking whether mistakes would be noticed', () => {
  it('finds each that is', async () => {
    const { passed, failed } = await watchfulnessOf(suite, [lanes, mutant('cp15-tells-nobody')]);

    expect({ passed, failed }).toEqual({ passed: 2, failed: 0 });
  });

  it('finds one that is not', async () => {
    const { findings } = await watchfulnessOf(suite, [{ ...lanes, breaks: (adapter) => adapter }]);

    expect(findings).toMatchObject([{ id: 'cp4-own-lanes', outcome: 'failed', reason: expect.stringContaining('passed all the same') }]);
  });

  it('does not take another mistake for the one that was planted', async () => {
    const { findings } = await watchfulnessOf(suite, [{ ...lanes, because: 'of something else' }]);

    expect(findings).toMatchObject([{ outcome: 'failed', reason: expect.stringContaining('another mistake was noticed') }]);
  });

  it('leaves out what is made with a transport by which no events come', async () => {
    const byWebhook = { name: 'fake', start: (kit: Kit) => startFake(kit, { transports: ['webhook'] }) };

    const { findings } = await watchfulnessOf(byWebhook, [mutant('cp4-slow-links')]);

    expect(findings).toMatchObject([{ outcome: 'not applicable', reason: 'events come by webhook, and it is made with a socket' }]);
  });

  it('leaves out what nobody can make on this chat, with the reason', async () => {
    const { findings } = await watchfulnessOf({ ...suite, immune: { 'cp4-own-lanes': 'there is one lane' } }, [lanes]);

    expect(findings).toMatchObject([{ outcome: 'not applicable', reason: 'there is one lane' }]);
  });
});
