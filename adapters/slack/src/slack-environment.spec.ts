import { parseConfig } from './slack-config.ts';
import { fromEnvironment } from './slack-environment.ts';

describe('Setting Slack up by environment', () => {
  it('uses sockets when there is an app-level token', () => {
    const found = fromEnvironment({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1', SLACK_SIGNING_SECRET: 's' });
    expect(found).toEqual({ config: { mode: 'socket' }, secrets: { bot_token: 'xoxb-1', signing_secret: 's', app_token: 'xapp-1' } });
  });

  it('takes signed requests otherwise', () => {
    const env = {
      SLACK_BOT_TOKEN: ' xoxb-1 ',
      SLACK_SIGNING_SECRET: 's',
      SLACK_API_URL: 'http://127.0.0.1:4003/api/',
      SLACK_COMMAND: '/muster',
    };
    const found = fromEnvironment(env);
    expect(found).toEqual({
      config: { mode: 'http', apiUrl: 'http://127.0.0.1:4003/api/', command: '/muster' },
      secrets: { bot_token: 'xoxb-1', signing_secret: 's' },
    });
    if ('config' in found) expect(() => parseConfig(found.config)).not.toThrow();
  });

  it.each(['off', 'http://127.0.0.1:4004/current'])('asks Slack how it is where it is told to: %s', (statusUrl) => {
    const found = fromEnvironment({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1', SLACK_STATUS_URL: statusUrl });

    expect(found).toMatchObject({ config: { statusUrl } });
    if ('config' in found) expect(() => parseConfig(found.config)).not.toThrow();
    expect(fromEnvironment({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1', SLACK_STATUS_URL: 'no' })).toMatchObject({
      problems: [expect.stringContaining('SLACK_STATUS_URL')],
    });
  });

  it('names all that is wrong at once, and no secret', () => {
    const found = fromEnvironment({ SLACK_BOT_TOKEN: 'xoxp-secret', SLACK_API_URL: 'slack' });
    expect(found).toMatchObject({
      problems: [
        expect.stringContaining('SLACK_BOT_TOKEN'),
        expect.stringContaining('SLACK_APP_TOKEN'),
        expect.stringContaining('SLACK_API_URL'),
      ],
    });
    expect(JSON.stringify(found)).not.toContain('xoxp-secret');
  });

  it('refuses a configuration that is not one, in words', () => {
    expect(() => parseConfig({ mode: 'pigeon', command: 'incident' })).toThrow(/mode: .*\n.*command: /);
  });
});
