import type { Attempt } from '@musterhq/chat-port';
import { Chats } from '#src/platform/chats/chats';
import { createLog } from '#src/platform/logging/logging';
import { useApp } from '#test/support/app';
import { until } from '#test/support/until';
import { anAdmin } from '#test/war-room/pages/browser';
import { OutsideFolder } from './outside-folder.ts';

const folder = new OutsideFolder([]);
const { said } = folder;
const chat = (id: string, does: Record<string, string> = {}): object => ({ id, package: '@acme/unruly', config: { said, does } });
/** One for each kind of end, for the third end switches it off. */
const ENDING = ['throw later', 'reject later', 'exit', 'leak', 'loop', 'end health'];
const idOf = (way: string): string => `ends-by-${way.replaceAll(' ', '-')}`;
folder.chats([
  chat('good'),
  chat('bad'),
  chat('off'),
  chat('mute', { capabilities: 'loop' }),
  chat('broken', { capabilities: 'throw' }),
  chat('no-close', { close: 'wait' }),
  chat('no-connect', { connect: 'reject' }),
  chat('never-connects', { connect: 'wait' }),
  chat('no-setup', { setup: 'throw' }),
  chat('no-steps', { steps: 'reject' }),
  chat('slow-steps', { steps: 'wait' }),
  chat('odd-steps', { steps: 'nonsense' }),
  ...ENDING.map((way) => chat(idOf(way))),
]);

const lines: string[] = [];
const into = { write: (line: string): void => void lines.push(line) };
const hasSaid = (instance: string, message: string, why = ''): boolean =>
  lines.some((line) => {
    const { msg, ...facts } = JSON.parse(line) as { msg: string; instance?: string; why?: string };
    return facts.instance === instance && msg.includes(message) && (facts.why ?? '').includes(why);
  });

