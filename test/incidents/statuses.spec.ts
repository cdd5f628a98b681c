import { randomUUID } from 'node:crypto';
import { useApp } from '#test/support/app';
import { fold } from '#test/support/fold';
import { FakeChat } from '#test/rooms/fake-chat';
import { SomePerson } from '#test/support/person';
import { stateOf } from '#test/support/state';
import { until } from '#test/support/until';

interface Status {
  readonly name: string;
  readonly category: string;
  readonly archived: boolean;
}

describe('Statuses of the organisation’s own', () => {
  const fake = new FakeChat('fake');
  const app = useApp({ roles: ['web', 'ingest', 'worker'], platforms: [fake.platform] });
  let ana: SomePerson;
  let admin: SomePerson;
  beforeAll(async () => {
    await fake.join(app);
    ana = await SomePerson.of(app, 'Ana');
    admin = await SomePerson.of(app, 'Ada', 'admin');
  });

  const add = async (name: string, category = 'active'): Promise<void> => {
    expect((await admin.api('POST', '/api/v1/statuses', { name, category })).status).toBe(201);
  };
  const change = async (name: string, to: object): Promise<{ status: number; body: { detail?: string } }> =>
    admin.api('PATCH', `/api/v1/statuses/${name}`, to);
  const statuses = async (category = 'active'): Promise<string[]> => {
    const { statuses: all } = (await ana.api('GET', '/api/v1/statuses')).body as { statuses: Status[] };
    return all.filter((one) => one.category === category).map(({ name, archived }) => (archived ? `(${name})` : name));
  };
  const standing = async (number: string): Promise<string> =>
    ((await ana.api('GET', `/api/v1/incidents/${number}`)).body as { status: string }).status;

  it('are archived while incidents stand at them, which keep them; nobody is moved there any more', async () => {
    await add('rolling-back');
    const { number, id } = await ana.declares();
    const other = await ana.declares();
    await ana.does(number, 'status', { to: 'rolling-back' });

    expect(await change('rolling-back', { archived: true })).toMatchObject({ status: 200, body: { archived: true } });

    expect(await standing(number)).toBe('rolling-back');
    expect((await statuses()).at(-1)).toBe('(rolling-back)');
    expect((await ana.does(other.number, 'status', { to: 'rolling-back' })).status).toBe(400);
    expect((await ana.does(number, 'status', { to: 'fixing' })).status).toBe(200);
    expect((await ana.does(number, 'status', { to: 'rolling-back' })).status).toBe(400);
    await change('rolling-back', { archived: false });
    expect((await ana.does(number, 'status', { to: 'rolling-back' })).status).toBe(200);
    expect(fold(await app.events(number))).toEqual(await stateOf(app, id));
  });

  it('get another word in their place; incidents that stand at the old one keep it, as their log does', async () => {
    await add('watching');
    await add('waiting-for-vendor');
    const { number, id } = await ana.declares();
    await ana.does(number, 'status', { to: 'watching' });
    const before = await statuses();

    await change('watching', { name: 'observing' });
    await change('waiting-for-vendor', { name: 'vendor' });

    expect(await statuses()).toEqual([
      ...before.map((name) => ({ watching: 'observing', 'waiting-for-vendor': 'vendor' })[name] ?? name),
      '(watching)',
    ]);
    expect(await standing(number)).toBe('watching');
    expect(fold(await app.events(number))).toEqual(await stateOf(app, id));
    expect(await change('vendor', { name: 'fixing' })).toMatchObject({ status: 400 });
    expect((await change('vendor', { name: 'Not a word' })).body.detail).toMatch(/^A status is one word/);
  });

  it('ask once, by a line, before an incident is closed without a sentence', async () => {
    const { number } = await ana.declares();
    const says = async (text: string): Promise<string> => ((await ana.does(number, 'command', { text })).body as { say: string }).say;

    expect(await says('/status canceled')).toMatch(/^This closes the incident.* Write \/status canceled yes to close it, or \/resolve/);
    expect(await standing(number)).toBe('investigating');
    expect(await says('/status canceled yes')).toBe('The status is canceled.');
    expect(await standing(number)).toBe('canceled');
    expect((await ana.does(number, 'command', { text: '/status fixing yes' })).status).toBe(400);
  });

  it('are understood in several words', async () => {
    await add('waiting-for-us');
    const { number } = await ana.declares();
    expect((await ana.does(number, 'command', { text: '/status Waiting  for us' })).body).toMatchObject({
      say: 'The status is waiting-for-us.',
    });
    expect((await ana.does(number, 'command', { text: '/status in doubt' })).body).toMatchObject({
      detail: expect.stringMatching(/^There is no status "in doubt"\. Choose/) as string,
    });
  });

  it('say that an incident is open again, by a line and by the API, and say it again when asked again', async () => {
    const { number } = await ana.declares();
    const id = randomUUID();
    await ana.does(number, 'resolve', { learned: 'We look first' });

    const line = (): Promise<{ body: { say: string } }> => ana.does(number, 'command', { text: '/status fixing' }, id);
    expect((await line()).body.say).toBe('Reopened: the status is fixing.');
    await ana.does(number, 'resolve', { learned: 'We look first' });
    expect((await line()).body.say).toBe('Reopened: the status is fixing.');

    expect((await ana.does(number, 'status', { to: 'identified' })).body).toMatchObject({ say: 'Reopened: the status is identified.' });
    expect((await ana.does(number, 'status', { to: 'monitoring' })).body).toEqual({ seq: expect.any(Number) as number });
  });

  describe('renamed while somebody moves an incident there', () => {
    const WAITING = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    const waiting = (many: number): Promise<unknown> =>
      until(`${many} wait`, async () => (await app.database.query(WAITING)).length >= many);
    /** Its chat writes nothing into it any more. */
    async function quiet(): Promise<{ number: string; id: string }> {
      const incident = await ana.declares();
      await fake.room(app, incident.number);
      await fake.told(app);
      return incident;
    }
    /** Asks one while what it writes into last is held, the other once the first waits for that, and lets both go on. */
    async function meanwhile<A, B>(held: string, first: () => Promise<A>, second: () => Promise<B>): Promise<[A, B]> {
      const { a, b } = await app.database.transaction(async (tx) => {
        await tx.query(held);
        const a = first();
        await waiting(1);
        const b = second();
        await waiting(2);
        return { a, b };
      });
      return [await a, await b];
    }

    it('are archived for it where it came first', async () => {
      await add('halting');
      const { number, id } = await quiet();

      const [moved, renamed] = await meanwhile(
        `select 1 from stream where id = '${id}' for update`,
        () => ana.does(number, 'status', { to: 'halting' }),
        () => change('halting', { name: 'holding' }),
      );

      expect([moved.status, renamed.status]).toEqual([200, 200]);
      expect(await standing(number)).toBe('halting');
      expect(await statuses()).toEqual(expect.arrayContaining(['holding', '(halting)']));
      expect(fold(await app.events(number))).toEqual(await stateOf(app, id));
    });

    it('are not known to it where it came second', async () => {
      await add('easing');
      const { number } = await quiet();

      const [renamed, moved] = await meanwhile(
        `select 1 from stream where kind = 'organisation' for update`,
        () => change('easing', { name: 'easing-off' }),
        () => ana.does(number, 'status', { to: 'easing' }),
      );

      expect([renamed.status, moved.status]).toEqual([200, 400]);
      expect(await standing(number)).toBe('investigating');
      expect((await ana.does(number, 'status', { to: 'easing-off' })).status).toBe(200);
    });
  });

  it('are put into an order, and an incident enters at the first', async () => {
    await add('assessing');

    await change('assessing', { place: 1 });
    const { number } = await ana.declares();
    expect(await standing(number)).toBe('assessing');
    await change('investigating', { place: 1 });

    expect((await statuses()).slice(0, 3)).toEqual(['investigating', 'assessing', 'identified']);
    expect(await standing((await ana.declares()).number)).toBe('investigating');
  });

  it('stand beside those that Muster came with, which stay', async () => {
    expect((await change('fixing', { archived: true })).body.detail).toBe(
      '"fixing" came with Muster and stays. Add one of your own beside it, and put it first.',
    );
    expect((await change('fixing', { name: 'mending' })).status).toBe(400);
    expect((await change('nothing', { place: 1 })).body.detail).toMatch(/^There is no status "nothing"/);
    expect((await ana.api('PATCH', '/api/v1/statuses/fixing', { place: 1 })).status).toBe(403);
  });

  it('are in the audit, each change once with what it was before', async () => {
    await add('on-hold', 'paused');
    await change('on-hold', { place: 1, archived: false });
    await change('on-hold', { place: 1 });

    const { changes } = (await admin.api('GET', '/api/v1/audit')).body as { changes: { what: string }[] };
    expect(changes.filter(({ what }) => what === 'on-hold')).toMatchObject([
      { type: 'status.added', by: { name: 'Ada' } },
      { type: 'status.changed', before: { name: 'on-hold', rank: 20 }, after: { name: 'on-hold' } },
    ]);
  });

  it('are looked after on a page, by admins', async () => {
    const post = (path: string, fields: Record<string, string>): Promise<Response> =>
      fetch(new URL(path, app.url), {
        method: 'POST',
        redirect: 'manual',
        headers: { cookie: admin.cookie, 'sec-fetch-site': 'same-origin' },
        body: new URLSearchParams(fields),
      });

    expect((await post('/settings/statuses', { name: 'drafting', category: 'post_incident' })).status).toBe(303);
    expect((await post('/settings/statuses/drafting', { name: 'writing', place: '1', archived: 'on' })).status).toBe(303);
    expect(await statuses('post_incident')).toEqual(['resolved', 'documenting', 'reviewing', '(writing)']);
    expect((await post('/settings/statuses/reviewing', { place: '2' })).status).toBe(303);

    const page = (await admin.api('GET', '/settings/statuses')).body as string;
    expect(page.indexOf('reviewing')).toBeLessThan(page.indexOf('documenting'));
    expect(page).toContain('writing <small>archived</small>');
    expect(page).not.toContain('id="name-fixing"');
    expect(page).not.toContain('Remove reviewing');

    const refused = await post('/settings/statuses', { name: 'Waiting for <legal>', category: 'paused' });
    const again = await refused.text();
    expect(refused.status).toBe(400);
    expect(again).toContain('such as &quot;waiting-for-legal&quot;.');
    expect(again).toContain('value="Waiting for &lt;legal&gt;"');
    expect(again).toContain('<option value="paused" selected>');

    expect((await post('/settings/statuses/writing/remove', {})).status).toBe(303);
    expect(await statuses('post_incident')).not.toContain('(writing)');
    await add('held');
    await ana.does((await ana.declares()).number, 'status', { to: 'held' });
    const kept = await post('/settings/statuses/held/remove', {});
    expect([kept.status, await kept.text()]).toEqual([409, expect.stringMatching(/<details open>[^]*Incidents stand at &quot;held&quot;/)]);
    expect((await ana.api('GET', '/settings/statuses')).status).toBe(403);
  });

  it('can be chosen in a chat’s form for an update, and are named where one is asked for', async () => {
    await add('failing-over');
    await add('given-up', 'canceled');
    await change('given-up', { archived: true });
    const { number } = await ana.declares();
    const room = await fake.room(app, number);

    await fake.chat.command('mia', room, 'incident', 'update');
    const { form } = fake.chat.forms().at(-1) ?? {};
    const asked = form?.fields.find(({ id }) => id === 'status') as { options: { value: string }[] } | undefined;
    const offered = asked?.options.map(({ value }) => value);
    expect(offered).toEqual(expect.arrayContaining(['as-is', 'investigating', 'failing-over', 'paused']));
    expect(offered).not.toContain('given-up');
    await fake.chat.submit('mia', 'update', { text: ['Over there'], status: ['failing-over'] }, { state: form?.state ?? '' });

    expect(await standing(number)).toBe('failing-over');
    const { say } = (await ana.does(number, 'command', { text: '/status' })).body as { say: string };
    expect(say).toMatch(/^The status is failing-over\. .*Choose investigating, .*failing-over/);
  });

  it('are as many in that form as a chat can show', async () => {
    for (let n = 0; n < 100; n++)
      await app.database.query(`insert into status (name, category, rank) values ($1, 'active', $2)`, [`step-${n}`, 10_000 + n]);
    const { number } = await ana.declares();

    await fake.chat.command('mia', await fake.room(app, number), 'incident', 'update');

    const asked = fake.chat
      .forms()
      .at(-1)
      ?.form.fields.find(({ id }) => id === 'status') as { options: object[] } | undefined;
    expect(asked?.options).toHaveLength(100);
  });
});
