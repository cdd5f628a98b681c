import { randomUUID } from 'node:crypto';
import type { FileAdded, FileLink } from '#libs/war-room-protocol/files';
import { ArtifactStore } from '#src/artifacts/artifact-store.types';
import { LinkNotGood } from '#src/artifacts/artifacts.errors';
import { SignedLinks } from '#src/artifacts/signed-links';
import { Sweep } from '#src/artifacts/sweep';
import { createLink } from '#src/people/sign-in-links';
import { Sessions } from '#src/people/sessions';
import { TOKEN, useApp } from '#test/support/app';
import { until } from '#test/support/until';

const WORDS = 'line one\nline two\n';
const HOURS_25 = 25 * 3_600_000;

describe('Reading the files of a room', () => {
  const app = useApp({ roles: ['web'] });
  let room: string;
  let file: FileAdded['file'];

  beforeEach(async () => {
    room = (await app.anIncident()).number;
    file = await added('app.log');
  });

  const bearer = { authorization: `Bearer ${TOKEN}` };
  const get = (path: string, headers: Readonly<Record<string, string>> = bearer, method = 'GET'): Promise<Response> =>
    fetch(new URL(path, app.url), { method, headers, redirect: 'manual' });
  const linkOf = async (id = file.fileId): Promise<string> =>
    ((await (await get(`/api/v1/incidents/${room}/files/${id}`, { ...bearer, accept: 'application/json' })).json()) as FileLink).link;
  const detailOf = async (answer: Response): Promise<string> => ((await answer.json()) as { detail: string }).detail;
  const bytesKept = async (): Promise<string[]> => {
    const keys: string[] = [];
    for await (const { key } of app.get(ArtifactStore as never as new () => ArtifactStore).list()) keys.push(key);
    return keys;
  };

  async function added(name: string, bytes = WORDS, id: string = randomUUID()): Promise<FileAdded['file']> {
    const answer = await fetch(`${app.url}/api/v1/incidents/${room}/files?${new URLSearchParams({ name, id })}`, {
      method: 'POST',
      headers: bearer,
      body: bytes,
    });
    return ((await answer.json()) as FileAdded).file;
  }

  it('sends a browser on to the bytes, which it may show and not run', async () => {
    const sent = await get(file.href, { ...bearer, accept: 'image/*,*/*' });
    const answer = await get(sent.headers.get('location') ?? '');

    expect(sent.status).toBe(302);
    expect(sent.headers.get('cache-control')).toBe('no-store');
    expect(await answer.text()).toBe(WORDS);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': 'attachment; filename=app.log',
      'content-length': String(WORDS.length),
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
      'cache-control': 'private, no-store',
    });
  });

  it('says to a program where the bytes are, and for how long', async () => {
    const answer = await get(file.href, { ...bearer, accept: 'application/json' });

    const { link, expiresAt, file: view } = (await answer.json()) as FileLink;
    expect(view).toEqual(file);
    expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(4 * 60_000);
    expect(Date.parse(expiresAt) - Date.now()).toBeLessThanOrEqual(5 * 60_000);
    expect((await get(link)).status).toBe(200);
  });

  it('gives a part of a file, and says so when there is no such part', async () => {
    const link = await linkOf();

    const part = await get(link, { ...bearer, range: 'bytes=5-7' });
    const none = await get(link, { ...bearer, range: 'bytes=1000-' });

    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([206, `bytes 5-7/${WORDS.length}`, 'one']);
    expect([none.status, none.headers.get('content-range')]).toEqual([416, `bytes */${WORDS.length}`]);
  });

  it('knows neither file nor link for whoever may not see the incident', async () => {
    const { session } = await app.get(Sessions).openForPractice('You');
    const outsider = { cookie: `muster=${session}` };

    const answers = await Promise.all([
      get(file.href, outsider),
      get(await linkOf(), outsider),
      get(`/api/v1/incidents/${room}/files`, outsider),
      get(file.href, { ...outsider, 'sec-fetch-site': 'same-origin' }, 'DELETE'),
      fetch(`${app.url}/api/v1/incidents/${room}/files?name=a.log`, {
        method: 'POST',
        headers: { ...outsider, 'sec-fetch-site': 'same-origin' },
        body: WORDS,
      }),
    ]);

    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    expect((await app.events(room, 'file.added')).length).toBe(1);
  });

  it('is for nobody who is not signed in, link or not', async () => {
    expect((await get(await linkOf(), {})).status).toBe(401);
    expect((await get(file.href, {})).status).toBe(401);
  });

  it('takes no link that was made up, changed, or made for another file', async () => {
    const other = await added('other.log');
    const link = await linkOf();
    const later = link.replace(/expires=(\d+)/, (_, at: string) => `expires=${Number(at) + 60_000}`);

    const answers = await Promise.all([
      get(`/files/${file.fileId}`),
      get(`/files/${file.fileId}?expires=9999999999999&signature=x`),
      get(later),
      get(link.replace(file.fileId, other.fileId)),
      get(link.replace('signature=', 'signature=A')),
    ]);

    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
    expect(await detailOf(answers[2])).toContain('open the file from the room again');
  });

  it('lets a link run out after five minutes', async () => {
    const links = new SignedLinks(app.database);
    const made = new Date('2026-03-01T03:00:00Z');
    const { path } = await links.make(file.fileId, made);
    const { searchParams } = new URL(path, app.url);
    const check = (ms: number): Promise<void> =>
      links.check(file.fileId, searchParams.get('expires'), searchParams.get('signature'), new Date(made.getTime() + ms));

    await expect(check(299_999)).resolves.toBeUndefined();
    await expect(check(300_000)).rejects.toBeInstanceOf(LinkNotGood);
  });

  it('finds no file by the room of another incident', async () => {
    const another = (await app.anIncident()).number;

    expect((await get(`/api/v1/incidents/${another}/files/${file.fileId}`)).status).toBe(404);
    expect((await get(`/api/v1/incidents/${another}/files/${file.fileId}`, bearer, 'DELETE')).status).toBe(404);
    expect((await get(`/api/v1/incidents/${room}/files/not-a-file`)).status).toBe(404);
  });

  it('takes a file away for good and says who did it, once', async () => {
    const link = await linkOf();

    const removed = [await get(file.href, bearer, 'DELETE'), await get(file.href, bearer, 'DELETE')];

    expect(removed.map(({ status }) => status)).toEqual([200, 200]);
    expect(await app.events(room, 'file.removed')).toMatchObject([{ data: { fileId: file.fileId, name: 'app.log' } }]);
    const after = await Promise.all([get(link), get(file.href)]);
    expect(after.map(({ status }) => status)).toEqual([410, 410]);
    await until('its bytes are gone', async () => !(await bytesKept()).includes(`${file.fileId}.${file.sha256}`));
    expect((await app.api('GET', `/api/v1/incidents/${room}/files`)).body).toMatchObject({ files: [{ removed: true }] });
  });

  it('does not bring back what was removed when it is sent again', async () => {
    await get(file.href, bearer, 'DELETE');

    const again = await fetch(`${app.url}/api/v1/incidents/${room}/files?${new URLSearchParams({ name: 'app.log', id: file.fileId })}`, {
      method: 'POST',
      headers: bearer,
      body: WORDS,
    });

    expect(again.status).toBe(410);
    await until('its bytes are gone', async () => !(await bytesKept()).includes(`${file.fileId}.${file.sha256}`));
  });

  it('lets nobody remove the file of another, except who leads', async () => {
    const bo = await app.get(Sessions).signIn(await createLink(app.database, 'invitation'), 'Bo');
    const asBo = { cookie: `muster=${bo}`, 'sec-fetch-site': 'same-origin' };

    const before = await get(file.href, asBo, 'DELETE');
    await fetch(`${app.url}/api/v1/incidents/${room}/commands`, {
      method: 'POST',
      headers: { ...asBo, 'content-type': 'application/json' },
      body: JSON.stringify({ id: randomUUID(), type: 'lead', body: { to: 'me' } }),
    });
    const after = await get(file.href, asBo, 'DELETE');

    expect([before.status, after.status]).toEqual([403, 200]);
  });

  it('sweeps bytes that are nobody’s after a day, and no others', async () => {
    const store = app.get(ArtifactStore as never as new () => ArtifactStore);
    const { key: orphan } = await store.put(
      randomUUID(),
      (async function* () {
        yield await Promise.resolve(Buffer.from('nobody’s'));
      })(),
    );
    const own = `${file.fileId}.${file.sha256}`;

    await app.get(Sweep).sweep(new Date());
    const young = await bytesKept();
    await app.get(Sweep).sweep(new Date(Date.now() + HOURS_25));
    const old = await bytesKept();

    expect(young).toEqual(expect.arrayContaining([orphan, own]));
    expect(old).toContain(own);
    expect(old).not.toContain(orphan);
  });
});
