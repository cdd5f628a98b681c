import { Webhook } from 'standardwebhooks';
import { uuidv7 } from 'uuidv7';
import { NoticeSender } from '#src/notifications/notice-sender';
import type { OwnAddressView } from '#src/notifications/own-address.service';
import type { Tried, WayList, WayMade, WayView } from '#src/notifications/notifications.types';
import { WayCanaries } from '#src/notifications/way-canaries';
import { serverTime } from '#src/platform/database/server-time';
import { MUSTER } from '#src/platform/log/event.types';
import { StreamLog } from '#src/platform/log/log';
import { organisationStream } from '#src/platform/log/organisation-stream';
import type { SurfaceChanged } from '#src/outage/outage.events';
import { WatchedChat } from '#test/outage/watched-chat';
import { useApp } from '#test/support/app';
import { SomePerson } from '#test/support/person';
import { until } from '#test/support/until';
import { anAdmin, type PlainBrowser } from '#test/war-room/pages/browser';
import { Receiver } from '#test/webhooks/receiver';
import { MailServer } from './mail-server.ts';

const PASSWORD = 'the password of the mail server';

describe('Being told by other ways that a chat is down', () => {
  const fake = new WatchedChat();
  const app = useApp({
    platforms: [fake.platform],
    environment: { MUSTER_WEBHOOK_NETWORKS: 'loopback', MUSTER_SECRET: 'the secret that this Muster seals with' },
  });
  const mail = new MailServer();
  const pager = new Receiver();
  const board = new Receiver();
  let ana: SomePerson;
  let bo: SomePerson;
  let browser: PlainBrowser;

  beforeAll(async () => {
    await Promise.all([mail.start(), pager.open(), board.open()]);
    ana = await SomePerson.of(app, 'Ana', 'admin');
    bo = await SomePerson.of(app, 'Bo', 'member');
    browser = await anAdmin(app);
    await fake.join(app);
    await fake.becomes(app, 'ok');
    await hasAddress(ana, 'ana@example.com');
    await hasAddress(bo, 'bo@example.com');
  }, 60_000);

  afterAll(() => Promise.all([mail.stop(), pager.close(), board.close()]));

  beforeEach(async () => {
    await app.database.query('delete from notice_way');
    mail.well();
    for (const receiver of [pager, board]) {
      receiver.well();
      receiver.got.length = 0;
    }
    await app.database.query(`update incident set category = 'closed' where category <> 'closed'`);
  });

  const hasAddress = (person: SomePerson, address: string): Promise<unknown> =>
    app.database.query(
      `insert into person_address (person_id, kind, value, confirmed_at) values ($1, 'mail', $2, now())
       on conflict (person_id, kind) do update set value = excluded.value, confirmed_at = now(), code_hash = null, code_until = null, tries = 0`,
      [person.id, address],
    );

  const make = async (facts: object): Promise<WayMade> => {
    const { status, body } = await ana.api('POST', '/api/v1/notices/ways', facts);
    expect([status, body]).toEqual([201, expect.anything()]);
    return body;
  };
  const byMail = (settings: object = {}): Promise<WayMade> =>
    make({
      kind: 'smtp',
      name: 'Mail',
      settings: { host: '127.0.0.1', port: mail.port, security: 'none', user: 'muster', from: 'muster@example.com', ...settings },
      secret: PASSWORD,
    });
  const byPager = (): Promise<WayMade> =>
    make({ kind: 'pagerduty', name: 'Pager', settings: { url: new URL(pager.url).origin }, secret: 'the-routing-key' });
  const byWebhook = (): Promise<WayMade> => make({ kind: 'webhook', name: 'Board', settings: { url: board.url } });
  const listed = async (): Promise<WayList> => (await ana.api('GET', '/api/v1/notices/ways')).body;
  const way = async (id: string): Promise<WayView> => (await ana.api('GET', `/api/v1/notices/ways/${id}`)).body;

  /** What the pager was asked for, without its trials. */
  const paged = (): Record<string, unknown>[] =>
    pager.got.map(({ text }) => JSON.parse(text) as Record<string, unknown>).filter((event) => 'event_action' in event);
  const boarded = () => board.got.filter(({ type }) => type !== 'notice.test');

  /** Somebody watches a chat and says so, without the chat having to do it. */
  const becomes = (
    to: 'down' | 'recovering' | 'ok',
    fell: string,
    instance = 'fake',
    more: Partial<SurfaceChanged> = {},
  ): Promise<unknown> =>
    app.database.transaction(async (tx) =>
      app.get(StreamLog).append(tx, await organisationStream(tx), {
        id: uuidv7(),
        type: `surface.${to}`,
        by: null,
        via: MUSTER,
        data: {
          instance,
          tenant: fake.chat.tenant,
          name: 'Fake',
          from: 'suspect',
          why: 'A test says so',
          strikes: 3,
          goodAt: '2026-11-22T03:00:00.000Z',
          fell,
          calls: { bad: 0, all: 0 },
          ...more,
        },
      }),
    );
  const aFall = (): string => new Date(Date.now() + falls++).toISOString();
  let falls = 0;
  /** Everything that was to be done about what happened until now has been done. */
  const acted = (): Promise<unknown> =>
    until('the follower has come to the end', async () => {
      const left = await app.database.query(
        `select 1 from organisation o join stream s on s.id = o.stream_id join follower_cursor c on c.stream_id = s.id and c.follower = 'outage-notices'
          where c.seq < s.seq`,
      );
      return left.length === 0;
    });
  const later = async (seconds: number): Promise<Date> => new Date((await serverTime(app.database)).getTime() + seconds * 1_000);

  it('tells all who take part by mail, the pager and another system, once, and that the chat is back', async () => {
    await Promise.all([byMail(), byPager()]);
    const { secret } = await byWebhook();
    const incident = (await app.anIncident({ title: 'Checkout is failing' })).number;
    await bo.does(incident, 'message', { text: 'I am here' });
    await fake.roomOf(app, incident);

    fake.chat.down();
    await fake.becomes(app, 'down');
    await until('all of them are told', () => mail.mails.length >= 2 && paged().length >= 1 && boarded().length >= 1);

    const [told] = mail.to('bo@example.com');
    const text = MailServer.readable(told as NonNullable<typeof told>);
    expect(told?.text).toMatch(/^Subject: Fake is not answering$/m);
    expect(text).toContain(`${incident} Checkout is failing\r\n${app.url}/i/${incident}`);
    expect(mail.mails.map(({ to }) => to).sort()).toEqual(['ana@example.com', 'bo@example.com']);
    expect(mail.logins).toContain(`muster:${PASSWORD}`);
    expect(paged()).toEqual([
      expect.objectContaining({
        routing_key: 'the-routing-key',
        event_action: 'trigger',
        payload: expect.objectContaining({ summary: 'Fake is not answering', severity: 'critical', component: 'Fake' }) as object,
        links: [{ text: `${incident} Checkout is failing`, href: `${app.url}/i/${incident}` }],
      }),
    ]);
    const [got] = boarded();
    expect(new Webhook(secret ?? '').verify(got?.text ?? '', got?.headers ?? {})).toMatchObject({
      type: 'notice.begun',
      data: { title: 'Fake is not answering', of: { id: 'fake', name: 'Fake' } },
    });

    await fake.chat.up();
    await fake.becomes(app, 'ok');
    await until('all of them are told again', () => mail.mails.length >= 4 && paged().length >= 2 && boarded().length >= 2);

    const [first, second] = mail.to('bo@example.com');
    const id = /^Message-ID: (.*)$/im.exec(first?.text ?? '')?.[1] ?? 'none';
    expect(second?.text).toMatch(/^Subject: Fake answers again$/m);
    expect(second?.text).toContain(`In-Reply-To: ${id}`);
    expect(paged()[1]).toEqual({ routing_key: 'the-routing-key', event_action: 'resolve', dedup_key: paged()[0]?.['dedup_key'] });
    expect(boarded().map(({ type }) => type)).toEqual(['notice.begun', 'notice.over']);
    expect(mail.mails).toHaveLength(4);
    // No address lets anybody in.
    for (const { text: sent } of [...board.got, ...pager.got]) expect(sent).not.toMatch(/sign-in|token|invitation/);
  }, 90_000);

  it('tells one fall once, however often the chat falls before it is well', async () => {
    await byPager();
    const fell = aFall();
    await becomes('down', fell);
    // What is over before anybody could be told is told to nobody.
    await until('it is told', () => paged().length === 1);
    await becomes('recovering', fell);
    await becomes('down', fell);
    await becomes('ok', fell);
    await becomes('down', aFall());
    await until('the second fall', () => paged().length >= 3 || paged().filter((event) => event['event_action'] === 'trigger').length >= 2);
    await acted();
    await app.get(NoticeSender).look(await later(0));

    expect(paged().filter((event) => event['event_action'] === 'trigger')).toHaveLength(2);
  });

  it('tells neither of what is over before anybody could be told', async () => {
    await byPager();
    pager.behaves = (_got, _request, response) => void response.writeHead(503, { 'retry-after': '30' }).end();
    const fell = aFall();
    await becomes('down', fell);
    await until('it was tried', () => paged().length === 1);
    await becomes('ok', fell);
    await until('it is needless', async () => (await statuses()).join() === 'needless');
    pager.well();
    await app.get(NoticeSender).look(await later(60));

    expect(paged()).toHaveLength(1);
  });

  const statuses = async (): Promise<string[]> =>
    (await app.database.query<{ status: string }>('select status from notice order by written_at, address')).map(({ status }) => status);

  it('says nothing of private incidents to others, and no title to those who take part', async () => {
    await Promise.all([byMail(), byPager()]);
    const secret = await bo.declares({ title: 'Somebody stole the keys', private: true });
    await fake.roomOf(app, secret.number);
    await becomes('down', aFall());
    await until('both are told', () => mail.mails.length === 2 && paged().length === 1);

    const readable = (address: string): string => mail.to(address).map(MailServer.readable).join();
    expect(readable('bo@example.com')).toContain(`/i/${secret.number}`);
    expect(readable('ana@example.com')).not.toContain(secret.number);
    expect(JSON.stringify([mail.mails, paged()])).not.toContain('stole');
    expect(JSON.stringify(paged())).not.toContain(secret.number);
  });

  it('tells nobody that a chat is down because Muster’s own line is cut, and everybody when it turns out to be the chat', async () => {
    await byPager();
    const fell = aFall();
    await becomes('down', fell, 'fake', { cutOff: true });
    await acted();
    expect(await statuses()).toEqual([]);

    await becomes('down', fell);
    await until('they are told', () => paged().length === 1);

    expect(paged()).toEqual([
      expect.objectContaining({ payload: expect.objectContaining({ summary: 'Fake is not answering' }) as object }),
    ]);
  });

  it('tells nobody of a chat that is pretended', async () => {
    await byPager();
    await app.database.query(
      `insert into chat_instance (id, plugin, name, config, pretend) values ('played', 'fake', 'Played', '{}', true)`,
    );
    await becomes('down', aFall(), 'played');
    await acted();

    expect(await statuses()).toEqual([]);
    await app.database.query(`delete from chat_instance where id = 'played'`);
  });

  it('lets no title begin a header of its own', async () => {
    await byMail();
    const incident = await bo.declares({ title: 'Failing' });
    await app.database.query('update incident set title = $2 where id = $1', [
      incident.id,
      'Failing\r\nBcc: everybody@example.com\r\n.\r\nQUIT',
    ]);
    await fake.roomOf(app, incident.number);
    await becomes('down', aFall());
    await until('both are told', () => mail.mails.length === 2);

    for (const { text } of mail.mails) expect(text).not.toMatch(/^(Bcc:|QUIT)/m);
    expect(mail.mails.every(({ to }) => ['ana@example.com', 'bo@example.com'].includes(to))).toBe(true);
  });

  it('tells the pager at once while the mail server is a black hole, and mails when it is back', async () => {
    await Promise.all([byMail(), byPager()]);
    mail.isSilent = true;
    await becomes('down', aFall());
    // Sooner than a mail server that says nothing is given up.
    await until('the pager is told', () => paged().length === 1, 10_000);
    await until('the mail server has been called', () => mail.connections > 0);
    expect(mail.mails).toEqual([]);

    mail.isSilent = false;
    mail.hangUp();
    await until('the mail server was given up', async () => (await listed()).ways.some(({ state }) => state === 'failing'));
    await app.get(NoticeSender).look(await later(30));

    expect(mail.mails.map(({ to }) => to)).toEqual(['ana@example.com']);
    expect((await listed()).ways.find(({ kind }) => kind === 'smtp')).toMatchObject({ problem: null, waiting: 0, told: 1 });
  });

  it('goes on with the others where a mailbox is not known, and comes back to one that asks for it', async () => {
    const { id } = await byMail();
    const incident = await bo.declares();
    await fake.roomOf(app, incident.number);
    mail.answers.set('RCPT TO:<ana@example.com>', '550 5.1.1 nobody of this name');
    mail.answers.set('RCPT TO:<bo@example.com>', '450 4.2.0 greylisted');
    await becomes('down', aFall());
    await until('both were tried', async () => (await way(id)).failed === 1 && (await way(id)).waiting === 1);
    mail.answers.clear();
    await app.get(NoticeSender).look(await later(15));

    expect(mail.mails.map(({ to }) => to)).toEqual(['bo@example.com']);
    expect(await way(id)).toMatchObject({ told: 1, failed: 1, waiting: 0, problem: null });
  });

  it('tells everybody over as many lines as the mail server allows, and does not take that for trouble', async () => {
    const { id } = await byMail();
    const incident = await bo.declares();
    await fake.roomOf(app, incident.number);
    const others = await Promise.all(Array.from({ length: 70 }, (_, n) => SomePerson.of(app, `Other ${n}`, 'member')));
    for (const [n, other] of others.entries()) {
      await hasAddress(other, `other-${n}@example.com`);
      await app.database.query('insert into participant (incident_id, person_id) values ($1, $2)', [incident.id, other.id]);
    }
    mail.mostConnections = 2;
    mail.slow = { answerMs: 2, mailMs: 20 };
    await becomes('down', aFall());
    await until('the first are told', () => mail.mails.length >= 6);
    // It is not tried out beside that, which would be one line more.
    await app.get(WayCanaries).look(await later(16 * 60));
    await until('all of them are told', () => mail.mails.length === 72);

    expect(new Set(mail.mails.map(({ to }) => to)).size).toBe(72);
    // Three of the five that it tries are too many, and it does not try again.
    expect(mail.turnedAway).toBe(3);
    expect(await until('that is written down', async () => ((await way(id)).waiting === 0 ? way(id) : null))).toMatchObject({
      told: 72,
      failed: 0,
      problem: null,
    });
  });

  it('says of a way that refuses everything that it does not work, and tells once that is put right', async () => {
    const [{ id }, { id: post }] = await Promise.all([byPager(), byMail()]);
    pager.behaves = (_got, _request, response) => void response.writeHead(400).end();
    mail.answers.set('RCPT', '550 5.7.1 relaying denied');
    await becomes('down', aFall());
    await until('both are seen to fail', async () => (await way(id)).state === 'failing' && (await way(post)).state === 'failing');
    expect((await way(id)).problem).toMatch(/the key is not that of an Events API v2 integration/);
    expect((await way(post)).problem).toMatch(/550 5\.7\.1 relaying denied/);

    pager.well();
    pager.got.length = 0;
    await ana.api('PATCH', `/api/v1/notices/ways/${id}`, { secret: 'another-key' });
    await app.get(NoticeSender).look(await later(0));
    await until('the pager is told', () => paged().length === 1);
    expect(paged()[0]).toMatchObject({ routing_key: 'another-key', event_action: 'trigger' });
  });

  it('sends no word to a mail server that has no encryption and was to have it', async () => {
    const { id } = await byMail({ security: 'starttls' });
    const { body } = await ana.api('POST', `/api/v1/notices/ways/${id}/test`);

    expect(body as Tried).toMatchObject({ received: false, state: 'failing' });
    expect(mail.logins).toEqual([]);
  });

  it('knows of each way when it was last proven, and whether two of them are independent', async () => {
    expect(await listed()).toMatchObject({
      enough: false,
      say: 'Nobody is told when a chat is down. Set up at least two ways that do not need the same host.',
    });
    const { id } = await byWebhook();
    await app.get(WayCanaries).look(await later(0));
    expect(await until('it is proven', async () => ((await way(id)).provenAt ? way(id) : null))).toMatchObject({
      state: 'proven',
      needs: '127.0.0.1',
    });
    expect((await listed()).say).toBe('Only "Board" is known to work. Set up another one, at another host.');

    await byPager();
    await app.get(WayCanaries).look(await later(0));
    await until('both are proven', async () => (await listed()).ways.every(({ state }) => state === 'proven'));
    expect(await listed()).toMatchObject({
      enough: false,
      say: expect.stringMatching(/^All ways that are known to work need 127\.0\.0\.1\./) as string,
    });
    expect(pager.got.map(({ text }) => JSON.parse(text) as object)).toEqual([
      {
        routing_key: 'the-routing-key',
        payload: expect.objectContaining({ summary: 'Muster tries whether it reaches PagerDuty' }) as object,
      },
    ]);

    board.behaves = (_got, _request, response) => void response.writeHead(410).end();
    await app.get(WayCanaries).look(await later(16 * 60));
    expect(await way(id)).toMatchObject({ state: 'failing', problem: 'It answered 410.' });
    board.well();
    await app.get(WayCanaries).look(await later(18 * 60));
    expect(await way(id)).toMatchObject({ problem: null });
  });

  it('proves mail by a code that somebody reads there, and tells nobody at an address that is not confirmed', async () => {
    const { id } = await byMail();
    await until('the mail server answered', async () => (await ana.api('POST', `/api/v1/notices/ways/${id}/test`)).status === 200);
    expect(await way(id)).toMatchObject({ state: 'unproven', answeredAt: expect.any(String) as string });

    const { body: set, status } = await bo.api('PUT', '/api/v1/me/mail', { address: 'bo@elsewhere.example' });
    expect([status, set]).toMatchObject([200, { address: 'bo@elsewhere.example', confirmedAt: null, told: null }]);
    const code = /Your code is (\S+)\. /.exec(MailServer.readable(mail.to('bo@elsewhere.example')[0] as never))?.[1] ?? '';
    expect((await bo.api('PUT', '/api/v1/me/mail', { address: 'bo@elsewhere.example' })).status).toBe(409);
    expect((await bo.api('POST', '/api/v1/me/mail/confirm', { code: 'K7QM-4F2P' })).status).toBe(400);
    expect((await ana.api('POST', '/api/v1/me/mail/confirm', { code })).status).toBe(400);
    const { body: confirmed } = await bo.api('POST', '/api/v1/me/mail/confirm', { code: code.toLowerCase() });

    expect(confirmed as OwnAddressView).toMatchObject({ told: 'bo@elsewhere.example', codeUntil: null });
    expect(await way(id)).toMatchObject({ state: 'proven' });
    expect((await bo.api('POST', '/api/v1/me/mail/confirm', { code })).status).toBe(400);
    await hasAddress(bo, 'bo@example.com');
  });

  it('keeps secrets sealed, and gives none to another machine', async () => {
    const { id } = await byMail();
    const kept = await app.database.query<{ secret: string }>('select secret from notice_way');
    expect(kept.map(({ secret }) => secret)).toEqual([expect.stringMatching(/^v1:/)]);
    expect(JSON.stringify([await way(id), await ana.api('GET', '/api/v1/audit')])).not.toContain(PASSWORD);

    const { settings } = await way(id);
    const moved = await ana.api('PATCH', `/api/v1/notices/ways/${id}`, { settings: { ...settings, host: 'localhost' } });
    expect([moved.status, moved.body]).toMatchObject([400, { detail: expect.stringMatching(/^Give the password or key again/) as string }]);
    expect(
      (
        await ana.api('POST', '/api/v1/notices/ways', {
          kind: 'smtp',
          name: 'Mail',
          settings: { ...settings, host: '10.0.0.1', security: 'tls' },
        })
      ).body,
    ).toMatchObject({
      detail: expect.stringMatching(/10\.0\.0\.1 is not an address on the internet\. .*MUSTER_WEBHOOK_NETWORKS/) as string,
    });
  });

  it('is looked after without a script, by admins, each change in the audit', async () => {
    const fields = {
      kind: 'smtp',
      name: 'Mail',
      host: '127.0.0.1',
      port: String(mail.port),
      security: 'none',
      user: '',
      from: 'muster@example.com',
    };
    const refused = await browser.send('/settings/notices', { ...fields, security: 'none', host: 'smtp.example.com' });
    expect([refused.status, refused.body]).toMatchObject([
      400,
      expect.stringMatching(/role="alert"[^>]*>Nothing can be sent there\. Without TLS/),
    ]);
    expect(refused.body).toContain('value="smtp.example.com"');

    const made = await browser.send('/settings/notices', fields);
    expect(made.to).toMatch(/^\/settings\/notices\//);
    const page = made.to ?? '';
    expect((await browser.send(page, { do: 'test' })).body).toContain('The mail server lets Muster in.');
    expect((await browser.send(page, { do: 'off' })).body).toContain('somebody switched it off');
    expect((await browser.send(page, { do: 'on' })).body).toContain('It was never seen to work.');
    expect((await browser.send(page, { ...fields, do: 'change', name: 'Post' })).body).toContain('<h1>Post</h1>');
    expect((await browser.send(page, { do: 'remove' })).to).toBe('/settings/notices');

    const { changes } = (await ana.api('GET', '/api/v1/audit')).body as { changes: { type: string }[] };
    expect(
      changes
        .map(({ type }) => type)
        .filter((type) => type.startsWith('notice-way.'))
        .slice(-5),
    ).toEqual(['notice-way.made', 'notice-way.changed', 'notice-way.changed', 'notice-way.changed', 'notice-way.removed']);
  });
});
