import { Chats } from '#src/platform/chats/chats';
import { createLog } from '#src/platform/logging/logging';
import { FakeChat } from '#test/rooms/fake-chat';
import { useApp } from '#test/support/app';
import { until } from '#test/support/until';
import { aGuest, anAdmin, aResponder } from '#test/war-room/pages/browser';
import { OutsideFolder } from './outside-folder.ts';

process.env['OUTSIDE_PASSWORD'] = 'a-password-from-outside';

const folder = new OutsideFolder([]);
const { said } = folder;
const unruly = { package: '@acme/unruly' };
folder.install('@acme/fails', `throw new Error('words of the package');`);
folder.install('@acme/never', `await new Promise(() => undefined);`);
folder.install('@acme/loops', `for (;;);`);
folder.install('@acme/lacks', `import 'is-not-there';`);
folder.install('@acme/other', `export const anything = 1;`);
folder.install('@acme/newer', `export const plugin = { chatport: 2, id: 'newer', name: 'Newer', config: {}, create: () => null };`);
folder.install('@acme/half', `export default { chatport: 1, id: 'half', name: 'Half' };`);
folder.install('@acme/empty', `export default { chatport: 1, id: 'e', name: 'E', config: {}, create: async () => ({}) };`);
folder.install('@acme/schema', `export default { chatport: 1, id: 's', name: 'S', config: { type: 'no such type' }, create: () => null };`);
folder.write('mine.js', `export { default as plugin } from '@acme/unruly';`);
folder.write('package.json', '{ "type": "module" }');

/** By id: what is asked for, and what is said of it. */
const WRONG: Readonly<Record<string, readonly [entry: Record<string, unknown>, say: string]>> = {
  'not-installed': [
    { package: '@acme/nowhere' },
    `The package @acme/nowhere is not installed. Run "npm install @acme/nowhere" in ${folder.path}.`,
  ],
  'no-file': [{ package: './not-there.js' }, `There is no file ./not-there.js, seen from ${folder.path}.`],
  fails: [{ package: '@acme/fails' }, 'The package @acme/fails could not be loaded: it failed while it was imported.'],
  never: [{ package: '@acme/never' }, 'The package @acme/never was not loaded within 10 seconds'],
  loops: [{ package: '@acme/loops' }, 'The package @acme/loops was not loaded within 10 seconds'],
  lacks: [{ package: '@acme/lacks' }, 'The package @acme/lacks could not be loaded, because something that it needs is not there.'],
  other: [{ package: '@acme/other' }, 'The package @acme/other has no adapter. Its default export, or one named "plugin"'],
  newer: [
    { package: '@acme/newer' },
    'The package @acme/newer speaks version 2 of the contract for chats, and this Muster speaks version 1.',
  ],
  half: [{ package: '@acme/half' }, 'is not whole: config has to be a JSON Schema, create has to be a function.'],
  empty: [
    { package: '@acme/empty' },
    'The adapter lacks what every adapter has: capabilities, messages.render, messages.send, health$.subscribe, close.',
  ],
  schema: [{ package: '@acme/schema' }, 'The package @acme/schema describes its settings by something that is no JSON Schema.'],
  settings: [
    { ...unruly, config: { port: 'x', tls: 'perhaps', sald: 1 } },
    'The settings of "settings" are not as @acme/unruly wants them: sald is not known (did you mean said?); port has to be integer; tls has to be one of "yes", "no".',
  ],
  'no-secret': [
    { ...unruly, config: { said, secret: 'password' } },
    'The chat "no-secret" has no secret named "password". /adapters/no-secret/setup says where to put it',
  ],
  unset: [
    { ...unruly, secrets: { password: { env: 'OUTSIDE_NOT_SET' } } },
    'The chat "unset" lacks what its secrets are read from: OUTSIDE_NOT_SET, for its secret "password". Set this variable where Muster is started',
  ],
  throws: [
    { ...unruly, config: { does: { create: 'throw' } } },
    'The adapter of "throws" could not be made: @acme/unruly says that something is wrong.',
  ],
  waits: [{ ...unruly, config: { does: { create: 'wait' } } }, 'The adapter of "waits" was not made within 10 seconds.'],
  'Big Id': [{ ...unruly }, 'The chat "Big Id" of chats.json is not usable: id has to begin with a small letter'],
  muster: [{ ...unruly }, 'The chat "muster" of chats.json is not usable: id is taken by Muster itself.'],
  both: [{ ...unruly, plugin: 'fake' }, 'The chat "both" of chats.json is not usable: it needs either "package"'],
  'a-word-too-many': [{ ...unruly, secret: {} }, 'The chat "a-word-too-many" of chats.json is not usable: secret is not known.'],
  'plain-secret': [
    { ...unruly, secrets: { password: 'hunter2' } },
    'secrets.password has to be written as { "env": "NAME_OF_A_VARIABLE" }',
  ],
  'no-plugin': [
    { plugin: 'mattermost' },
    'The chat "no-plugin" names the plugin "mattermost", which this Muster does not have. It has fake',
  ],
};

