import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MIGRATIONS, readMigrations } from '#src/platform/database/migrations';
import { freeze, thawed } from '../../../scripts/migrations/frozen.mjs';

/** Those before it were written when nothing was released yet, and no table was large. */
const FIRST_TO_BUILD_BESIDE = '0030';

/** The tables that were there before, and may not be written to while an index is built. */
function locking(sql: string): string[] {
  const made = [...sql.matchAll(/^create table (\w+)/gim)].map(([, table]) => table);
  return [...sql.matchAll(/^\s*create (?:unique )?index (?!concurrently)\w+\s+on (\w+)/gim)]
    .map(([, table = '']) => table)
    .filter((table) => !made.includes(table));
}

describe('The migrations of this repository', () => {
  it('are, where they were released, what they were then', () => {
    expect(thawed(MIGRATIONS)).toEqual([]);
  });

  it('have a number of their own, four digits and a few words', () => {
    const names = readdirSync(MIGRATIONS).filter((name) => name.endsWith('.sql'));

    expect(names.filter((name) => !/^\d{4}-[a-z0-9-]+\.sql$/.test(name))).toEqual([]);
    expect(new Set(names.map((name) => name.slice(0, 4))).size).toBe(names.length);
  });

  it('lock no table that people write to while an index on it is built', async () => {
    const files = (await readMigrations()).filter(({ name }) => name >= FIRST_TO_BUILD_BESIDE);
    expect(files.filter(({ sql }) => locking(sql).length > 0).map(({ name }) => name)).toEqual([]);
  });

  it('may lock one that they make', () => {
    expect(locking('create table door (id int);\ncreate index door_by_id on door (id);')).toEqual([]);
    expect(locking('create index concurrently door_by_id on door (id);')).toEqual([]);
    expect(locking('create unique index door_by_id on door (id);')).toEqual(['door']);
  });
});

describe('Releasing migrations', () => {
  let folder: string;
  const write = (name: string, sql: string): void => writeFileSync(join(folder, name), sql);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'muster-migrations-'));
    write('checksums.json', '{}');
    write('0001-first.sql', 'create table first ();\n');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('leaves what is not released free to change', () => {
    write('0001-first.sql', 'create table another ();\n');

    expect(thawed(folder)).toEqual([]);
  });

  it('freezes every migration there is, under the checksum that databases keep', async () => {
    write('0002-second.sql', 'create table second ();\n');

    expect(freeze(folder)).toEqual(['0001-first.sql', '0002-second.sql']);

    const kept = (await readMigrations(folder)).map(({ name, hash }) => [name, hash]);
    expect(JSON.parse(readFileSync(join(folder, 'checksums.json'), 'utf8'))).toEqual(Object.fromEntries(kept));
  });

  it('refuses from then on that one is edited, and says what to do', () => {
    freeze(folder);
    write('0001-first.sql', 'create table first (id int);\n');

    expect(thawed(folder)).toEqual([
      '0001-first.sql was released and has been edited. Put it back as it was, and the change in a new file.',
    ]);
  });

  it('refuses from then on that one is removed or renamed', () => {
    freeze(folder);
    rmSync(join(folder, '0001-first.sql'));
    write('0001-renamed.sql', 'create table first ();\n');

    expect(thawed(folder)).toEqual(['0001-first.sql was released and is gone. Put it back: databases out there have run it.']);
  });

  it('lets new ones come, also with a lower number', () => {
    write('0003-third.sql', 'create table third ();\n');
    freeze(folder);
    write('0002-second.sql', 'create table second ();\n');

    expect(thawed(folder)).toEqual([]);
    expect(freeze(folder)).toEqual(['0002-second.sql']);
  });

  it('never freezes an edit', () => {
    freeze(folder);
    write('0001-first.sql', 'create table first (id int);\n');

    expect(() => freeze(folder)).toThrow('0001-first.sql was released and has been edited');
  });

  it('does not care how a checkout ends its lines', async () => {
    freeze(folder);
    write('0001-first.sql', 'create table first ();\r\n');

    expect(thawed(folder)).toEqual([]);
    const [first] = await readMigrations(folder);
    expect(first?.sql).toBe('create table first ();\n');
  });
});
