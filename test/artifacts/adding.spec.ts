import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { FileAdded } from '#libs/war-room-protocol/files';
import { createLink } from '#src/people/sign-in-links';
import { Sessions } from '#src/people/sessions';
import { TOKEN, useApp } from '#test/support/app';
import { until } from '#test/support/until';

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const MB = 1024 * 1024;

describe('Adding a file to a room', () => {
  const app = useApp({ roles: ['web'], environment: { MUSTER_FILE_MB: '2' } });
  let room: string;

  beforeEach(async () => {
    room = (await app.anIncident()).number;
  });

  const add = async (
    bytes: Uint8Array | string,
    given: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<{ status: number; body: FileAdded & { detail: string } }> => {
    const answer = await fetch(`${app.url}/api/v1/incidents/${room}/files?${new URLSearchParams(given)}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/octet-stream', ...headers },
      body: bytes,
    });
    return { status: answer.status, body: (await answer.json()) as never };
  };

  const keptBytes = async (): Promise<string[]> => {
    const all = await readdir(join(app.dataDir, 'files'), { recursive: true, withFileTypes: true }).catch(() => []);
    return all.filter((entry) => entry.isFile()).map(({ name }) => name);
  };

  const nothingHappened = async (): Promise<void> => {
    expect(await app.events(room, 'file.added')).toEqual([]);
    expect((await app.api('GET', `/api/v1/incidents/${room}/files`)).body).toEqual({ files: [], next: null, more: false });
  };

  it('says in the room who added what, and keeps the bytes', async () => {
    const id = randomUUID();
    const sha256 = createHash('sha256').update(PNG).digest('hex');

    const { status, body } = await add(PNG, { id, name: 'graph.png', alt: 'Errors rise at 10:04' });

    expect(status).toBe(201);
    const [event] = await app.events(room, 'file.added');
    expect(event).toMatchObject({ seq: body.seq, id, by: { name: expect.any(String) as string }, via: { id: 'api' } });
    expect(event?.data).toEqual({
      fileId: id,
      name: 'graph.png',
      mediaType: 'image/png',
      size: PNG.length,
      sha256,
      alt: 'Errors rise at 10:04',
    });
    expect(await keptBytes()).toContain(`${id}.${sha256}`);
  });

  it('takes a form with the file as its last field', async () => {
    const form = new FormData();
    form.set('alt', 'a graph');
    form.set('file', new Blob([PNG]), 'graph.png');

    const answer = await fetch(`${app.url}/api/v1/incidents/${room}/files`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}` },
      body: form,
    });

    expect(answer.status).toBe(201);
    expect(((await answer.json()) as FileAdded).file).toMatchObject({ name: 'graph.png', alt: 'a graph', size: PNG.length });
  });

  it.each(['application/json', 'application/x-www-form-urlencoded', 'text/html'])(
    'reads what is sent as %s like everything else, as bytes',
    async (type) => {
      const { status, body } = await add('{"level":"error"}', { name: 'line.json' }, { 'content-type': type });

      expect(status).toBe(201);
      expect(body.file).toMatchObject({ name: 'line.json', mediaType: 'text/plain', size: 17 });
    },
  );

  it('adds once what is sent twice with one id, and answers the same', async () => {
    const given = { id: randomUUID(), name: 'graph.png' };

    const answers = await Promise.all([add(PNG, given), add(PNG, given), add(PNG, given)]);

    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(await app.events(room, 'file.added')).toHaveLength(1);
  });

  it('refuses another file under a used id', async () => {
    const id = randomUUID();
    await add(PNG, { id, name: 'graph.png' });

    const { status, body } = await add('other bytes', { id, name: 'graph.png' });

    expect(status).toBe(409);
    expect(body.detail).toContain('a new id');
    expect(await app.events(room, 'file.added')).toHaveLength(1);
  });

  it('goes by what the bytes are and not by what the sender calls them', async () => {
    const picture = await add(PNG, { name: 'notes.txt' });
    const text = await add('just words', { name: 'graph.png' });
    const page = await add('words, and <script>alert(1)</script> further down', { name: 'report.html' });

    expect(picture.body.file).toMatchObject({ name: 'notes.txt.png', mediaType: 'image/png' });
    expect(text.body.file).toMatchObject({ name: 'graph.png.txt', mediaType: 'text/plain' });
    expect(page.body.file).toMatchObject({ name: 'report.html.txt', mediaType: 'text/plain' });
  });

  it.each([
    ['a web page named .png', '<!DOCTYPE html><script>alert(1)</script>', 'a web page'],
    ['a web page behind blanks', '\ufeff \n<html><body>', 'a web page'],
    ['a drawing', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', 'an SVG drawing'],
    ['a program for Linux', Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01'), Buffer.alloc(100)]), 'application/x-elf'],
    ['a program for Windows', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(100)]), 'application/x-msdownload'],
    ['bytes that are nothing known', Buffer.from([1, 2, 0, 4, 0, 255]), 'not known'],
    ['a text that stops being one', Buffer.concat([Buffer.alloc(20_000, 'a'), Buffer.from([0xff, 0xfe, 0])]), 'not known'],
  ])('refuses %s and says what it takes', async (_what, bytes, found) => {
    const { status, body } = await add(bytes, { name: 'graph.png' });

    expect(status).toBe(415);
    expect(body.detail).toContain(found);
    expect(body.detail).toContain('put it into a ZIP');
    await nothingHappened();
  });

  it('takes a log in a gzip and one that begins like something else', async () => {
    expect((await add(gzipSync('log'), { name: 'app.log.gz' })).body.file).toMatchObject({
      name: 'app.log.gz',
      mediaType: 'application/gzip',
    });
    expect((await add('BM25 ranking was slow\n', { name: 'app.log' })).body.file).toMatchObject({
      name: 'app.log',
      mediaType: 'text/plain',
    });
  });

  it('takes what is as large as allowed, refuses one byte more, and keeps nothing of that', async () => {
    expect((await add(Buffer.alloc(2 * MB, 'a'), { name: 'all.log' })).status).toBe(201);
    const before = await keptBytes();

    const { status, body } = await add(Buffer.alloc(2 * MB + 1, 'a'), { name: 'more.log' });

    expect(status).toBe(413);
    expect(body.detail).toContain('larger than 2 MB');
    expect(await keptBytes()).toEqual(before);
    expect(await app.events(room, 'file.added')).toHaveLength(1);
  });

  it('refuses an empty file, one without a name, and an id that is none', async () => {
    expect((await add('', { name: 'empty.log' })).body.detail).toContain('empty');
    expect((await add('words', {})).body.detail).toContain('?name=');
    expect((await add('words', { name: 'a.log', id: '../../etc/passwd' })).body.detail).toContain('UUID');
    await nothingHappened();
  });

  it('keeps names that deceive as harmless ones', async () => {
    const { body } = await add('words', { name: '../../etc/\u202egnp.\u0007passwd' });

    expect(body.file.name).toBe('gnp.passwd.txt');
  });

  it('shows nothing of an upload that breaks off', async () => {
    const before = await keptBytes();
    const begun = request(`${app.url}/api/v1/incidents/${room}/files?name=a.log`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'text/plain', 'content-length': '100000' },
    });
    begun.on('error', () => undefined);
    begun.write('the first words');
    const unfinished = join(app.dataDir, 'files', 'unfinished');
    await until('the upload has begun', async () => (await readdir(unfinished).catch(() => [])).length > 0);

    begun.destroy();

    await until('what it left behind is gone', async () => (await readdir(unfinished)).length === 0);
    expect(await keptBytes()).toEqual(before);
    await nothingHappened();
  });

  it('shows nothing of a form that breaks off', async () => {
    const begun = request(`${app.url}/api/v1/incidents/${room}/files`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'multipart/form-data; boundary=x', 'content-length': '100000' },
    });
    begun.on('error', () => undefined);
    begun.write('--x\r\ncontent-disposition: form-data; name="file"; filename="a.log"\r\n\r\nthe first words of a long log\r\n');
    const unfinished = join(app.dataDir, 'files', 'unfinished');
    await until('the upload has begun', async () => (await readdir(unfinished).catch(() => [])).length > 0);

    begun.destroy();

    await until('what it left behind is gone', async () => (await readdir(unfinished)).length === 0);
    await nothingHappened();
  });

  it('goes with a message of its own author, which may come later, and with nobody else’s', async () => {
    const message = randomUUID();
    const before = await add(PNG, { name: 'graph.png', message });
    await app.does(room, 'message', { text: 'Look at this' }, message);
    const after = await add(PNG, { name: 'again.png', message });
    const mallory = await app.get(Sessions).signIn(await createLink(app.database, 'invitation'), 'Mallory');

    const foreign = await fetch(`${app.url}/api/v1/incidents/${room}/files?${new URLSearchParams({ name: 'fake.png', message })}`, {
      method: 'POST',
      headers: { cookie: `muster=${mallory}`, 'sec-fetch-site': 'same-origin', 'content-type': 'image/png' },
      body: PNG,
    });

    expect([before.body.file.messageId, after.body.file.messageId]).toEqual([message, message]);
    expect(foreign.status).toBe(409);
  });

  it('says so when the disk cannot be written, records nothing, and goes on when it can', async () => {
    await rm(join(app.dataDir, 'files'), { recursive: true, force: true });
    await writeFile(join(app.dataDir, 'files'), 'in the way');
    const given = { id: randomUUID(), name: 'graph.png' };

    const refused = await add(PNG, given);
    const said = await app.does(room, 'message', { text: 'Messages still work' });
    await nothingHappened();
    await rm(join(app.dataDir, 'files'));
    await mkdir(join(app.dataDir, 'files'));
    const kept = await add(PNG, given);

    expect(refused.status).toBe(503);
    expect(refused.body.detail).toContain('the folder for files cannot be used');
    expect(refused.body.detail).toContain('Nothing was recorded');
    expect(said.status).toBe(200);
    expect(kept.status).toBe(201);
  });
});
