import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { writeBackup } from '#src/backup/write-backup';
import { AdapterContexts, type InstanceRow, OWN_SECRETS_MS, SecretMissing, SecretsNotOpened } from '#src/platform/chats/adapter-context';
import { ChatSecrets } from '#src/platform/chats/chat-secrets';
import { Chats } from '#src/platform/chats/chats';
import { keepInstances } from '#src/platform/chats/keep-instances';
import { createLog } from '#src/platform/logging/logging';
import { Database } from '#src/platform/database/database';
import { Vault } from '#src/platform/secrets/vault';
import { KeptArtifacts } from '#test/backup/kept-artifacts';
import { OutsideFolder } from '#test/platform/outside/outside-folder';
import { ROOT } from '#test/repository/rules/planted';
import { useApp } from '#test/support/app';
import { until } from '#test/support/until';
import { anAdmin } from '#test/war-room/pages/browser';

const folder = new OutsideFolder([]);
folder.install('@acme/keeper', readFileSync(join(ROOT, 'test/platform/chats/keeper.mjs'), 'utf8'));
const chat = (id: string) => ({ id, package: '@acme/keeper', secrets: { password: { env: 'KEEPER_PASSWORD' } } });
folder.chats([chat('keeper'), chat('other')]);
process.env['KEEPER_PASSWORD'] = 'correct-horse';

const lines: string[] = [];
const log = createLog('debug', ['web'], { write: (line) => void lines.push(line) }, { write: (line) => void lines.push(line) });

const MUSTER_SECRET = 'a secret of Muster that is long enough for it';
const ELSEWHERE = 'the secret of a Muster somewhere else, long enough';

/** Counts what it is asked. */
class CountingDatabase extends Database {
  asked = 0;

  override query<Row>(sql: string, values?: readonly unknown[]): Promise<Row[]> {
    this.asked++;
    return super.query(sql, values);
  }
}