describe('An adapter from outside that misbehaves', () => {
  const app = useApp({ environment: { MUSTER_CHATS: folder.file }, log: createLog('info', ['web'], into, into) });
  const chats = (): Chats => app.get(Chats);
  const adapterOf = (id: string) => until(`${id} runs`, () => chats().get(id)?.adapter, 30_000);
  const tell = async (id: string, body: string, ms = 5_000): Promise<Attempt<unknown>> =>
    (await adapterOf(id)).messages.send(
      { key: 'k', room: { adapter: id, tenant: 'T', room: 'r' }, part: { body, chars: body.length, bytes: body.length } },
      AbortSignal.timeout(ms),
    );
  const hook = async (id: string, body: string): Promise<number> =>
    (await fetch(new URL(`/hooks/${id}`, app.url), { method: 'POST', body })).status;

  beforeAll(async () => {
    for (const id of ['good', 'bad', 'off', 'mute', 'broken', 'no-close', ...ENDING.map(idOf)]) await adapterOf(id);
  }, 60_000);
  afterAll(() => folder.remove());
  /** Whatever the others did: this one and the room go on. */
  afterEach(async () => {
    expect(await tell('good', 'still here')).toMatchObject({ outcome: 'done' });
    expect(await hook('good', 'hello')).toBe(202);
    expect((await app.api('GET', '/api/v1/incidents')).status).toBe(200);
  });

  it.each(['throw', 'reject', 'nonsense', 'nothing', 'of another chat', 'long'])(
    'and answers a call by "%s" counts as unknown',
    async (way) => {
      expect(await tell('bad', way)).toMatchObject({ outcome: 'unknown', fault: { code: 'protocol', native: 'thrown' } });
      expect(lines.join()).not.toContain('words of the adapter');
    },
  );

  it('and never answers is waited for as long as the caller is patient', async () => {
    const began = Date.now();

    expect(await tell('bad', 'wait', 300)).toMatchObject({ outcome: 'unknown', fault: { code: 'timeout' } });

    expect(Date.now() - began).toBeLessThan(5_000);
    expect(await tell('bad', 'hello')).toMatchObject({ outcome: 'done' });
  });

  it.each(ENDING)(
    'and ends by "%s" ends alone, and is started again',
    async (way) => {
      const id = idOf(way);
      const before = await adapterOf(id);
      const under = tell(id, 'wait', 60_000);
      const last = tell(id, way, 60_000);

      // Nobody knows what became of what was under way.
      expect([await under, await last].map(({ outcome }) => outcome)).toEqual(['unknown', 'unknown']);
      await until('another one', () => chats().get(id)?.adapter !== before && chats().get(id), 30_000);

      expect(await tell(id, 'hello')).toMatchObject({ outcome: 'done' });
      expect(hasSaid(id, 'chat ended, will be started again')).toBe(true);
    },
    90_000,
  );

  it('and ends a third time is switched off, with its reason for whoever looks, and comes back with other settings', async () => {
    for (let n = 1; n <= 3; n++) {
      const ending = await adapterOf('off');
      await tell('off', 'throw later');
      await until('it has ended', () => chats().get('off')?.adapter !== ending);
    }
    const ana = await anAdmin(app);
    await until('the page says so', async () =>
      (await ana.open('/adapters')).body.includes('third time within ten minutes, so it is switched off'),
    );

    expect(hasSaid('off', 'chat is switched off')).toBe(true);
    await chats().reload();
    expect(chats().get('off')).toBeNull();
    // Its platform is told to send it again.
    expect(await hook('off', 'hello')).toBe(503);

    await app.database.query(`update chat_instance set name = 'Off and on' where id = 'off'`);
    await chats().reload();
    expect(await tell('off', 'hello')).toMatchObject({ outcome: 'done' });
  }, 90_000);

  it('and is caught where it has to answer at once makes nobody wait for long, and is ended', async () => {
    const mute = await adapterOf('mute');
    const began = performance.now();
    for (let n = 0; n < 20; n++) expect(mute.capabilities().features).toEqual({});

    expect(performance.now() - began).toBeLessThan(3_000);
    await until('it is ended', () => hasSaid('mute', 'chat ended'), 40_000);
  }, 60_000);

  it('and cannot say what it can do is taken to do nothing but words', async () => {
    expect((await adapterOf('broken')).capabilities()).toMatchObject({ features: {}, threads: 'none', reconcile: 'none' });
  });

  it('and throws, waits or talks nonsense when its platform calls: its platform is told to send it again', async () => {
    for (const body of ['throw', 'reject', 'nonsense', 'nothing', 'too many', 'of another', 'garbled'])
      expect(await hook('bad', body)).toBe(503);
    expect(await hook('bad', 'hello')).toBe(202);
    expect(await app.database.query(`select 1 from inbox where instance in ('good', 'bad')`)).toEqual([]);
  });

  it('and tells of another chat’s room is not believed', async () => {
    expect(await tell('bad', 'tell of another chat')).toMatchObject({ outcome: 'unknown' });
    expect(await app.database.query(`select 1 from inbox where instance in ('good', 'bad')`)).toEqual([]);
  });

  it('and floods with events is refused most of them', async () => {
    const flooded = await tell('bad', 'flood with events', 30_000);

    expect(flooded).toMatchObject({ outcome: 'done', value: { message: { id: expect.stringMatching(/^refused:2\d{4}$/) } } });
    await app.database.query(`delete from inbox where instance = 'bad'`);
  }, 60_000);

  it('and floods with its health is heard now and then', async () => {
    let heard = 0;
    const listening = chats().health$.subscribe(({ instance }) => (heard += instance === 'bad' ? 1 : 0));

    expect(await tell('bad', 'flood with health', 30_000)).toMatchObject({ outcome: 'done' });
    await until('the last', () => chats().get('bad')?.health.since === 99_999);

    listening.unsubscribe();
    expect(heard).toBeLessThan(100);
  }, 60_000);

  it('and cannot let go is let go', async () => {
    await app.database.query(`delete from chat_instance where id = 'no-close'`);
    const began = Date.now();

    await chats().reload();

    expect(chats().get('no-close')).toBeNull();
    expect(Date.now() - began).toBeLessThan(10_000);
  });

  it('and cannot begin to listen is told, and tried again', async () => {
    const ana = await anAdmin(app);
    await until('the page says so', async () =>
      (await ana.open('/adapters')).body.includes('no-connect could not begin to listen, and is tried again'),
    );
  });

  it('sees nothing of Muster’s environment, and prints nothing into its log', async () => {
    const seen = await tell('bad', 'say what it sees');

    expect(seen).toMatchObject({ outcome: 'done', value: { message: { id: expect.stringMatching(/^[\w,]*$/) } } });
    expect(JSON.stringify(seen)).not.toMatch(/DATABASE|MUSTER|TOKEN|SECRET|JEST/);
    expect(await tell('bad', 'print')).toMatchObject({ outcome: 'done' });
  });

  it.each([
    ['no-setup', 'cannot say how it is set up'],
    ['no-steps', 'cannot say how it is set up'],
    ['slow-steps', 'cannot say how it is set up'],
    ['odd-steps', 'The adapter said something else than steps'],
  ])(
    'and has a setup like "%s" is a sentence on that page',
    async (id, say) => {
      const { status, body } = await (await anAdmin(app)).open(`/adapters/${id}/setup`);

      expect(status).toBe(200);
      expect(body).toContain(say);
    },
    60_000,
  );
});
