import { CASES, conformanceOf } from '@musterhq/adapter-testkit';
import { SUITES } from '#adapters/slack/test/suites';
import { ROOT } from '#test/repository/rules/planted';
import { inAThread } from './in-a-thread.ts';
import { OutsideFolder } from './outside-folder.ts';

describe('A Slack from outside', () => {
  const folder = new OutsideFolder([]);
  folder.write('slack.js', `export { slackPlugin as plugin } from '${ROOT}/dist/adapters/slack/src/plugin.js';`);
  folder.write('package.json', '{ "type": "module" }');
  afterAll(() => folder.remove());

  it('gives and takes files byte for byte, and publishes pages', async () => {
    const [byRequests] = SUITES;
    const ofMoreThanWords = CASES.filter(({ id }) => id.startsWith('cp9-files') || id.startsWith('cp9-home'));

    const { findings } = await conformanceOf(inAThread(byRequests!, folder, './slack.js'), ofMoreThanWords);

    expect(findings.map(({ id, outcome, reason }) => [id, outcome, reason])).toEqual(
      ofMoreThanWords.map(({ id }) => [id, 'passed', undefined]),
    );
  });
});