folder.chats([
  { id: 'office', name: 'The office', ...unruly, config: { said, secret: 'password' }, secrets: { password: { env: 'OUTSIDE_PASSWORD' } } },
  { id: 'home', ...unruly, config: { said } },
  { id: 'by-path', package: './mine.js' },
  { id: 'second', name: 'A second one', plugin: 'fake' },
  { id: 'home', ...unruly },
  ...Object.entries(WRONG).map(([id, [entry]]) => ({ id, ...entry })),
]);

const lines: string[] = [];
const into = { write: (line: string): void => void lines.push(line) };
const hasSaid = (instance: string, message: string, why = ''): boolean =>
  lines.some((line) => {
    const { msg, ...facts } = JSON.parse(line) as { msg: string; instance?: string; why?: string };
    return facts.instance === instance && msg.includes(message) && (facts.why ?? '').includes(why);
  });

describe('Chats from a file', () => {
  const fake = new FakeChat('fake');
  const app = useApp({
    platforms: [fake.platform],
    environment: { MUSTER_CHATS: folder.file },
    log: createLog('info', ['web'], into, into),
  });
  const chats = (): Chats => app.get(Chats);
  afterAll(() => folder.remove());

  const room = { adapter: 'office', tenant: 'T', room: 'r' };
  const soon = (): AbortSignal => AbortSignal.timeout(20_000);
  const part = { body: 'hello', chars: 5, bytes: 5 };

  it('joins the adapter of a package, found by its name beside the file, with its settings and its secrets', async () => {
    // What never comes to an end keeps the others waiting for ten seconds, and what was too slow is tried again.
    const office = await until('the office', () => chats().get('office'), 50_000);

    expect(office).toMatchObject({ id: 'office', name: 'The office', plugin: 'package:@acme/unruly' });
    expect(folder.heard()).toContain('office knows a-password-from-outside');
    expect(await office.adapter.messages.send({ key: 'k', room, part }, soon())).toMatchObject({ outcome: 'done' });
    expect(folder.heard()).toContain('office: hello');
  });

  it('joins several of one package, one by its path, and a second one of what comes with Muster', async () => {
    await until('all', () => ['office', 'home', 'by-path', 'second'].every((id) => chats().get(id)?.health.state === 'ready'), 50_000);

    await chats()
      .get('home')
      ?.adapter.messages.send({ key: 'k', room: { ...room, adapter: 'home' }, part }, soon());

    expect(folder.heard()).toContain('home: hello');
    expect(chats().get('second')).toMatchObject({ name: 'A second one', plugin: 'fake' });
  });

  it('hands it an answer that came late', async () => {
    const via = { id: 'a gesture', user: { adapter: 'office', tenant: 'T', user: 'mia' }, room, expiresAt: 0, handle: 'h' };
    const content = { blocks: [], summary: 'INC-1 is declared' };

    const office = await until('the office', () => chats().get('office'));
    const given = await office.adapter.answers?.give(via, { t: 'private', content }, soon());

    expect(given).toMatchObject({ outcome: 'done' });
    expect(folder.heard()).toContain('office answers a gesture: private INC-1 is declared');
  });

  it('hands it what its platform sends, under its own address', async () => {
    const answer = await fetch(new URL('/hooks/home', app.url), { method: 'POST', body: 'hello' });

    expect([answer.status, await answer.text()]).toEqual([202, 'thank you']);
  });

  describe.each(Object.entries(WRONG))('"%s", which cannot be', (id, [, say]) => {
    it('is one sentence, in the log and on the page, and costs itself', async () => {
      const ana = await anAdmin(app);
      const escaped = say.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

      await until(`the page says so of ${id}`, async () => (await ana.open('/adapters')).body.includes(escaped), 60_000);

      expect(hasSaid(id, 'chat', say)).toBe(true);
      expect(chats().get('office')).not.toBeNull();
    }, 90_000);
  });

  it('says of two with one id that the first one counts', async () => {
    const { body } = await (await anAdmin(app)).open('/adapters');

    expect(body).toContain('Two chats of chats.json have the id &quot;home&quot;. The first one counts');
    expect(chats().get('home')?.health.state).toBe('ready');
  });

  it('shows what a package says in its own words to admins, and to nobody else', async () => {
    const [admin, responder, guest] = [await anAdmin(app), await aResponder(app, 'Bo'), await aGuest(app)];
    await until('the words', async () => (await admin.open('/adapters')).body.includes('words of the package'));

    expect((await responder.open('/adapters')).body).toContain('it failed while it was imported');
    for (const other of [responder, guest]) expect((await other.open('/adapters')).body).not.toContain('words of the package');
    const { body } = await app.api('GET', '/api/v1/chats');
    expect(JSON.stringify(body)).toContain('it failed while it was imported');
    expect(JSON.stringify(body) + lines.join()).not.toContain('words of the package');
    expect((await guest.open('/adapters')).body).not.toContain('office');
  });

  it('writes no secret and no setting into the log', () => {
    expect(lines.join()).not.toContain('a-password-from-outside');
    expect(lines.join()).not.toContain('hunter2');
    expect(lines.join()).not.toContain('perhaps');
  });

  it('finds a package that is installed later', async () => {
    folder.install('@acme/nowhere', `export { default } from '@acme/unruly';`);

    await until('it runs', () => chats().get('not-installed'), 60_000);

    const ana = await anAdmin(app);
    await until('nobody says that it does not', async () => !(await ana.open('/adapters')).body.includes('@acme/nowhere is not installed'));
  }, 90_000);

  describe('how one is set up', () => {
    it('is said by its adapter, step by step, with what to copy, its file and its secrets', async () => {
      const { status, body } = await (await anAdmin(app)).open('/adapters/office/setup');

      expect(status).toBe(200);
      expect(body).toContain('Tell office who we are');
      expect(body).toContain('&lt;Muster&gt;');
      expect(body).toContain('<a href="https://unruly.example/help"');
      expect(body).toContain('Give it the file (done)');
      expect(body).toContain(folder.file);
      expect(body).toContain('<code>password</code>, from <code>OUTSIDE_PASSWORD</code>: set');
      expect(body).toContain('/hooks/office');
    });

    it('is said before its secrets are set, and names the one that is not', async () => {
      const { body } = await (await anAdmin(app)).open('/adapters/unset/setup');

      expect(body).toContain('Tell unset who we are');
      expect(body).toContain('<code>password</code>, from <code>OUTSIDE_NOT_SET</code>: not set');
    });

    it('gives its files, and none that it does not have', async () => {
      const ana = await anAdmin(app);
      const { body: page } = await ana.open('/adapters/office/setup');
      const [file, none] = [await ana.open('/adapters/office/setup/a%20file.txt'), await ana.open('/adapters/office/setup/passwd')];

      expect(page).toContain('/adapters/office/setup/a%20file.txt');
      expect(file.body).toBe('from outside');
      expect(file.headers.get('content-disposition')).toContain('attachment');
      expect(none.status).toBe(404);
    });

    it('is a sentence where the package cannot be loaded', async () => {
      const { status, body } = await (await anAdmin(app)).open('/adapters/fails/setup');

      expect(status).toBe(200);
      expect(body).toContain('it failed while it was imported');
    });
  });
});
