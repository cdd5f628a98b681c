import type { ChatAdapter } from '@musterhq/chat-port';
import { map } from 'rxjs';
import { startFake } from '../fake/fake-harness.ts';
import type { Harness, Stunt } from '../harness.ts';
import { but } from '../mutants/mutant.ts';
import { planted } from '../mutants/planted.ts';
import type { Start } from '../run-case.ts';
import type { Suite } from '../suite.ts';
import { command } from './command.ts';

/** What it says of this suite. */
async function kit(suite: Partial<Suite>, ...args: string[]): Promise<{ code: number; said: string }> {
  const said: string[] = [];
  const code = await command(['mine', ...args], {
    call: 'kit FILE',
    choice: 'FILE is a module.',
    suitesOf: async () => [{ name: 'mine', start: startFake, ...suite }],
    from: '.',
    say: (line) => void said.push(line),
  });
  return { code, said: said.join('\n') };
}

const harnessWith =
  (change: (harness: Harness) => Partial<Harness>): Start =>
  async (kitOf) => {
    const harness = await startFake(kitOf);
    return { ...harness, ...change(harness) };
  };

const adapterWith = (breaks: (adapter: ChatAdapter) => ChatAdapter): Start => planted(startFake, { breaks });

describe('Trying an adapter from a terminal', () => {
  it('says how it is called, and what each option does', async () => {
    const { code, said } = await kit({}, '--help');

    expect(said).toMatch(/^kit FILE \[--rule CP3\]/);
    for (const option of ['--rule', '--mutants', '--mutant', '--json', '--help']) expect(said).toContain(`  ${option} `);
    expect(code).toBe(0);
  });

  it('ends with the sum', async () => {
    const { said } = await kit({}, '--rule', 'CP12');

    expect(said.split('\n').at(-1)).toBe('mine: 7 passed, 0 failed, 1 not applicable');
  });

  it('shows the id of each mistake, by which one is planted or left out', async () => {
    const { said } = await kit({ immune: { 'cp12-another-room-each-time': 'there is one room' } }, '--mutants', '--rule', 'CP12');

    expect(said).toMatch(/notices an adapter that .* \(cp12-another-room-each-time\)\n +there is one room$/m);
  });

  it('does not take a mistyped id in immune for one that leaves something out', async () => {
    const { code, said } = await kit({ immune: { 'cp4-slow-link': 'one after the other' } }, '--rule', 'CP12');

    expect(said).toMatch(/^mine is immune to mistakes that there are not: cp4-slow-link\. There are: .*cp4-slow-links/);
    expect(code).toBe(2);
  });

  it('does not take a mistyped name in cannot for one that leaves something out', async () => {
    const cannot = { ['bott' as Stunt]: 'there are no bots' };

    const { code, said } = await kit({ start: harnessWith(() => ({ cannot })) }, '--rule', 'CP12');

    expect(said).toMatch(/^The harness says in `cannot` what no case asks for: bott\. There are: .*bot, /);
    expect(code).toBe(2);
  });

  it('says first that something fails also without the mistake that is planted', async () => {
    const deaf = harnessWith(() => ({ inject: () => Promise.resolve({ deliveries: [] }) }));

    const { said } = await kit({ start: deaf }, '--mutant', 'CP4', '--rule', 'CP4');

    expect(said).toMatch(/^mine fails also without a mistake in it: CP4\. Run it without --mutant and repair that first/);
  }, 60_000);

  it('says nothing of that when only the mistake fails', async () => {
    const { said } = await kit({}, '--mutant', 'CP12', '--rule', 'CP12');

    expect(said).not.toContain('also without');
    expect(said.split('\n').at(-1)).toMatch(/^Planted cp12-another-room-each-time: .* The kit noticed: CP12\.$/);
  });
});

describe('Telling a harness that is wrong from an adapter that is', () => {
  it('shows why a text could not be said, and does not blame its words', async () => {
    const fault = { code: 'rate-limited', scope: 'room' } as const;
    const start = adapterWith((adapter) =>
      but(adapter, { messages: but(adapter.messages, { send: async () => ({ outcome: 'refused', fault }) }) }),
    );

    const { said } = await kit({ start }, '--rule', 'CP8');

    expect(said).toMatch(
      /any text is shown as it is.*\n +It could not be said at all, .*"rate-limited".* A simulator does not keep to its rates/,
    );
  }, 30_000);

  it('names requests that are not counted', async () => {
    const { said } = await kit({ start: harnessWith(() => ({ requests: () => 0 })) }, '--rule', 'CP5');

    expect(said).toContain("The harness, not the adapter: a message was sent and is there, and `requests('send')` did not count it.");
  }, 60_000);

  it('names a fault that does nothing', async () => {
    const { said } = await kit({ start: harnessWith(() => ({ fault: () => undefined })) }, '--rule', 'CP11');

    expect(said).toContain("The harness, not the adapter: `fault('send', 'error-before')` did nothing");
  }, 60_000);

  it.each(['cp5-tries-again', 'cp3-refuses-the-unknown'])(
    'blames no harness for %s',
    async (mutant) => {
      const { code, said } = await kit({}, '--mutant', mutant, '--rule', mutant.slice(0, 3));

      expect(said).not.toContain('The harness, not the adapter');
      expect(code).toBe(1);
    },
    60_000,
  );
});

describe('An adapter that keeps the contract and is of little use', () => {
  it('is told that Muster would say nothing in its chat', async () => {
    const start = adapterWith((adapter) =>
      but(adapter, { health$: adapter.health$.pipe(map(({ tenant: _tenant, ...health }) => health)) }),
    );

    const { code, said } = await kit({ start }, '--rule', 'CP12');

    expect(said).toContain('Warning: No value of health$ names a tenant.');
    expect(code).toBe(0);
  });

  it('is told that incidents have no room there', async () => {
    const start = adapterWith((adapter) => {
      const { rooms: _rooms, ...others } = adapter;
      return others;
    });

    expect((await kit({ start }, '--rule', 'CP14')).said).toContain('Warning: It makes no rooms (rooms.create).');
  });

  it('is told nothing when it is of use', async () => {
    expect((await kit({}, '--rule', 'CP12')).said).not.toContain('Warning');
  });
});