describe('The secrets of a chat', () => {
  const app = useApp({
    environment: { MUSTER_CHATS: folder.file, MUSTER_SECRET },
    log,
  });
  afterAll(() => {
    delete process.env['KEEPER_PASSWORD'];
    folder.remove();
  });
  const chats = (): Chats => app.get(Chats);
  const adapterOf = (id: string) => until(`${id} runs`, () => chats().get(id)?.adapter, 30_000);
  const tell = async (body: string): Promise<string> => {
    const part = { body, chars: body.length, bytes: body.length };
    const send = { key: 'k', room: { adapter: 'keeper', tenant: 'T', room: 'r' }, part };
    const said = await (await adapterOf('keeper')).messages.send(send, AbortSignal.timeout(5_000));
    return said.outcome === 'done' ? said.value.message.id : said.outcome;
  };
  /** What a start does with the settings. */
  const startAgain = async (): Promise<void> => {
    await keepInstances(app.database, await chats().learn(), app.get(ChatSecrets), log);
    await chats().reload();
  };
  /** What an adapter of another process of this Muster sees. */
  const another = async (secret = MUSTER_SECRET, now = Date.now) => {
    const database = new CountingDatabase(app.database.source);
    const contexts = new AdapterContexts(database, new ChatSecrets(database, new Vault(secret)), log, { PUBLIC_URL: app.url }, now);
    const [row] = await app.database.query<InstanceRow>(`select * from chat_instance where id = 'keeper'`);
    return { database, secrets: contexts.of(row!).secrets };
  };
  const kept = async (): Promise<string> =>
    JSON.stringify([await app.database.query('select * from chat_instance'), await app.database.query('select * from chat_secret')]);

  it('lie encrypted in the database and in a backup, and are in no line of the log', async () => {
    expect(await tell('say password')).toBe('correct-horse');
    await tell('keep token a-token-in-exchange');

    const file = join(folder.path, 'backup.tar.gz');
    await writeBackup({ url: app.databaseUrl, artifacts: new KeptArtifacts(), file, version: '0.1.0', now: new Date() });

    for (const text of [await kept(), gunzipSync(readFileSync(file)).toString('latin1'), lines.join('')]) {
      expect(text).not.toContain('correct-horse');
      expect(text).not.toContain('a-token-in-exchange');
    }
    expect(gunzipSync(readFileSync(file)).toString('latin1')).toContain('@acme/keeper');
  });

  it('are as they were after the next start, and the chat is not made anew for them', async () => {
    const [before, row] = [await adapterOf('keeper'), await kept()];

    await startAgain();

    expect(await kept()).toBe(row);
    expect(await adapterOf('keeper')).toBe(before);
    expect(await tell('say password')).toBe('correct-horse');
  });

  it('that an adapter keeps for itself outlive a start, also one for a workspace alone', async () => {
    const before = await adapterOf('keeper');
    await tell('keep token given-in-exchange');
    await tell('keep token for-T1 T1');

    await startAgain();

    expect(await tell('say token')).toBe('given-in-exchange');
    expect([await tell('say token T1'), await tell('say token T2')]).toEqual(['for-T1', 'given-in-exchange']);
    expect(await adapterOf('keeper')).toBe(before);
  });

  it('of the settings win once they are other ones', async () => {
    await tell('keep password from-the-adapter');
    await startAgain();
    expect(await tell('say password')).toBe('from-the-adapter');

    process.env['KEEPER_PASSWORD'] = 'battery-staple';
    await startAgain();

    expect(await tell('say password')).toBe('battery-staple');
  });

  it('cost the database one question, however often they are needed', async () => {
    const { database, secrets } = await another();

    const seen = await Promise.all(Array.from({ length: 50 }, () => secrets.get('token', 'T1')));
    for (let n = 0; n < 50; n++) seen.push(await secrets.get('password'));

    expect(new Set(seen)).toEqual(new Set(['for-T1', 'battery-staple']));
    expect(database.asked).toBe(1);
  });

  it('that an adapter keeps are seen by itself at once, and by another process within seconds', async () => {
    const clock = { now: Date.now() };
    const [here, there] = [await another(), await another(MUSTER_SECRET, () => clock.now)];
    expect([await here.secrets.get('token'), await there.secrets.get('token')]).toEqual(['given-in-exchange', 'given-in-exchange']);

    await here.secrets.put('token', 'given-anew');

    expect([await here.secrets.get('token'), await there.secrets.get('token')]).toEqual(['given-anew', 'given-in-exchange']);
    clock.now += OWN_SECRETS_MS;
    expect(await there.secrets.get('token')).toBe('given-anew');
  });

  it('are what they were while the database is away', async () => {
    const clock = { now: Date.now() };
    const { database, secrets } = await another(MUSTER_SECRET, () => clock.now);
    const before = await secrets.get('token');
    database.query = () => Promise.reject(new Error('Connection terminated'));

    clock.now += OWN_SECRETS_MS;

    expect(await secrets.get('token')).toBe(before);
    expect(await secrets.get('password')).toBe('battery-staple');
  });

  it('that an adapter kept and that cannot be read are not called missing', async () => {
    const { secrets } = await another(ELSEWHERE);

    await expect(secrets.get('token')).rejects.toThrow(SecretsNotOpened);
    await expect(secrets.get('token', 'T1')).rejects.toThrow(SecretsNotOpened);
    await expect(secrets.get('nothing')).rejects.toThrow(SecretMissing);
  });

  it('that an adapter kept outlive a start with a wrong secret of Muster', async () => {
    const { secrets } = await another();
    await secrets.put('password', 'from-the-adapter');

    await keepInstances(app.database, await chats().learn(), new ChatSecrets(app.database, new Vault(ELSEWHERE)), log);
    await startAgain();

    expect(await (await another()).secrets.get('password')).toBe('from-the-adapter');
    await app.database.query(`delete from chat_secret where name = 'password'`);
  });

  it('that were kept before there was a secret of Muster are encrypted at the next start', async () => {
    await app.database.query(`update chat_instance set secrets = '{"password":"battery-staple"}'`);
    await app.database.query(
      `insert into chat_instance (id, plugin, name, config, secrets, entered) values ('entered', 'package:@acme/keeper', 'Entered', '{}', '{"password":"entered-here"}', true)`,
    );
    await app.database.query(`update chat_secret set value = 'clear-as-day' where name = 'token'`);

    await startAgain();

    expect(await kept()).not.toMatch(/battery-staple|entered-here|clear-as-day/);
    expect(await tell('say password')).toBe('battery-staple');
    expect(await tell('say token')).toBe('clear-as-day');
    expect(await app.database.query(`select id from chat_instance order by id`)).toEqual([
      { id: 'entered' },
      { id: 'keeper' },
      { id: 'other' },
    ]);
  });

  it('from a backup of another Muster are asked for again, unless they come from the settings', async () => {
    const elsewhere = new ChatSecrets(app.database, new Vault(ELSEWHERE));
    for (const id of ['entered', 'other'])
      await app.database.query('update chat_instance set secrets = $2 where id = $1', [
        id,
        JSON.stringify(elsewhere.seal(id, { password: 'somewhere-else' })),
      ]);

    await startAgain();

    const ana = await anAdmin(app);
    const page = await until('the page says so', async () => {
      const { body } = await ana.open('/adapters');
      return body.includes('were encrypted with another MUSTER_SECRET') && body;
    });
    expect(page).toContain('The secrets of Entered were encrypted with another MUSTER_SECRET, so Muster cannot read them.');
    expect(page).toContain('Enter them again at /adapters/entered/setup');
    expect(page).not.toContain('The secrets of other');
    expect(await adapterOf('other')).toBeDefined();
  });
});
