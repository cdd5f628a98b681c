import { randomUUID } from 'node:crypto';
import { createLog } from '#src/platform/logging/logging';
import { createLink } from '#src/people/sign-in-links';
import { FakeChat } from '#test/rooms/fake-chat';
import { TOKEN, useApp } from '#test/support/app';
import { until } from '#test/support/until';

interface Line {
  readonly level: string;
  readonly time: string;
  readonly roles: string;
  readonly msg: string;
  readonly trace?: string;
  readonly outcome?: string;
  readonly route?: string;
}

const lines: string[] = [];
const into = { write: (line: string): void => void lines.push(line) };
const log = createLog('debug', ['web', 'ingest', 'worker', 'clock'], into, into);
const parsed = (): Line[] => lines.map((line) => JSON.parse(line) as Line);

describe('What is logged', () => {
  const fake = new FakeChat('fake');
  const app = useApp({ platforms: [fake.platform], log });
  const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
  const TRACEPARENT = `00-${TRACE}-00f067aa0ba902b7-01`;

  beforeAll(() => fake.join(app));
  afterEach(() => fake.chat.heal());

  it('carries one trace from a request to what the chat is told', async () => {
    const { number } = await app.anIncident();
    await fake.room(app, number);

    const { headers } = await app.api('POST', `/api/v1/incidents/${number}/commands`, message('traced'), { traceparent: TRACEPARENT });
    await fake.told(app);

    expect(headers.get('trace-id')).toBe(TRACE);
    const told = await until('the call to the chat', () =>
      of(TRACE).find(({ msg, outcome }) => msg === 'delivery attempted' && outcome === 'sent'),
    );
    expect(told).toMatchObject({ level: 'info', roles: 'web+ingest+worker+clock', time: expect.stringMatching(/^\d{4}-.*Z$/) as string });
    expect(of(TRACE)).toContainEqual(expect.objectContaining({ msg: 'request answered', route: '/api/v1/incidents/:id/commands' }));
    expect(await rowsWith(TRACE)).toEqual({ event: 1, delivery: 1 });
  });

  it('carries one trace from what the chat tells to its event', async () => {
    const { number } = await app.anIncident();
    await fake.says('mia', await fake.room(app, number), 'heard');
    const event = await until('it is in the room', async () => (await app.events(number, 'message.posted'))[0]);

    const [{ trace }] = (await app.database.query<{ trace: string }>('select trace from event where id = $1', [event.id])) as [
      { trace: string },
    ];

    expect(await app.database.query('select 1 from inbox where trace = $1', [trace])).toHaveLength(1);
    // Its line is written once it is committed, and so may come after it is seen.
    await until('its line', () => of(trace).some(({ msg }) => msg === 'inbox item handled'));
  });

  it.each(['', 'nonsense', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`, 'x'.repeat(5_000)])(
    'makes a trace where none came that can be used: %p',
    async (traceparent) => {
      const { headers, body } = await app.api('GET', '/api/v1/incidents/INC-999', undefined, { traceparent });

      expect(headers.get('trace-id')).toMatch(/^(?!0{32})[0-9a-f]{32}$/);
      expect(body).toMatchObject({ status: 404, trace: headers.get('trace-id') });
    },
  );

  it('holds nothing that people wrote, no name and no secret, also when things fail', async () => {
    const canary = (what: string): string => `canary-${what}-7f3a`;
    const { number } = await app.anIncident({ title: canary('title'), summary: canary('summary') });
    const room = await fake.room(app, number);
    await app.says(number, canary('message'));
    await fake.says('mia', room, canary('heard'));
    await app.does(number, 'command', { text: `/${canary('verb')} now` });
    await app.does(number, 'severity', { to: 'SEV1', reason: canary('reason') });
    await app.does(number, 'resolve', { learned: canary('learned') });

    // Doors: a wrong token, cookie and link, and a right link.
    await app.api('GET', '/api/v1/me', undefined, { authorization: `Bearer ${canary('token')}` });
    await app.api('GET', '/api/v1/me', undefined, { authorization: '', cookie: `muster=${canary('cookie')}` });
    const link = await createLink(app.database, 'invitation');
    await fetch(new URL(`/sign-in/${link}`, app.url));
    await fetch(new URL(`/sign-in/${canary('link')}?name=${canary('query')}`, app.url));
    // What cannot be read.
    await app.api('POST', '/api/v1/incidents', `{"title": "${canary('json')}`, { 'idempotency-key': canary('key') });
    await app.api('POST', `/api/v1/incidents/${canary('address')}/commands`, { id: canary('id'), type: canary('type') });
    await app.api('POST', `/hooks/${canary('hook')}`, canary('webhook'));
    await app.api('POST', '/hooks/fake', canary('webhook'), { 'x-signature': canary('signature') });
    // The chat refuses, and says why in words of its own.
    fake.chat.fault('send', 'error-before');
    await app.says(number, canary('refused'));
    await until('a failed call', () => parsed().some(({ msg, outcome }) => msg === 'delivery attempted' && outcome !== 'sent'));
    fake.chat.heal();
    // The database fails with the values in its words.
    await app.database.query(
      `create function refuse() returns trigger language plpgsql as $$ begin raise exception 'it says %', new.text; end $$;
       create trigger refuse before insert on message for each row when (new.text like 'canary-unkept%') execute function refuse()`,
    );
    expect((await app.does(number, 'message', { text: canary('unkept') })).status).toBe(500);
    await fake.says('mia', room, canary('unkept'));
    await until('it is put aside', () => parsed().some(({ msg }) => msg === 'inbox item put aside after three attempts'), 20_000);
    await app.database.query('drop trigger refuse on message');

    const everything = lines.join('');
    expect(parsed().map(({ msg }) => msg)).toEqual(expect.arrayContaining(['request failed', 'inbox item failed, will try again']));
    expect(everything.match(/.{0,80}canary-\w+-7f3a.{0,40}/g)).toBeNull();
    for (const secret of [TOKEN, link]) expect(everything).not.toContain(secret);
  });

  const of = (trace: string): Line[] => parsed().filter((line) => line.trace === trace);
  const message = (text: string): object => ({ id: randomUUID(), type: 'message', body: { text } });

  async function rowsWith(trace: string): Promise<unknown> {
    const [row] = await app.database.query(
      'select (select count(*)::int from event where trace = $1) as event, (select count(*)::int from delivery where trace = $1) as delivery',
      [trace],
    );
    return row;
  }
});
