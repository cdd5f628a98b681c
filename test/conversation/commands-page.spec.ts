import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { roomCommand } from '#libs/war-room-protocol/commands';
import { Verbs } from '#src/conversation/verbs.service';
import { useApp } from '#test/support/app';
import { SomePerson } from '#test/support/person';
import { BESIDE, commandsPage } from '../../scripts/docs/commands-page.mjs';

const PAGE = fileURLToPath(new URL('../../docs/commands.md', import.meta.url));

describe('docs/commands.md', () => {
  const app = useApp({ roles: ['web'] });
  let ana: SomePerson;
  beforeAll(async () => {
    ana = await SomePerson.of(app, 'Ana Ruiz');
    // What can be said of a chat needs one.
    await app.database.query(`insert into chat_instance (id, plugin, name, config) values ('elsewhere', 'elsewhere', 'Elsewhere', '{}')`);
    await app.database.query(`insert into chat_tenant (instance, tenant) values ('elsewhere', 'T1')`);
  });

  it('has every verb there is, as it is: "npm run docs" writes it', () => {
    expect(readFileSync(PAGE, 'utf8')).toBe(commandsPage(app.get(Verbs).all()));
  });

  it('says of every verb how it is written in Slack, in Teams, in the war room and over the API, without an empty cell', () => {
    const rows = readFileSync(PAGE, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('| `'));
    const cells = rows.map((row) =>
      row
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

    expect(cells).toHaveLength(app.get(Verbs).all().length);
    expect(cells.filter((row) => row.length !== 6 || row.some((cell) => cell === '' || cell === '``'))).toEqual([]);
  });

  it('names a way of the API for each that is there, and for no verb that is not', async () => {
    const types = roomCommand.def.options.map(({ def }) => def.shape.type.def.values[0] as string);
    const { paths } = (await app.api('GET', '/api/openapi.json')).body as { paths: Record<string, Record<string, unknown>> };
    const routes = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    );
    const there = new Set([...types, ...routes]);

    expect(Object.values(BESIDE).filter(({ api }) => !there.has(api))).toEqual([]);
    expect(Object.keys(BESIDE).toSorted()).toEqual(
      app
        .get(Verbs)
        .all()
        .map(({ name }) => name)
        .toSorted(),
    );
  });

  it('cannot be made of a verb that has no words, or no way of the API', () => {
    const verb = { name: 'explode', usage: 'explode', help: 'ends everything', inRoom: true };
    expect(() => commandsPage([verb])).toThrow(/explode/);
    expect(() => commandsPage([{ ...verb, name: 'lead', help: '' }])).toThrow(/lead/);
  });

  it.each(Object.entries(BESIDE))('shows of %s what is understood', async (name, { example }) => {
    const { number } = await app.anIncident({ triage: name === 'accept' || name === 'decline' });
    if (name === 'reopen') await app.does(number, 'resolve', { learned: 'Nothing yet' });
    const another = name === 'let-in' ? (await ana.declares({ private: true })).number : (await app.anIncident()).number;

    const { status, body } = await app.does(number, 'command', { text: `/${example.replace('INC-1', another)}` });

    expect({ example, status, body }).toMatchObject({ status: 200 });
    expect((body as { say: string }).say).not.toMatch(/not know|none of the words/i);
  });
});
