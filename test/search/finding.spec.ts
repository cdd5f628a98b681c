import { uuidv7 } from 'uuidv7';
import type { SearchPage } from '#libs/war-room-protocol/search';
import { viewerOf } from '#src/incidents/visibility.queries';
import { Sessions } from '#src/people/sessions';
import { rows } from '#src/platform/database/database';
import { Search } from '#src/search/search.service';
import { FakeChat } from '#test/rooms/fake-chat';
import { useApp } from '#test/support/app';
import { SomePerson } from '#test/support/person';
import { until } from '#test/support/until';

describe('Finding what happened', () => {
  const fake = new FakeChat('fake');
  const app = useApp({ roles: ['web', 'ingest', 'worker'], platforms: [fake.platform] });
  let ana: SomePerson;
  let bo: SomePerson;
  beforeAll(async () => {
    await fake.join(app);
    [ana, bo] = [await SomePerson.of(app, 'Ana'), await SomePerson.of(app, 'Bo')];
  });

  const find = async (q: string, who: SomePerson = bo, after?: string): Promise<SearchPage> => {
    const { status, body } = await who.api('GET', `/api/v1/search?${new URLSearchParams({ q, ...(after ? { after } : {}) }).toString()}`);
    if (status !== 200) throw new Error(`searching answered ${status}: ${JSON.stringify(body)}`);
    return body;
  };
  const numbers = async (q: string, who?: SomePerson): Promise<string[]> =>
    (await find(q, who)).results.map(({ incident }) => incident.number);
  const texts = async (q: string, who?: SomePerson): Promise<string[]> =>
    (await find(q, who)).results.flatMap(({ excerpts }) => excerpts.map(({ text }) => text));
  const says = async (who: SomePerson, number: string, text: string): Promise<string> => {
    const id = uuidv7();
    expect((await who.does(number, 'message', { text }, id)).status).toBe(200);
    return id;
  };

  describe('by its words', () => {
    it('finds an incident by its title, its summary and what was learned', async () => {
      const { number } = await ana.declares({ title: 'Zeppelin quota used up', summary: 'The walrus cluster is full' });
      await ana.does(number, 'resolve', { learned: 'We alert on aubergine now' });

      for (const words of ['zeppelin', 'walrus', 'aubergine', 'quota zeppelin']) expect(await numbers(words)).toEqual([number]);
    });

    it('follows an incident that is renamed', async () => {
      const { number } = await ana.declares({ title: 'Ocelot is slow' });
      await ana.does(number, 'rename', { title: 'Margay is slow' });

      expect([await numbers('ocelot'), await numbers('margay')]).toEqual([[], [number]]);
    });

    it('puts the incident of a number first', async () => {
      const one = await ana.declares({ title: 'The first' });
      const other = await ana.declares({ title: `Again what ${one.number} was` });

      expect(await numbers(one.number)).toEqual([one.number, other.number]);
      expect((await numbers(one.number.slice(4)))[0]).toBe(one.number);
    });

    it('finds what was said, with who said it and where it stands', async () => {
      const { number } = await ana.declares();
      await says(ana, number, 'The giraffe pool is exhausted');

      const [result] = (await find('giraffe')).results;

      const [posted] = await app.events(number, 'message.posted');
      expect(result).toMatchObject({ incident: { number }, by: { name: 'Ana' }, via: { id: 'web' }, seq: posted?.seq });
    });

    it('shows an incident before what was said', async () => {
      const said = await ana.declares();
      await says(ana, said.number, 'The pangolin again');
      const titled = await ana.declares({ title: 'Pangolin is down' });
      const newest = await ana.declares();
      await says(ana, newest.number, 'No pangolin here');

      expect(await numbers('pangolin')).toEqual([titled.number, newest.number, said.number]);
    });

    it.each([
      ['another form of it', 'The flamingos were failing', 'flamingo fails'],
      ['its beginning, while it is typed', 'Numbat is back', 'numb'],
      ['a part of a path, a host or a name', 'See /srv/quokka_wait on db-7.eu.internal', 'quokka internal'],
      ['capitals or none', 'ECHIDNA', 'echidna'],
      ['words of other languages', 'Der Schlüssel zum Gürteltier fehlt', 'gürteltier'],
      ['little words too, where nothing else is asked', 'To be or not to be', '"not to be"'],
    ])('finds by %s', async (_, text, words) => {
      const { number } = await ana.declares();
      await says(ana, number, text);

      expect(await numbers(words)).toEqual([number]);
    });

    it('wants every word, those in quotes in their order, and none with a minus', async () => {
      const { number } = await ana.declares();
      for (const text of ['tapir before okapi', 'okapi before tapir', 'tapir alone']) await says(ana, number, text);

      expect(await texts('tapir okapi')).toHaveLength(2);
      expect(await texts('"tapir before okapi"')).toEqual(['tapir before okapi']);
      expect(await texts('tapir -okapi')).toEqual(['tapir alone']);
    });

    it('marks what was asked for in the words as they were written', async () => {
      const { number } = await ana.declares();
      await says(ana, number, `${'Nothing much. '.repeat(30)}We restart the dugong/worker: dugongs *leak*. ${'And so on. '.repeat(30)}`);

      const [excerpt] = (await find('dugong')).results[0]?.excerpts ?? [];

      expect(excerpt?.marks.map(([begin, end]) => excerpt.text.slice(begin, end))).toEqual(['dugong', 'dugongs']);
      expect(excerpt?.text).toMatch(/^….*We restart the dugong\/worker: dugongs \*leak\*\..*…$/);
      expect(excerpt?.text.length).toBeLessThan(260);
    });

    it('finds what was told in an update', async () => {
      const { number } = await ana.declares();
      expect((await ana.does(number, 'update', { text: 'The stoat is back, we watch it' })).status).toBe(200);

      expect((await find('stoat')).results).toMatchObject([{ incident: { number }, by: { name: 'Ana' }, excerpts: [{ in: 'update' }] }]);
    });

    it('finds back-dated entries and files by their names', async () => {
      const { number } = await ana.declares();
      await ana.does(number, 'entry', { text: 'The narwhal deploy went out', at: '2026-01-01T10:00:00Z' });
      await fetch(
        new URL(`/api/v1/incidents/${number}/files?${new URLSearchParams({ id: uuidv7(), name: 'narwhal.txt' }).toString()}`, app.url),
        {
          method: 'POST',
          headers: { 'content-type': 'text/plain', cookie: ana.cookie, 'sec-fetch-site': 'same-origin' },
          body: 'some lines',
        },
      );

      expect((await texts('narwhal')).sort()).toEqual(['The narwhal deploy went out', 'narwhal.txt']);
    });

    it('says what to write when there is nothing to look for', async () => {
      for (const q of ['', ' !? ', '-only -without'])
        expect(await bo.api('GET', `/api/v1/search?${new URLSearchParams({ q }).toString()}`)).toMatchObject({
          status: 400,
          body: { detail: expect.stringContaining('Say what to look for') as string },
        });
    });

    it('says that it is too much, on the page and by command, where a log was pasted', async () => {
      const { number } = await ana.declares();
      for (const text of ['lynx '.repeat(13), `lynx${'x'.repeat(200)}`, 'lynx '.repeat(1_900)])
        expect(JSON.stringify((await ana.does(number, 'command', { text: `/find ${text}` })).body)).toContain('Look for less at once');

      expect(await bo.api('GET', `/api/v1/search?q=${'lynx+'.repeat(13)}`)).toMatchObject({
        status: 400,
        body: { detail: expect.stringContaining('at most 12 words') as string },
      });
    });

    it('takes whatever somebody types for words', async () => {
      for (const q of [`'; drop table incident; --`, 'a & | ! ( :* <->', '"', 'x'.repeat(200), '\\', '%_', '٣ 你好 😀 z'])
        expect((await bo.api('GET', `/api/v1/search?${new URLSearchParams({ q }).toString()}`)).status).toBeLessThan(500);
    });
  });

  describe('as it is now', () => {
    it('finds an edited message by its new words only, and a deleted one not at all', async () => {
      const { number } = await ana.declares();
      const messageId = await says(ana, number, 'The gazelle is down');
      await ana.does(number, 'edit', { messageId, text: 'The antelope is down' });

      expect([await texts('gazelle'), await texts('antelope')]).toEqual([[], ['The antelope is down']]);

      await ana.does(number, 'delete', { messageId });
      expect(await texts('antelope')).toEqual([]);
    });

    it('follows what is said, edited and deleted in a chat', async () => {
      const { number } = await ana.declares();
      const room = await fake.room(app, number);
      const place = await fake.says('mia', room, 'The bongo is down');
      await fake.heard(app);
      expect(await texts('bongo')).toEqual(['The bongo is down']);

      await fake.chat.edit('mia', place, 'The kudu is down');
      await fake.heard(app);
      expect([await texts('bongo'), await texts('kudu')]).toEqual([[], ['The kudu is down']]);

      await fake.chat.remove('mia', place);
      await fake.heard(app);
      expect(await texts('kudu')).toEqual([]);
    });
  });

  describe('for whoever may see it', () => {
    it('finds nothing of a private incident for others, whatever their role, and all of it for those in it', async () => {
      const { number } = await ana.declares({ title: 'Private wombat', private: true });
      await says(ana, number, 'The wombat ledger was taken');
      const admin = await SomePerson.of(app, 'Zoe', 'admin');
      await until('the words are known', async () => (await find('wombatt', ana)).isNearly);

      for (const words of ['wombat', 'ledger', number, 'wombatt', '"wombat ledger"'])
        for (const who of [bo, admin]) expect((await find(words, who)).results).toEqual([]);
      expect(await numbers('wombat', ana)).toEqual([number, number]);
    });

    it('counts what is private to nobody: pages of others are full, and end where theirs end', async () => {
      for (let n = 0; n < 25; n++) await (n % 2 ? ana : bo).declares({ title: `Lemur ${n}`, private: n % 2 === 1 });

      const page = await find('lemur', bo);

      expect([page.results.length, page.next]).toEqual([13, null]);
    });

    it('finds nothing any more when it becomes private', async () => {
      const { number } = await ana.declares({ title: 'A quiet serval' });
      await ana.does(number, 'privacy', { private: true });

      expect([await numbers('serval'), await numbers('serval', ana)]).toEqual([[], [number]]);
    });

    it('finds a drill for whoever practises it, and for nobody else', async () => {
      const { person, session } = await app.get(Sessions).openForPractice('You');
      const { id, number } = await app.anIncident({ title: 'Practised caracal' });
      await app.database.query(`update incident set kind = 'drill', practice_instance = 'practice-1' where id = $1`, [id]);
      await app.database.query(`insert into practice (id, owner, instance) values ($1, $2, 'practice-1')`, [uuidv7(), person.id]);
      await ana.declares({ title: 'A real caracal' });

      const found = await fetch(`${app.url}/api/v1/search?q=caracal`, { headers: { cookie: `muster=${session}` } });

      expect(((await found.json()) as SearchPage).results.map(({ incident }) => incident.number)).toEqual([number]);
      expect((await find('caracal')).results.map(({ incident }) => incident.title)).toEqual(['A real caracal']);
    });

    it('asks at the door', async () => {
      expect((await fetch(`${app.url}/api/v1/search?q=x`)).status).toBe(401);
    });
  });

  describe('page by page', () => {
    it('gives everything once, in one order, also when more is said meanwhile', async () => {
      const rooms = [await ana.declares({ title: 'Ibex one' }), await ana.declares({ title: 'Ibex two' })];
      for (const { number } of rooms) for (let n = 1; n <= 25; n++) await says(ana, number, `ibex ${n}`);

      const seen: string[] = [];
      for (let after: string | undefined, pages = 0; pages < 9; pages++) {
        const page = await find('ibex', bo, after);
        seen.push(...page.results.map(({ incident, excerpts }) => `${incident.number} ${excerpts[0]?.text}`));
        if (page.next === null) break;
        after = page.next;
        await says(ana, rooms[1]!.number, 'ibex, newer than what is looked at');
      }

      const [one, two] = rooms.map(({ number }) => number);
      const down = (number: string | undefined): string[] => Array.from({ length: 25 }, (_, n) => `${number} ibex ${25 - n}`);
      expect(seen.filter((text) => !text.includes('newer'))).toEqual([`${two} Ibex two`, `${one} Ibex one`, ...down(two), ...down(one)]);
      expect(new Set(seen).size).toBe(seen.length);
    });

    it('refuses a place that it did not give', async () => {
      for (const after of ['nonsense', Buffer.from('{}').toString('base64url')])
        expect((await bo.api('GET', `/api/v1/search?q=ibex&after=${after}`)).status).toBe(400);
    });
  });

  describe('in spite of typing errors', () => {
    it.each([
      ['a letter missing', 'cheetahs are sprinting', 'cheetas'],
      ['a letter too many', 'the alpaca queue', 'allpaca'],
      ['two letters swapped', 'the platypus gateway', 'paltypus'],
      ['another letter', 'the mongoose index', 'mongaose'],
      ['one of several words wrong', 'the capybara shard is full', 'capibara shard'],
    ])('finds with %s, and says that it is only nearly so', async (_, text, words) => {
      const { number } = await ana.declares();
      await says(ana, number, text);

      const page = await until('the words are known', async () => {
        const found = await find(words);
        return found.results.length > 0 && found;
      });

      expect(page).toMatchObject({ isNearly: true, results: [{ incident: { number }, excerpts: [{ text }] }] });
      expect(page.results[0]?.excerpts[0]?.marks.length).toBeGreaterThan(0);
    });

    it('leaves what is spelled right as it is', async () => {
      const { number } = await ana.declares();
      await says(ana, number, 'The marmot is down');
      await says(ana, number, 'The marmoset is down');

      expect(await find('marmot')).toMatchObject({ isNearly: false, results: [{ excerpts: [{ text: 'The marmot is down' }] }] });
    });

    it('turns the pages of what is only nearly so', async () => {
      const { number } = await ana.declares();
      for (let n = 1; n <= 25; n++) await says(ana, number, `hedgehog ${n}`);
      const first = await until('the words are known', async () => {
        const found = await find('hegdehog');
        return found.next !== null && found;
      });

      const second = await find('hegdehog', bo, first.next ?? '');

      expect([first.results.length, second.results.length, second.next, second.isNearly]).toEqual([20, 5, null, true]);
    });
  });

  describe('from a room or a chat', () => {
    it('answers privately with links', async () => {
      const { number } = await ana.declares({ title: 'Binturong is slow' });
      const { body } = await ana.does(number, 'command', { text: '/find binturong' });

      expect((body as { say: string; seq: unknown }).say).toContain(`${number} Binturong is slow`);
      expect(await app.texts(number)).toEqual([]);
    });

    it('shows somebody in a chat what they may see, and nobody what they said', async () => {
      const { number } = await ana.declares({ title: 'Secret kinkajou', private: true });
      const open = await ana.declares({ title: 'Open kinkajou' });
      const room = await fake.room(app, open.number);
      const answer = JSON.stringify(await fake.chat.command('mia', room, 'incident', 'find kinkajou'));

      expect(answer).toContain(open.number);
      expect(answer).not.toContain(number);
      expect(fake.said(room).join()).not.toContain('kinkajou is');
    });
  });

  describe('on a page without a script', () => {
    it('has a form, what it found with what was asked for marked, and a way to the rest', async () => {
      const { number } = await ana.declares({ title: 'Aardvark <b>' });
      for (let n = 1; n <= 20; n++) await says(ana, number, `aardvark ${n}`);
      const open = async (path: string): Promise<string> =>
        (await fetch(new URL(path, app.url), { headers: { cookie: bo.cookie } })).text();

      const page = await open('/search?q=aardvark');
      const next = /href="(\/search\?q=aardvark&amp;after=[^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';

      expect(page).toContain('<mark>Aardvark</mark> &lt;b&gt;');
      expect(page).toContain('<mark>aardvark</mark> 20');
      expect(await open(next)).toContain('<mark>aardvark</mark> 1<');
      expect(await open('/search')).toContain('What to look for');
      expect(await open('/search?q=zyxwvutsrq')).toContain('Nothing was found');
    });
  });
});

