import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MUTANTS } from '@musterhq/adapter-testkit';

const COMMAND = fileURLToPath(new URL('../../../scripts/kit.mjs', import.meta.url));

function kit(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...args], { encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

describe('Trying an adapter with npm run kit', () => {
  it('shows each case with its rule and ends well when all that applies is kept', () => {
    const { status, output } = kit('fake');

    expect(output).toMatch(/^CP3 +passed +is not said twice when the first answer was lost \(reset-after\)$/m);
    expect(output).toMatch(/^CP1 +not applicable +an event by socket is not acknowledged before it is admitted\n +no socket$/m);
    // One case is for chats that cannot find a room by its key: no chat is asked both.
    expect(output).toMatch(/^fake: \d+ passed, 0 failed, 1 not applicable$/m);
    expect(status).toBe(0);
  }, 60_000);

  it.each(['CP1', 'CP2', 'CP3', 'CP4', 'CP5', 'CP7', 'CP8', 'CP13'])(
    'fails, and names %s, when that is what was planted',
    (rule) => {
      const { status, output } = kit('fake', '--mutant', rule, '--rule', rule);

      const because = MUTANTS.find((mutant) => mutant.rule === rule)?.because;
      expect(output).toMatch(new RegExp(`^${rule} +FAILED +.*\\n +.*${because}`, 'm'));
      expect(output).toContain(`The kit noticed: ${rule}.`);
      expect(status).toBe(1);
    },
    60_000,
  );

  it('says of a mistake that nothing here looks for why it is not seen', () => {
    const { status, output } = kit('line', '--mutant', 'CP13');

    expect(output).toContain('The kit did not notice. What looks for it is not applicable: no history.');
    expect(status).toBe(0);
  }, 60_000);

  it('plants one mistake after the other, and shows that each is noticed', () => {
    const { status, output } = kit('fake', '--mutants', '--rule', 'CP3');

    expect(output).toMatch(/^CP3 +passed +notices an adapter that calls a lost answer a refusal \(cp3-refuses-the-unknown\)$/m);
    expect(output).toMatch(/^fake, with one mistake at a time: 5 passed, 0 failed, 0 not applicable$/m);
    expect(status).toBe(0);
  }, 60_000);

  it('writes down for programs what it shows to people', () => {
    const folder = mkdtempSync(join(tmpdir(), 'muster-kit-'));
    try {
      const file = join(folder, 'report.json');
      kit('fake', '--rule', 'cp5', '--mutant', 'cp5-all-rooms-wait', '--json', file);

      const report: unknown = JSON.parse(readFileSync(file, 'utf8'));
      expect(report).toMatchObject({
        mutant: { id: 'cp5-all-rooms-wait', rule: 'CP5' },
        adapters: [
          {
            adapter: 'fake',
            failed: 1,
            broken: ['CP5'],
            findings: expect.arrayContaining([expect.objectContaining({ id: 'cp5-other-room', rule: 'CP5', outcome: 'failed' })]),
          },
          { adapter: 'fake, by webhook only, without echo or keys' },
        ],
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 60_000);

  it.each([
    [['telegraph'], /^There is no adapter telegraph\. There are: fake, .*slack/],
    [['fake', '--mutant', 'CP99'], /^There is no mutant CP99 for fake\. There are: .*cp1-stores-later, /],
    [['fake', '--rule', 'CP99'], /^There is no rule CP99\. There are: CP1, .*CP15\.$/m],
    [[], /^Name one adapter: npm run kit -- ADAPTER/],
    [['fake', '--loudly'], /It is: npm run kit -- ADAPTER/],
  ])('says what there is when it does not understand: %j', (args, said) => {
    const { status, output } = kit(...args);

    expect(output).toMatch(said);
    expect(status).toBe(2);
  });
});
