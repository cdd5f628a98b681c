import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import { storeOf } from '#src/artifacts/store/store-of';
import { readThrough, verifyBackup } from '#src/backup/read-backup';
import { restoreBackup } from '#src/backup/restore-backup';
import { writeBackup } from '#src/backup/write-backup';
import { Sessions } from '#src/people/sessions';
import { createLink } from '#src/people/sign-in-links';
import { readConfig } from '#src/platform/config/config';
import { FakeChat } from '#test/rooms/fake-chat';
import { sweepOnlyWhenAsked } from '#test/rooms/sweeps-when-asked';
import { TOKEN, useApp } from '#test/support/app';
import { emptyDatabase, freshDatabase } from '#test/support/database';
import { until } from '#test/support/until';
import { KeptArtifacts } from './kept-artifacts.ts';
import { ask, everyRow } from './two-databases.ts';

const NOW = new Date('2026-11-21T03:00:00Z');

describe('Backing up and restoring', () => {
  const fake = new FakeChat('fake');
  const app = useApp({ roles: ['web', 'ingest', 'worker'], platforms: [fake.platform] });
  const artifacts = new KeptArtifacts();
  const drops: (() => Promise<void>)[] = [];
  let folder: string;
  let incident: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'muster-backup-'));
    await fake.join(app);
    // What is compared row by row must not go on meanwhile.
    await sweepOnlyWhenAsked(app);
    await app.get(Sessions).signIn(await createLink(app.database, 'invitation'), 'Ana');
    ({ number: incident } = await app.anIncident({ summary: 'Tabs\tand\nlines and \\N and 🚀' }));
    const room = await fake.room(app, incident);
    for (const text of ['It began at 3', 'back\\slash', 'a\ttab', '🚀']) await app.says(incident, text);
    const said = await fake.says('mia', room, 'first version');
    await fake.chat.edit('mia', said, 'second version');
    await app.does(incident, 'severity', { to: 'SEV1', reason: 'everybody is affected' });
    await fake.heard(app);
    await fake.told(app);
    // More than one piece: entries of the file are cut at 4 MiB.
    await artifacts.put(randomUUID(), Readable.from([randomBytes(9_000_000)]));
    await artifacts.put(randomUUID(), Readable.from([Buffer.from('a small one')]));
  }, 60_000);

  afterAll(async () => {
    for (const drop of drops) await drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const backUp = async (name = `${randomUUID()}.tar.gz`) => {
    const file = join(folder, name);
    return { file, written: await writeBackup({ url: app.databaseUrl, artifacts, file, version: '0.1.0', now: NOW }) };
  };
  const elsewhere = async (make = emptyDatabase): Promise<string> => {
    const { url, drop } = await make();
    drops.push(drop);
    return url;
  };

  it('gives back every row of every table', async () => {
    await until('nothing is under way', async () => {
      const busy = await app.database.query(
        'select 1 from stream s left join follower_cursor c on c.stream_id = s.id where s.seq > coalesce(c.seq, 0) or c.owner is not null',
      );
      return busy.length === 0;
    });
    // What is still to be looked for in the chat would be looked for between one look at the rows and the other.
    await app.database.query(`update unswept set due_at = 'infinity'`);
    const { file, written } = await backUp();
    const [url, there] = [await elsewhere(), new KeptArtifacts()];

    const restored = await restoreBackup({ url, artifacts: there, file, replace: false });

    const before = await everyRow(app.databaseUrl);
    expect(await everyRow(url)).toEqual(before);
    expect(before['message']?.length).toBe(5);
    expect(there.names()).toEqual(artifacts.names());
    expect(restored).toMatchObject({ incidents: 1, artifacts: 2, held: 0, leftOut: [] });
    expect(restored.rows).toBeGreaterThanOrEqual(Object.values(before).flat().length);
    expect(written.rows).toBe(restored.rows);
  });

  it('gives back the files that people added, as they were', async () => {
    const log = Buffer.from('03:00:01 pool saturated\n'.repeat(250_000));
    const id = randomUUID();
    const answer = await fetch(`${app.url}/api/v1/incidents/${incident}/files?id=${id}&name=checkout.log`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/octet-stream' },
      body: log,
    });
    expect(answer.status).toBe(201);
    const file = join(folder, `${randomUUID()}.tar.gz`);
    const here = storeOf(readConfig({ MUSTER_DATA: app.dataDir }));
    await writeBackup({ url: app.databaseUrl, artifacts: here, file, version: '0.1.0', now: NOW });
    const there = storeOf(readConfig({ MUSTER_DATA: join(folder, 'another machine') }));

    const { artifacts: restored } = await restoreBackup({ url: await elsewhere(), artifacts: there, file, replace: false });

    expect(restored).toBe(1);
    const key = `${id}.${createHash('sha256').update(log).digest('hex')}`;
    expect(Buffer.concat(await all((await there.open(key)) ?? [])).equals(log)).toBe(true);
  });

  it('gives back a database that is as strict and counts as far as the first', async () => {
    await app.database.query(
      'create table counted (id int generated always as identity, incident uuid references incident, twice int generated always as (1 + 1) stored)',
    );
    await app.database.query('insert into counted (incident) select id from incident union all select id from incident');
    const { file } = await backUp();
    const url = await elsewhere();
    await restoreBackup({ url, artifacts: new KeptArtifacts(), file, replace: false });
    await ask(url, 'drop table if exists counted');
    await ask(
      url,
      'create table counted (id int generated always as identity, incident uuid references incident, twice int generated always as (1 + 1) stored)',
    );

    const { leftOut } = await restoreBackup({ url, artifacts: new KeptArtifacts(), file, replace: true });

    expect(leftOut).toEqual([]);
    expect(await ask(url, 'insert into counted default values returning id')).toEqual([{ id: 3 }]);
    const references = (of: string) =>
      ask(
        of,
        `select conrelid::regclass::text, conname, convalidated, pg_get_constraintdef(oid) from pg_constraint where contype = 'f' order by 1, 2`,
      );
    expect(await references(url)).toEqual(await references(app.databaseUrl));
    await app.database.query('drop table counted');
  });

  it('is of one moment while people go on writing, and stops nobody', async () => {
    let writing = true;
    const writers = Array.from({ length: 3 }, async () => {
      let posted = 0;
      for (; writing; posted++) await app.says(incident, `while it is backed up ${posted}`);
      return posted;
    });
    const { file } = await backUp();
    writing = false;
    expect(Math.min(...(await Promise.all(writers)))).toBeGreaterThan(0);
    const url = await elsewhere();

    await restoreBackup({ url, artifacts: new KeptArtifacts(), file, replace: false });

    const [{ seq, events, messages, posted }] = (await ask(
      url,
      `select s.seq::int, (select count(*)::int from event e where e.stream_id = s.id) as events,
              (select count(*)::int from message) as messages, (select count(*)::int from event where type = 'message.posted') as posted
         from stream s join incident i on i.id = s.id`,
    )) as [{ seq: number; events: number; messages: number; posted: number }];
    expect(events).toBe(seq);
    expect(messages).toBe(posted);
    await fake.told(app);
  });

  it('can be read by its owner only, and is never written over', async () => {
    const { file } = await backUp('once.tar.gz');
    const first = readFileSync(file);

    expect(statSync(file).mode & 0o777).toBe(0o600);
    await expect(backUp('once.tar.gz')).rejects.toThrow(
      /once\.tar\.gz is there already\. Name another file; a backup is never written over\./,
    );
    expect(readFileSync(file).equals(first)).toBe(true);
  });

  it('leaves nothing behind when it cannot be finished', async () => {
    const broken = new KeptArtifacts();
    broken.kept.set('a.b', Buffer.from('x'));
    broken.open = () =>
      Promise.resolve(
        Readable.from(
          (async function* () {
            yield Buffer.from('x');
            throw new Error('the disk of files is gone');
          })(),
        ),
      );
    const before = readdirSync(folder);

    await expect(
      writeBackup({ url: app.databaseUrl, artifacts: broken, file: join(folder, 'half.tar.gz'), version: '0.1.0', now: NOW }),
    ).rejects.toThrow('the disk of files is gone');

    expect(readdirSync(folder)).toEqual(before);
  });

  it('says in words where it cannot be written', async () => {
    await expect(backUp('no/such/folder.tar.gz')).rejects.toThrow(/^There is no folder .*no\/such\. Make it, or name another file\.$/);
  });

  it('refuses a database where there is nothing to back up', async () => {
    const url = await elsewhere();

    await expect(writeBackup({ url, artifacts, file: join(folder, 'nothing.tar.gz'), version: '0.1.0', now: NOW })).rejects.toThrow(
      'There is nothing to back up: Muster has never run on this database.',
    );
  });

  describe('refuses, and changes nothing', () => {
    let whole: Buffer;
    let file: string;
    let url: string;
    let there: KeptArtifacts;

    beforeAll(async () => {
      whole = readFileSync((await backUp()).file);
    });
    beforeEach(async () => {
      [url, there] = [await elsewhere(freshDatabase), new KeptArtifacts()];
      file = join(folder, `${randomUUID()}.tar.gz`);
    });

    const refusal = async (replace = false): Promise<string> => {
      const before = await everyRow(url);
      const error: unknown = await restoreBackup({ url, artifacts: there, file, replace }).catch((one: unknown) => one);
      expect(await everyRow(url)).toEqual(before);
      expect(there.kept.size).toBe(0);
      return String((error as Error).message);
    };

    it.each([0.2, 0.5, 0.9, 0.9999])('a file of which only %d is there', async (part) => {
      writeFileSync(file, whole.subarray(0, Math.floor(whole.length * part)));

      expect(await refusal()).toMatch(/ is damaged: .*Nothing was changed/);
    });

    it('a file with a byte changed', async () => {
      const bytes = Buffer.from(whole);
      const middle = Math.floor(bytes.length / 2);
      bytes[middle] = (bytes[middle] ?? 0) ^ 1;
      writeFileSync(file, bytes);

      expect(await refusal()).toMatch(/ is damaged: .*Nothing was changed/);
    });

    it('a file in which somebody changed a word', async () => {
      const inside = gunzipSync(whole);
      const at = inside.indexOf('It began at 3');
      inside.write('It began at 4', at);
      writeFileSync(file, gzipSync(inside));

      expect(await refusal()).toMatch(/ is damaged: the table \w+ is not what was written\. Nothing was changed/);
    });

    it('a file that is something else, or is not there', async () => {
      writeFileSync(file, 'minutes of the meeting');
      expect(await refusal()).toMatch(/ is not a backup of Muster\. Nothing was changed\.$/);
      writeFileSync(file, gzipSync('minutes of the meeting'));
      expect(await refusal()).toMatch(/Nothing was changed/);
      file = join(folder, 'nowhere.tar.gz');
      expect(await refusal()).toMatch(/^There is no file .*nowhere\.tar\.gz\.$/);
    });

    it('a file of another schema, naming the Muster that can restore it', async () => {
      const inside = gunzipSync(whole);
      const at = inside.indexOf('0001-first-light.sql');
      inside.write('0001-first-night.sql', at);
      writeFileSync(file, gzipSync(inside));

      expect(await refusal()).toMatch(
        /was made by a Muster \(0\.1\.0\) with the migration 0001-first-night\.sql, which this one does not have/,
      );
    });

    it('a database that is not empty, unless it is told to replace it', async () => {
      writeFileSync(file, whole);
      await ask(url, `insert into person (id, name, role) values (gen_random_uuid(), 'Bo', 'admin')`);

      expect(await refusal()).toMatch(/^This database is not empty: it has 0 incidents, 1 people and 0 chats\. .* add --replace/);
      await restoreBackup({ url, artifacts: there, file, replace: true });
      expect(await ask(url, `select 1 from person where name = 'Bo'`)).toEqual([]);
    });

    it('a database that belongs to something else', async () => {
      writeFileSync(file, whole);
      url = await elsewhere();
      await ask(url, 'create table invoice (id int)');

      expect(await refusal(true)).toMatch(/^This database holds tables of something else \(invoice\)/);
    });

    it('a database on which Muster is running', async () => {
      writeFileSync(file, whole);
      url = app.databaseUrl;

      expect(await refusal(true)).toMatch(/^Muster is running on this database .* Stop it on every machine/);
    });

    it('when the database gives up in the middle', async () => {
      writeFileSync(file, whole);
      await ask(url, `alter table message add constraint nothing_fits check (false)`);

      expect(await refusal()).toMatch(/^The backup could not be put back: .*nothing_fits.* Nothing was changed\.$/);
    });
  });

  it('does not say again by itself what was on its way to a chat', async () => {
    const { file: quiet } = await backUp();
    const url = await elsewhere();
    await restoreBackup({ url, artifacts: new KeptArtifacts(), file: quiet, replace: false });
    await ask(url, `update delivery set status = 'pending' where operation = 'send'`);
    await ask(url, `update follower_cursor set seq = 0`);
    const waiting = (await ask(url, `select 1 from delivery where operation = 'send'`)).length;
    const file = join(folder, `${randomUUID()}.tar.gz`);
    await writeBackup({ url, artifacts, file, version: '0.1.0', now: NOW });
    const again = await elsewhere();

    const { held } = await restoreBackup({ url: again, artifacts: new KeptArtifacts(), file, replace: false });

    expect(waiting).toBeGreaterThan(0);
    expect(held).toBe(waiting);
    expect(await ask(again, `select distinct status from delivery where operation = 'send'`)).toEqual([{ status: 'needs-a-person' }]);
    expect((await ask(again, `select 1 from quarantine where kind = 'delivery' and state = 'aside'`)).length).toBe(waiting);
    const behind = `select 1 from follower_cursor c join follower f on f.name = c.follower and f.kind = 'effect' join stream s on s.id = c.stream_id where c.seq <> s.seq`;
    expect(await ask(again, behind)).toEqual([]);
  });

  it('sends out of a chat’s private room again whoever was sent out, whether the chat was to be told of it or not yet', async () => {
    const { id, number } = await app.anIncident({ private: true });
    await fake.room(app, number);
    await fake.told(app);
    const { file: quiet } = await backUp();
    const url = await elsewhere();
    await restoreBackup({ url, artifacts: new KeptArtifacts(), file: quiet, replace: false });
    const members = (of: string) =>
      ask(
        of,
        `select d.position::int, d.status from delivery d join mirror m on m.id = d.mirror_id
          where d.operation = 'members' and m.incident_id = '${id}' order by d.position`,
      );
    const [{ seq }] = (await ask(url, `select seq::int from stream where id = '${id}'`)) as [{ seq: number }];
    expect(await members(url)).toEqual([{ position: seq, status: 'pending' }]);
    // One waits, and another was being made; both at places where the log has gone on.
    await ask(url, `update delivery set position = 1 where operation = 'members'`);
    await ask(
      url,
      `insert into delivery (id, mirror_id, lane, position, operation, turn, status, attempts)
       select gen_random_uuid(), mirror_id, lane, place, operation, turn, state, 1
         from delivery, (values (2, 'sending'), (${seq}, 'sent')) as made (place, state) where operation = 'members'`,
    );
    const file = join(folder, `${randomUUID()}.tar.gz`);
    await writeBackup({ url, artifacts, file, version: '0.1.0', now: NOW });
    const again = await elsewhere();

    await restoreBackup({ url: again, artifacts: new KeptArtifacts(), file, replace: false });

    expect(await members(again)).toEqual([
      { position: 1, status: 'pending' },
      { position: 2, status: 'sending' },
      { position: seq, status: 'pending' },
    ]);
    const aside = `select 1 from quarantine q join delivery d on q.key = jsonb_build_array(d.id) where d.operation = 'members'`;
    expect(await ask(again, aside)).toEqual([]);
  });

  it('sends nothing by itself to a webhook that something waited for, and leaves the others on', async () => {
    const { file: quiet } = await backUp();
    const url = await elsewhere();
    await restoreBackup({ url, artifacts: new KeptArtifacts(), file: quiet, replace: false });
    await ask(url, 'update incident set private = true');
    for (const [name, done, mayBeTold] of [
      ['Behind', 0, true],
      ['Idle', 1, true],
      ['Never told', 0, false],
    ] as const)
      await ask(
        url,
        `with made as (insert into webhook (id, name, url, private, secret)
           values (gen_random_uuid(), '${name}', 'https://example.com/', ${mayBeTold}, 'whsec_c2VjcmV0') returning id)
         insert into webhook_lane (webhook_id, incident_id, done, upto) select made.id, i.id, ${done}, 1 from made, incident i limit 1`,
      );
    const file = join(folder, `${randomUUID()}.tar.gz`);
    await writeBackup({ url, artifacts, file, version: '0.1.0', now: NOW });
    const again = await elsewhere();

    await restoreBackup({ url: again, artifacts: new KeptArtifacts(), file, replace: false });

    expect(await ask(again, 'select name, off, secret from webhook order by name')).toEqual([
      { name: 'Behind', off: 'restored', secret: 'whsec_c2VjcmV0' },
      { name: 'Idle', off: null, secret: 'whsec_c2VjcmV0' },
      { name: 'Never told', off: null, secret: 'whsec_c2VjcmV0' },
    ]);
    expect(
      await ask(
        again,
        `select w.name from quarantine q join webhook w on w.id = (q.key ->> 0)::uuid where q.kind = 'webhook' and q.state = 'aside'`,
      ),
    ).toEqual([{ name: 'Behind' }]);
  });

  it('reads a backup without a database', async () => {
    const { file } = await backUp();

    const { header, contents } = await verifyBackup(file);

    expect(header).toMatchObject({ format: 1, muster: '0.1.0', at: NOW.toISOString() });
    expect(contents.incidents).toBe(2);
    const pieces: string[] = [];
    await readThrough(file, async ({ kind, name }) => void pieces.push(`${kind} ${name}`));
    expect(pieces.filter((piece) => piece === `artifact ${[...artifacts.kept.keys()][0]}`)).toHaveLength(3);
  });
});

async function all(bytes: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<Buffer[]> {
  const chunks: Buffer[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return chunks;
}
