import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '#src/platform/database/database';
import { WebBuild } from '#src/war-room/pages/app/web-build';
import { useApp } from '#test/support/app';
import { aResponder, PlainBrowser } from './browser.ts';

describe('Opening the war room', () => {
  const app = useApp({ roles: ['web'] });
  let folder: string;
  let bo: PlainBrowser;
  beforeAll(async () => {
    bo = await aResponder(app, 'Bo');
    folder = await mkdtemp(join(tmpdir(), 'muster-pages-'));
    // The process looks for the application each time, so a test may have it built, or not.
    Object.assign(app.get(WebBuild), { folder });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const build = async (): Promise<void> => {
    await mkdir(join(folder, 'assets', 'deep'), { recursive: true });
    await writeFile(join(folder, 'index.html'), '<!doctype html><title>The application</title>');
    await writeFile(join(folder, 'assets', 'index-abc.js'), `export const long = "${'x'.repeat(5_000)}";`);
    await writeFile(join(folder, 'assets', 'deep', 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
    await writeFile(join(folder, 'assets', 'font.woff2'), 'font');
    await writeFile(join(folder, 'secret.txt'), 'secret');
  };

  describe('while the application is not built', () => {
    beforeAll(() => rm(join(folder, 'index.html'), { force: true }));

    it('shows the plain room and the plain list at the same addresses', async () => {
      const { number } = await app.anIncident({ title: 'Not built' });

      const [room, list] = [await bo.open(`/i/${number}`), await bo.open('/')];

      expect([room.status, list.status]).toEqual([200, 200]);
      expect(room.body).toContain(`action="/lite/i/${number}"`);
      expect(list.body).toContain('Not built');
      expect((await bo.open('/i/INC-999')).status).toBe(404);
    });

    it('says how to get the page of practice', async () => {
      const page = await bo.open('/practice/0199-some-practice');

      expect(page.status).toBe(503);
      expect(page.body).toContain('npm run build');
    });
  });

  describe('once the application is built', () => {
    beforeAll(build);

    it.each(['/', '/i/INC-1', '/practice/0199-some-practice'])('gives it at %s, and keeps no copy of it on the way', async (path) => {
      const page = await bo.open(path);

      expect(page.status).toBe(200);
      expect(page.body).toContain('The application');
      expect(page.headers.get('cache-control')).toBe('no-store');
    });

    it.each(['/', '/i/INC-1', '/practice/0199-some-practice'])('sends somebody without a session from %s to the doors', async (path) => {
      const page = await new PlainBrowser(app).open(path);

      expect([page.status, page.to]).toEqual([303, `/sign-in?to=${encodeURIComponent(path)}`]);
    });

    it('gives the plain page at the same address to who asks for it, because no script runs or none arrives', async () => {
      const { number } = await app.anIncident({ title: 'No script here' });

      const [room, list, practice] = [await bo.open(`/i/${number}?plain`), await bo.open('/?plain'), await bo.open('/practice/x?plain')];

      expect([room.status, list.status, practice.status]).toEqual([200, 200, 404]);
      expect(room.body).toContain(`action="/lite/i/${number}"`);
      expect(list.body).toContain('No script here');
      expect(practice.body).toContain('which needs JavaScript');
    });

    it('gives its files for ever, made small', async () => {
      const answer = await fetch(`${app.url}/assets/index-abc.js`, { headers: { 'accept-encoding': 'gzip' } });

      expect(answer.headers.get('content-encoding')).toBe('gzip');
      expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(answer.headers.get('content-type')).toMatch(/javascript/);
      expect(await answer.text()).toContain('xxxx');
      expect((await fetch(`${app.url}/assets/deep/icon.svg`)).headers.get('content-type')).toContain('image/svg+xml');
      expect(await (await fetch(`${app.url}/assets/font.woff2`)).text()).toBe('font');
    });

    it.each(['..%2fsecret.txt', '%2e%2e/secret.txt', '..%5csecret.txt', '.hidden', 'deep', 'none.js', 'x%00.js', '%2fetc%2fpasswd'])(
      'gives no other file: %s',
      async (path) => {
        const answer = await fetch(`${app.url}/assets/${path}`);

        expect(answer.status).toBe(404);
        expect(await answer.text()).not.toContain('secret\n');
      },
    );

    it('is given while the database is away, because the device has a copy of its rooms', async () => {
      const database = app.get(Database);
      const query = database.query.bind(database);
      Object.assign(database, { query: () => Promise.reject(Object.assign(new Error('connection terminated'), { code: '57P01' })) });

      const [room, plain, sent] = await Promise.all([
        bo.open('/i/INC-1'),
        bo.open('/lite/i/INC-1'),
        bo.send('/lite/i/INC-1', { do: 'message', id: 'x', text: 'Not lost' }),
      ]).finally(() => Object.assign(database, { query }));

      expect(room.status).toBe(200);
      expect([plain.status, sent.status]).toEqual([503, 503]);
      expect(plain.body).toContain('The database does not answer');
      expect(sent.body).toContain('Not lost</textarea>');
    });
  });
});
