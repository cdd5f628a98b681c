import { ConfigError, readConfig, unknownVariables } from '#src/platform/config/config';
import { configurationPage } from '#src/platform/config/configuration-page';
import { configSchema } from '#src/platform/config/config.schema';

describe('Reading the configuration', () => {
  it('needs nothing to be set', () => {
    const config = readConfig({});

    expect(config).toMatchObject({ PORT: 3000, HOST: '127.0.0.1', PUBLIC_URL: 'http://localhost:3000', CHAT_ADAPTERS: [] });
    expect(config.DATABASE_URL).toBeUndefined();
  });

  it('takes a variable set to nothing for one that is not set', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: ' ' })).toMatchObject({ PORT: 3000 });
  });

  it('links to localhost on the port, unless told a public address', () => {
    expect(readConfig({ PORT: '4711' }).PUBLIC_URL).toBe('http://localhost:4711');
    expect(readConfig({ PUBLIC_URL: 'https://muster.example/' }).PUBLIC_URL).toBe('https://muster.example');
  });

  it('reads a list as people write it', () => {
    expect(readConfig({ CHAT_ADAPTERS: 'slack, teams,' }).CHAT_ADAPTERS).toEqual(['slack', 'teams']);
  });

  it('names every wrong variable at once', () => {
    const problems = problemsOf({ PORT: '99999', LOG_LEVEL: 'loud', DATABASE_URL: 'mysql://db', MUSTER_ROLES: 'web,baker' });

    expect(problems).toHaveLength(4);
    expect(problems).toEqual(
      expect.arrayContaining([
        'PORT must be a whole number from 1 to 65535',
        'DATABASE_URL must look like postgres://user:password@host:5432/name',
        expect.stringMatching(/^LOG_LEVEL must be one of/),
        expect.stringMatching(/^MUSTER_ROLES must be some of/),
      ]),
    );
  });

  it.each(['10.0.0.0/99', 'proxy.example', '10.0.0.7/x', '::1/129'])('refuses %s as a proxy', (MUSTER_PROXIES) => {
    expect(problemsOf({ MUSTER_PROXIES }).join()).toMatch(/must be addresses or networks/);
  });

  it('shows no secret when it complains about one', () => {
    const complaint = problemsOf({ MUSTER_BOOTSTRAP_TOKEN: 'hunter2', DATABASE_URL: 'mysql://muster:hunter2@db' }).join();

    expect(complaint).toMatch(/at least 24 characters/);
    expect(complaint).not.toMatch(/hunter2/);
  });

  it.each<Record<string, string>>([{ HOST: '0.0.0.0' }, { PUBLIC_URL: 'http://muster.example' }])(
    'serves plain http to others only when asked to by name: %j',
    (env) => {
      expect(problemsOf(env)).toEqual([expect.stringMatching(/MUSTER_INSECURE_HTTP=1/)]);
      expect(readConfig({ ...env, MUSTER_INSECURE_HTTP: '1' })).toMatchObject(env);
    },
  );

  it('takes further addresses, as safe as the first', () => {
    const env = { PUBLIC_URL: 'https://muster.example', MUSTER_OTHER_URLS: 'https://muster.example.net/, https://10.0.0.7:8443' };

    expect(readConfig(env).MUSTER_OTHER_URLS).toEqual(['https://muster.example.net', 'https://10.0.0.7:8443']);
    expect(problemsOf({ ...env, MUSTER_OTHER_URLS: 'http://10.0.0.7' })).toEqual([
      expect.stringMatching(/^MUSTER_OTHER_URLS must be https where/),
    ]);
    expect(problemsOf({ MUSTER_OTHER_URLS: 'http://10.0.0.7' })).toEqual([expect.stringMatching(/MUSTER_INSECURE_HTTP=1/)]);
  });

  it('listens anywhere behind a public https address', () => {
    expect(readConfig({ HOST: '0.0.0.0', PUBLIC_URL: 'https://muster.example' })).toMatchObject({ HOST: '0.0.0.0' });
  });

  it('points out a variable that looks like one of ours and is not', () => {
    expect(unknownVariables({ MUSTER_DTA: '/data', MUSTER_DATA: '/data', PATH: '/bin' })).toEqual([
      expect.stringMatching(/^MUSTER_DTA .* Did you mean MUSTER_DATA\?$/),
    ]);
  });

  it('is written down, variable by variable', () => {
    const page = configurationPage();

    for (const name of Object.keys(configSchema.shape)) expect(page).toMatch(new RegExp(`\\| \`${name}\` \\| .* \\| \\w.*\\. \\|`));
  });
});

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}
