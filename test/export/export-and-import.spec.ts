import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IncidentView } from '#libs/war-room-protocol/views';
import { storeOf } from '#src/artifacts/store/store-of';
import { type Imported, importIncident } from '#src/export/import-incident';
import { readConfig } from '#src/platform/config/config';
import { Watching } from '#test/api/read-stream';
import { FakeChat } from '#test/rooms/fake-chat';
import { TOKEN, useApp } from '#test/support/app';
import { SomePerson } from '#test/support/person';
import { until } from '#test/support/until';

const LOG = '03:00:01 pool saturated\n'.repeat(40_000);

describe('Taking an incident to another Muster', () => {
  const fake = new FakeChat('fake');
  const here = useApp({ roles: ['web', 'ingest', 'worker'], platforms: [fake.platform] });
  const there = useApp({ roles: ['web', 'worker'] });
  let folder: string;
  let id: string;
  let number: string;
  let exported: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'muster-export-'));
    await fake.join(here);
    ({ id, number } = await here.anIncident({ summary: 'Every card is declined' }));
    const room = await fake.room(here, number);
    await here.says(number, 'It began at 3');
    const said = await fake.says('mia', room, 'first version');
    await fake.chat.edit('mia', said, 'second version');
    await fake.chat.remove('mia', await fake.says('mia', room, 'never mind'));
    await fake.heard(here);
    await here.does(number, 'severity', { to: 'SEV1', reason: 'everybody is affected' });
    await here.does(number, 'lead', { to: 'me' });
    await here.does(number, 'update', { text: 'Half is back', status: 'fixing', nextUpdateIn: 15 });
    await here.does(number, 'snooze', { minutes: 60 });
    await here.does(number, 'role', { role: 'comms', to: 'me' });
    const { id: team } = (await here.api('POST', '/api/v1/teams', { name: 'Everybody' })).body as { id: string };
    await here.database.query(`insert into team_member select $1, id from person where role <> 'guest'`, [team]);
    await here.does(number, 'add-team', { team, observer: true });
    await fetch(`${here.url}/api/v1/incidents/${number}/files?id=${randomUUID()}&name=checkout.log`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/octet-stream' },
      body: LOG,
    });
    await here.does(number, 'kind', { to: 'near_miss' });
    await here.does(number, 'resolve', { learned: 'We alert on pool saturation now' });
    await fake.told(here);
    exported = await (await fetchExport(number)).text();
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const fetchExport = (incident: string, headers: Record<string, string> = { authorization: `Bearer ${TOKEN}` }): Promise<Response> =>
    fetch(`${here.url}/api/v1/incidents/${incident}/export`, { headers });

  const bring = (text: string): Promise<Imported> => {
    const file = join(folder, `${randomUUID()}.jsonl`);
    writeFileSync(file, text);
    return importIncident(there.database, storeOf(readConfig({ MUSTER_DATA: there.dataDir })), file);
  };
  const lines = (): string[] => exported.trimEnd().split('\n');
  const edited = (at: number, change: (line: string) => string): string =>
    lines()
      .map((line, n) => (n === at - 1 ? change(line) : line))
      .join('\n');

  it('gives one line for what it is, one for each event with every version, its files, and an end', async () => {
    const answer = await fetchExport(number);
    expect(answer.headers.get('content-type')).toContain('application/jsonl');
    const said = (await answer.text())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { event?: { seq: number } });

    expect(said[0]).toMatchObject({ muster: 'incident', id, reference: number });
    expect(said.flatMap(({ event }) => (event ? [event.seq] : []))).toEqual((await here.events(number)).map(({ seq }) => seq));
    expect(exported).toContain('first version');
    expect(exported).toContain('second version');
    expect(said.at(-1)).toMatchObject({ end: { files: 1 } });
  });

  it('shows nothing to whoever may not see it', async () => {
    expect((await fetchExport(number, {})).status).toBe(401);
    expect((await fetchExport('INC-999')).status).toBe(404);
  });

  it.each(['', 'this is not JSON', '{"event":{}}'])('names the line that is malformed (%s), and imports nothing', async (wrong) => {
    await expect(bring(edited(3, () => wrong || '{'))).rejects.toThrow(/, line 3: .*Nothing was imported\.$/);
    expect(await there.database.query('select 1 from incident')).toEqual([]);
  });

  it('refuses what is incomplete, out of order, tampered with or from a newer Muster, by line', async () => {
    const fileAt = lines().findIndex((line) => line.startsWith('{"file"')) + 1;
    const wrong: [string, RegExp][] = [
      [lines().slice(0, -1).join('\n'), /breaks off: its last line is missing/],
      [
        lines()
          .filter((_, n) => n !== 3)
          .join('\n'),
        /line 4: event 3 should be here, and it is 4/,
      ],
      [
        edited(2, (line) => line.replace('incident.declared', 'incident.dreamt')),
        /line 2: an incident is declared once, in its first event/,
      ],
      [edited(4, (line) => line.replace(/"type":"[^"]*"/, '"type":"tea.served"')), /line 4: this Muster knows no event "tea\.served"/],
      [edited(2, (line) => line.replace('SEV3', 'SEV9')), /line 2: data\.severity/],
      [edited(2, (line) => line.replace('"data":{', `"data":{"html":"<form action=//evil.test>",`)), /line 2: data\.html: a log holds/],
      [edited(fileAt, (line) => line.replace('"bytes":"M', '"bytes":"N')), /the bytes of the file .* are not what was written/],
      [exported.replace(/("type":"file\.added".*?"size":)\d+/, '$17000'), /the bytes of the file .* are not what was written/],
    ];
    for (const [text, why] of wrong) await expect(bring(text)).rejects.toThrow(why);
    expect(await there.database.query('select 1 from incident union all select 1 from person where name <> $1', ['Admin'])).toEqual([]);
  });

  it('has the same log there, event by event, and the state that follows from it', async () => {
    expect(await bring(exported)).toMatchObject({ reference: number, again: false });

    expect(await there.events(number)).toEqual(await here.events(number));
    const view = async (app: typeof here): Promise<IncidentView> => (await app.api('GET', `/api/v1/incidents/${number}`)).body;
    const { url: _here, declaredAt: declaredHere, endedAt: _r, ...before } = await view(here);
    const { url: _there, declaredAt: declaredThere, endedAt, ...after } = await view(there);
    expect(after).toEqual(before);
    expect(Math.abs(Date.parse(declaredThere) - Date.parse(declaredHere))).toBeLessThan(5_000);
    expect(endedAt).not.toBeNull();
    const log = (await there.events(number, 'file.added'))[0];
    const key = log?.type === 'file.added' ? `${log.data.fileId}.${log.data.sha256}` : '';
    expect(key).toContain(createHash('sha256').update(LOG).digest('hex'));
    const bytes: Buffer[] = [];
    for await (const chunk of (await storeOf(readConfig({ MUSTER_DATA: there.dataDir })).open(key)) ?? []) bytes.push(chunk as Buffer);
    expect(Buffer.concat(bytes).toString()).toBe(LOG);
  });

  it('has the same rows there, in every table that an incident has, but for its chats', async () => {
    /** Of this Muster's chats, browsers and webhooks, and times that the log keeps as its own. */
    const OWN = ['mirror', 'announcement', 'session', 'idempotency_key', 'practice', 'webhook_lane', 'webhook_attempt'];
    const IGNORED = ['revision', 'edited_at', 'deleted_at', 'joined_at', 'added_at', 'declared_at', 'ended_at'];
    const tables = await here.database.query<{ name: string; key: string }>(
      `select c.conrelid::regclass::text as name, a.attname as key from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
        where c.contype = 'f' and c.confrelid = 'incident'::regclass and not c.conrelid::regclass::text = any ($1) order by 1`,
      [OWN],
    );
    expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(['artifact', 'message', 'participant']));
    for (const { name, key } of [...tables, { name: 'incident', key: 'id' }]) {
      const rowsOf = (app: typeof here) =>
        app.database.query(`select to_jsonb(t) - $2::text[] as row from ${name} t where ${key} = $1 order by 1::text`, [id, IGNORED]);
      expect({ [name]: await rowsOf(there) }).toEqual({ [name]: await rowsOf(here) });
    }
  });

  it('tells no chat of what happened elsewhere', async () => {
    await until(
      'the follower has looked',
      async () => (await there.database.query(`select 1 from follower where name = 'rooms'`)).length > 0,
    );
    expect(
      await there.database.query(
        `select 1 from follower_cursor c join follower f on f.name = c.follower and f.kind = 'effect' join stream s on s.id = c.stream_id
          where s.id = $1 and c.seq <> s.seq`,
        [id],
      ),
    ).toEqual([]);
    expect(await there.database.query('select 1 from mirror')).toEqual([]);
  });

  it('changes nothing the second time', async () => {
    expect(await bring(exported)).toMatchObject({ reference: number, again: true });

    expect(await there.events(number)).toEqual(await here.events(number));
  });

  it('refuses the same incident with another log', async () => {
    await expect(bring(edited(3, (line) => line.replace(/"late":false/, '"late":true')))).rejects.toThrow(
      /INC-1 is this incident and is here already, with another log from event 2 on\. Nothing was imported\./,
    );
  });

  it('gets a new reference where its own is taken, and keeps its log; the next one declared comes after', async () => {
    const other = await here.anIncident({ title: 'Mail is late' });
    await fake.room(here, other.number);
    const own = await there.anIncident({ title: 'Search is slow' });
    expect(own.number).toBe(other.number);

    await fake.told(here);
    const { reference } = await bring(await (await fetchExport(other.number)).text());

    expect(reference).toBe('INC-3');
    expect(await there.events(reference)).toEqual(await here.events(other.number));
    expect((await there.anIncident({ title: 'And another' })).number).toBe('INC-4');
  });

  it('refuses a log that changes what is another incident’s', async () => {
    const theirs = await there.anIncident({ title: 'Somebody else’s' });
    await there.says(theirs.number, 'The original words');
    const [message] = await there.events(theirs.number, 'message.posted');
    const fresh = await here.anIncident({ title: 'Forged' });
    await fake.room(here, fresh.number);
    await here.says(fresh.number, 'mine');
    await fake.told(here);
    const events = (await (await fetchExport(fresh.number)).text())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { events?: number; event?: { seq: number; id: string }; end?: { events: number } });
    const last = events.at(-2);
    const next = (last?.event?.seq ?? 0) + 1;
    const at = last?.event;
    const forged = [
      { ...events[0], events: next },
      ...events.slice(1, -1),
      {
        event: {
          ...at,
          seq: next,
          id: randomUUID(),
          type: 'message.edited',
          data: { messageId: message?.id, text: 'Put into their mouth' },
        },
      },
      { end: { events: next, files: 0 } },
    ];

    await expect(bring(forged.map((line) => JSON.stringify(line)).join('\n'))).rejects.toThrow(
      /: it is about something that this incident does not have\. Nothing was imported\.$/,
    );
    expect(await there.database.query('select text from message where id = $1', [message?.id])).toEqual([{ text: 'The original words' }]);
  });

  it.each(['INC-5000000000', 'INC-007', 'INC-x', 'TEA-1'])('refuses the reference %s, which nobody could call it by', async (reference) => {
    await expect(bring(edited(1, (line) => line.replace(/"reference":"[^"]*"/, `"reference":"${reference}"`)))).rejects.toThrow(
      /, line 1: /,
    );
  });

  it('shows none of the HTML in a log that was taken over before that was refused', async () => {
    const forged = await there.anIncident({ title: 'Forged' });
    await there.says(forged.number, 'mine');
    await there.does(forged.number, 'severity', { to: 'SEV1' });
    await there.does(forged.number, 'update', { status: 'fixing' });
    await there.database.query(
      `update event set data = data || '{"html": "<form action=//evil.test>Sign in</form>"}'::jsonb where stream_id = $1`,
      [forged.id],
    );
    const watching = await Watching.open(there, forged.number);
    await watching.reached((await there.events(forged.number)).at(-1)?.seq ?? 0);
    watching.leave();
    const read = async (path: string): Promise<string> => {
      const { body } = await there.api('GET', path);
      return typeof body === 'string' ? body : JSON.stringify(body);
    };

    const seen = [
      ...(await Promise.all(['', '/snapshot', '/events?after=0'].map((what) => read(`/api/v1/incidents/${forged.number}${what}`)))),
      await read(`/lite/i/${forged.number}`),
      await read(`/i/${forged.number}.txt`),
      JSON.stringify(watching.events),
    ];

    for (const text of seen) {
      expect(text).toContain('Forged');
      expect(text).not.toContain('evil.test');
    }
  });

  it('says whose accounts those are that its log names, and joins nobody where it is taken', async () => {
    const [bea, other] = [await SomePerson.of(here, 'Bea'), await SomePerson.of(here, 'bea in chat')];
    const told = await other.declares();
    await here.api('POST', '/api/v1/people/joins', { one: bea.id, other: other.id });

    const text = await (await fetchExport(told.number)).text();

    const [people] = text.split('\n').flatMap((line) => (line.startsWith('{"people"') ? [JSON.parse(line) as object] : []));
    expect(people).toEqual({ people: [{ id: bea.id, name: 'Bea', accounts: [{ id: other.id, name: 'bea in chat' }] }] });
    expect(text).toContain(`"by":{"id":"${other.id}","name":"bea in chat"}`);
    expect((await bring(text)).events).toBeGreaterThan(0);
    expect(await there.database.query('select 1 from person_join')).toEqual([]);
  });
});
