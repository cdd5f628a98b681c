import createClient, { type Client } from 'openapi-fetch';
import { uuidv7 } from 'uuidv7';
import { TOKEN, useApp } from '#test/support/app';
import type { components, paths } from './api-types.ts';

type Command = components['schemas']['Command'];
type Event = components['schemas']['Event'];

/** Nothing but the generated types is known of the API here: what compiles and passes, anybody can write. */
describe('A program with a generated client', () => {
  const app = useApp();
  let client: Client<paths>;
  let id: string;

  beforeAll(() => {
    client = createClient<paths>({ baseUrl: app.url, headers: { authorization: `Bearer ${TOKEN}` } });
  });

  it('drives a whole incident, and reads it by cursor', async () => {
    const request = {
      params: { header: { 'Idempotency-Key': 'client-1' } },
      body: { title: 'Checkout is failing', severity: 'SEV3' },
    } as const;
    const { data: declared, response } = await client.POST('/api/v1/incidents', request);
    expect([response.status, declared?.title]).toEqual([201, 'Checkout is failing']);
    id = declared?.number ?? '';
    expect((await client.POST('/api/v1/incidents', request)).data?.id).toBe(declared?.id);

    const { data: who } = await client.GET('/api/v1/me');
    for (const [type, body] of [
      ['message', { text: 'We look into it' }],
      ['severity', { to: 'SEV1', reason: 'all customers' }],
      ['lead', { to: 'me' }],
      ['resolve', { learned: 'We alert on pool saturation now' }],
    ] as const)
      expect((await act({ id: uuidv7(), type, body } as Command)).data?.seq).toEqual(expect.any(Number));

    const { data: incident } = await client.GET('/api/v1/incidents/{id}', { params: { path: { id } } });
    expect(incident).toMatchObject({
      severity: 'SEV1',
      category: 'post_incident',
      learned: 'We alert on pool saturation now',
      lead: who?.person,
    });
    const events = await everything();
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, at) => at + 1));
    expect(events.flatMap((event) => (event.type === 'message.posted' ? [event.data.text] : []))).toEqual(['We look into it']);
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['incident.declared', 'incident.severity-changed', 'incident.role-changed', 'incident.resolved']),
    );
  });

  it('is refused with what to do, as the types say', async () => {
    const { error, response } = await client.GET('/api/v1/incidents/{id}', { params: { path: { id: 'INC-999' } } });

    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(error).toMatchObject({ status: 404, detail: expect.stringContaining('INC-999') as string });
  });

  it('reads every list to its end, page by page, each once', async () => {
    for (let at = 0; at < 5; at++) await app.anIncident({ title: `Number ${at}` });
    const seen: string[] = [];
    let after: string | undefined;
    for (;;) {
      const { data } = await client.GET('/api/v1/incidents', { params: { query: { limit: 2, ...(after ? { after } : {}) } } });
      if (!data) throw new Error('no answer');
      expect(data.incidents.length).toBeLessThanOrEqual(2);
      seen.push(...data.incidents.map(({ title }) => title));
      if (!data.more) break;
      after = data.next ?? '';
    }

    expect(seen).toEqual([0, 1, 2, 3, 4].map((at) => `Number ${at}`));
  });

  it.each([
    ['/api/v1/incidents', 'incidents'],
    ['/api/v1/people', 'people'],
    ['/api/v1/operations/quarantine', 'quarantine'],
    ['/api/v1/incidents/INC-1/files', 'files'],
  ])('refuses to go on in %s from what is not there, and a page of nothing or of too much', async (list) => {
    const statusOf = async (query: string): Promise<number> => (await app.api('GET', `${list}?${query}`)).status;

    expect(await statusOf(`after=${uuidv7()}`)).toBe(409);
    for (const query of ['after=x', 'limit=0', 'limit=501', 'limit=x', 'limit=1.5'])
      expect({ query, status: await statusOf(query) }).toEqual({ query, status: 400 });
  });

  it('reads people and files page by page', async () => {
    await app.database.query(
      `insert into person (id, name, role) select gen_random_uuid(), 'Person ' || n, 'member' from generate_series(1, 5) n`,
    );
    const people: string[] = [];
    for (let after: string | undefined, more = true; more;) {
      const { data } = await client.GET('/api/v1/people', { params: { query: { limit: 2, ...(after ? { after } : {}) } } });
      people.push(...(data?.people ?? []).map(({ name }) => name));
      after = data?.next ?? undefined;
      more = data?.more ?? false;
    }
    expect(people.filter((name) => name.startsWith('Person'))).toEqual([1, 2, 3, 4, 5].map((n) => `Person ${n}`));

    const { number } = await app.anIncident();
    for (const name of ['a.txt', 'b.txt', 'c.txt'])
      await fetch(new URL(`/api/v1/incidents/${number}/files?name=${name}&id=${uuidv7()}`, app.url), {
        method: 'POST',
        headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/octet-stream' },
        body: name,
      });
    const path = { id: number };
    const first = await client.GET('/api/v1/incidents/{id}/files', { params: { path, query: { limit: 2 } } });
    const second = await client.GET('/api/v1/incidents/{id}/files', {
      params: { path, query: { limit: 2, after: first.data?.next ?? '' } },
    });
    expect([first, second].map(({ data }) => [data?.files.map(({ name }) => name), data?.more])).toEqual([
      [['a.txt', 'b.txt'], true],
      [['c.txt'], false],
    ]);
  });

  const act = (command: Command) => client.POST('/api/v1/incidents/{id}/commands', { params: { path: { id } }, body: command });

  async function everything(): Promise<Event[]> {
    const events: Event[] = [];
    for (let after = 0, more = true; more;) {
      const { data } = await client.GET('/api/v1/incidents/{id}/events', { params: { path: { id }, query: { after, limit: 3 } } });
      if (!data) throw new Error('no answer');
      events.push(...data.events);
      ({ next: after, more } = data);
    }
    return events;
  }
});