describe('Finding while the database has much to do', () => {
  const app = useApp({ roles: ['web'] });
  const find = (q: string): ReturnType<typeof app.api> => app.api('GET', `/api/v1/search?q=${q}`);

  it('ends after two seconds and says how to ask; more than three at once are told to come back', async () => {
    const { number } = await app.anIncident();

    const answers = await app.database.transaction(async (tx) => {
      // Whoever looks into the timeline waits, as for a question that takes for ever.
      await tx.query('lock table timeline_entry');
      return Promise.all([find('one'), find('two'), find('three'), find('four')]);
    });

    expect(answers.map(({ status }) => status).toSorted()).toEqual([422, 422, 422, 503]);
    const details = answers.map(({ status, body }) => `${status} ${(body as { detail: string }).detail}`);
    expect(details).toContain('422 This search took too long. Use rarer words, or more of them.');
    expect(details.find((detail) => detail.startsWith('503'))).toContain('Search again in a few seconds');
    expect((await find(number)).status).toBe(200);
  });

  it('leaves a command that finds its own time for what comes after', async () => {
    const ana = await SomePerson.of(app, 'Ana');

    const times = await app.database.transaction(async (tx) => {
      await app.get(Search).findIn(tx, 'one', await viewerOf(tx, ana.id));
      return rows(tx, 'show statement_timeout');
    });

    expect(times).toEqual([{ statement_timeout: '10s' }]);
  });

  it('can be switched off, and says so', async () => {
    await app.api('PUT', '/api/v1/operations/switches/search', { off: true, why: 'much to do' });
    const { number } = await app.anIncident();

    expect(await find('one')).toMatchObject({ status: 503, body: { detail: expect.stringContaining('Search is switched off') as string } });
    expect(JSON.stringify((await app.does(number, 'command', { text: '/find one' })).body)).toContain('Search is switched off');
  });
});

