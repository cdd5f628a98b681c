import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

describe('Trying Slack with npm run kit', () => {
  it('tries the real adapter on a pretend Slack, and names the rule that a planted fault breaks', () => {
    const args = ['scripts/kit.mjs', 'slack', '--rule', 'CP5', '--mutant', 'CP5'];

    const { status, stdout } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });

    expect(stdout).toMatch(/^CP5 +FAILED +a 429 comes back at once as refused, with its delay$/m);
    expect(stdout).toMatch(/^slack, by signed requests: \d+ passed, \d+ failed \(CP5\), 0 not applicable$/m);
    expect(stdout).toMatch(/^slack, by sockets: \d+ passed, \d+ failed \(CP5\), 0 not applicable$/m);
    expect(status).toBe(1);
  });
});
