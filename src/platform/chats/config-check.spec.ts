import { problemsOfConfig } from './config-check.ts';

const SCHEMA = {
  type: 'object',
  properties: {
    server: { type: 'string', pattern: '^[a-z.]+$' },
    port: { type: 'integer', minimum: 1 },
    tls: { enum: ['yes', 'no'] },
    rooms: {
      type: 'array',
      items: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'], additionalProperties: false },
    },
  },
  required: ['server'],
};

describe('Checking the settings of an adapter', () => {
  it.each<[object, string[]]>([
    [{ server: 'irc.example' }, []],
    [{ server: 'irc.example', port: 6697, tls: 'yes', rooms: [{ name: 'ops' }] }, []],
    [{}, ['server is missing']],
    [{ server: 7 }, ['server has to be string']],
    [{ server: 'IRC' }, ['server has to look like ^[a-z.]+$']],
    [{ server: 'irc', port: 0 }, ['port has to be >= 1']],
    [{ server: 'irc', tls: 'maybe' }, ['tls has to be one of "yes", "no"']],
    [{ server: 'irc', prot: 1 }, ['prot is not known (did you mean port?)']],
    [{ server: 'irc', rooms: [{}, { name: 'a', nam: 'b' }] }, ['rooms.0.name is missing', 'rooms.1.nam is not known']],
    [{ port: 'a', tls: 1 }, ['server is missing', 'port has to be integer', 'tls has to be one of "yes", "no"']],
  ])('%j', (config, problems) => {
    expect(problemsOfConfig(SCHEMA, config)?.sort()).toEqual(problems.sort());
  });

  it('shows no value, which may be what is nobody’s business', () => {
    expect(JSON.stringify(problemsOfConfig(SCHEMA, { server: 'HUNTER2', port: 'hunter2', tls: 'hunter2' }))).not.toMatch(/hunter2/i);
  });

  it.each([
    'http://json-schema.org/draft-07/schema#',
    'https://json-schema.org/draft/2019-09/schema',
    'https://json-schema.org/draft/2020-12/schema',
  ])('speaks %s', ($schema) => {
    expect(problemsOfConfig({ ...SCHEMA, $schema }, {})).toEqual(['server is missing']);
  });

  it('takes names that the schema does not know where it says so, or says nothing', () => {
    expect(problemsOfConfig({ ...SCHEMA, additionalProperties: true }, { server: 'irc', more: 1 })).toEqual([]);
    expect(problemsOfConfig({ type: 'object' }, { more: 1 })).toEqual([]);
  });

  it('knows what is no schema', () => {
    expect(problemsOfConfig({ type: 'no such type' }, {})).toBeNull();
  });
});