describe('Finding where pg_trgm is kept in another schema', () => {
  const app = useApp({ roles: ['web', 'worker'] });

  it('finds words as they are spelled, and fails for none', async () => {
    await app.database.query('create schema elsewhere');
    // Not moved: that is only for whoever owns what is in it, which on an installed server is not us.
    await app.database.query('drop extension pg_trgm cascade');
    await app.database.query('create extension pg_trgm schema elsewhere');
    const { status, body } = await app.api('GET', '/api/v1/search?q=pecary');

    expect([status, body]).toEqual([200, { results: [], next: null, isNearly: false, forgivesTypingErrors: false }]);
  });
});

describe('Finding where PostgreSQL lacks pg_trgm', () => {
  const app = useApp({ roles: ['web', 'worker'] });

  it('finds words as they are spelled, and says that typing errors are not forgiven', async () => {
    await app.database.query('drop extension pg_trgm cascade');
    await app.anIncident({ title: 'Peccary is down' });
    const find = async (q: string): Promise<SearchPage> => (await app.api('GET', `/api/v1/search?q=${q}`)).body;

    expect((await find('peccary')).results).toHaveLength(1);
    expect(await find('pecary')).toEqual({ results: [], next: null, isNearly: false, forgivesTypingErrors: false });
  });
});
