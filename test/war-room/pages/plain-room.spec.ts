import { uuidv7 } from 'uuidv7';
import { useApp } from '#test/support/app';
import { SomePerson } from '#test/support/person';
import { aGuest, aResponder, PlainBrowser } from './browser.ts';
import { manyMessages } from './many-messages.ts';

describe('Working in the plain room', () => {
  const app = useApp({ roles: ['web'] });
  let bo: PlainBrowser;
  beforeAll(async () => {
    bo = await aResponder(app, 'Bo');
  });
  const aRoom = async (facts: { title?: string; summary?: string } = {}): Promise<string> => (await app.anIncident(facts)).number;

  it('shows the facts, who said what, when and from where', async () => {
    const room = await aRoom({ title: 'Checkout is failing', summary: 'Since the 03:05 deploy' });
    await app.says(room, 'Rolling **back** now');

    const { status, body } = await bo.open(`/lite/i/${room}`);

    expect(status).toBe(200);
    expect(body).toContain(`${room} Checkout is failing`);
    expect(body).toContain('SEV3 Minor');
    expect(body).toContain('Since the 03:05 deploy');
    expect(body).toMatch(
      /<b>Admin<\/b> <a href="\/lite\/i\/INC-\d+\/m\/2"><time datetime="[^"]+">\d\d:\d\d<\/time><\/a> <small>via API<\/small><p>Rolling <strong>back<\/strong> now<\/p>/,
    );
    expect(body).toContain('All times are UTC');
  });

  it('shows what was written into an event as it shows a message, and a terminal as it was typed', async () => {
    const room = await aRoom();
    const [wrote, shown] = ['`pool_wait` is **up**', '<code>pool_wait</code> is <strong>up</strong>'];
    await app.does(room, 'entry', { text: wrote, at: new Date().toISOString() });
    await app.does(room, 'update', { text: wrote, nextUpdateIn: 30 });
    await app.does(room, 'severity', { to: 'SEV2', reason: wrote });
    await app.does(room, 'summary', { summary: wrote });
    await app.does(room, 'resolve', { learned: wrote });

    const { body } = await bo.open(`/lite/i/${room}`);
    expect(body.split(shown)).toHaveLength(9);
    expect(body).toMatch(/: <code>pool_wait<\/code> is <strong>up<\/strong> · next update by/);
    const { body: text } = await app.api('GET', `/i/${room}.txt`);
    expect(text).toContain(`What will not happen again: ${wrote}`);
    const told = (await app.events(room)).filter(({ data }) => 'html' in data);
    expect(told.map(({ type, data }) => [type, 'html' in data && data.html])).toEqual(
      ['timeline.entry-added', 'update.shared', 'incident.severity-changed', 'incident.summary-changed', 'incident.resolved'].map(
        (type) => [type, shown],
      ),
    );
  });

  it('is found by number, by reference and by id', async () => {
    const { number, id } = await app.anIncident();

    const pages = await Promise.all(
      [number, number.replace('INC-', ''), number.toLowerCase(), id].map((name) => bo.open(`/lite/i/${name}`)),
    );

    expect(pages.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  });

  it('posts, and comes back to the end of the room', async () => {
    const room = await aRoom();
    const page = await bo.open(`/lite/i/${room}`);

    const sent = await bo.send(`/lite/i/${room}`, { ...PlainBrowser.hidden(page, 'Send'), text: 'I see it too\r\nsince 03:05' });

    expect([sent.status, sent.to]).toEqual([303, `/lite/i/${room}#end`]);
    expect(await app.events(room, 'message.posted')).toMatchObject([
      { data: { text: 'I see it too\nsince 03:05' }, by: { name: 'Bo' }, via: { name: 'web' } },
    ]);
  });

  it('posts once, however often the button is pressed', async () => {
    const room = await aRoom();
    const fields = { ...PlainBrowser.hidden(await bo.open(`/lite/i/${room}`), 'Send'), text: 'Restarted db-7' };

    const answers = await Promise.all([1, 2, 3].map(() => bo.send(`/lite/i/${room}`, fields)));

    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
    expect(await app.texts(room)).toEqual(['Restarted db-7']);
  });

  it('posts another message that is written on a page reached by "Back"', async () => {
    const room = await aRoom();
    const fields = PlainBrowser.hidden(await bo.open(`/lite/i/${room}`), 'Send');

    await bo.send(`/lite/i/${room}`, { ...fields, text: 'First' });
    const second = await bo.send(`/lite/i/${room}`, { ...fields, text: 'Second' });

    expect(second.status).toBe(303);
    expect(await app.texts(room)).toEqual(['First', 'Second']);
  });

  it('has no status that closes it among the others: closing is a form of its own, which says what that means', async () => {
    const room = await aRoom();
    const { body } = await bo.open(`/lite/i/${room}`);

    expect(body).not.toMatch(/<option value="canceled"[^>]*>[^<]*<\/option>[^]*<button>Change status/);
    expect(body).toMatch(/<summary>Close without resolving<\/summary>[^]*This closes the incident/);
    const fields = PlainBrowser.hidden(await bo.open(`/lite/i/${room}`), 'Close the incident');
    expect((await bo.send(`/lite/i/${room}`, { ...fields, text: 'canceled' })).status).toBe(303);
    expect((await app.api('GET', `/api/v1/incidents/${room}`)).body).toMatchObject({ status: 'canceled' });
    const reopened = await bo.send(`/lite/i/${room}`, { do: 'status', id: uuidv7(), text: 'fixing' });
    expect(reopened.body).toContain('Reopened: the status is fixing.');
  });

  it('changes severity with a reason, status and lead, and resolves with one sentence', async () => {
    const room = await aRoom();
    const press = async (button: string, fields: Record<string, string>): Promise<number> =>
      (await bo.send(`/lite/i/${room}`, { ...PlainBrowser.hidden(await bo.open(`/lite/i/${room}`), button), ...fields })).status;

    expect(await press('Change severity', { text: 'SEV1', reason: 'all customers' })).toBe(303);
    expect(await press('Change status', { text: 'fixing' })).toBe(303);
    expect(await press('Change lead', { text: 'me' })).toBe(200);
    expect(await press('Resolve', { text: 'We alert on pool saturation' })).toBe(303);

    expect((await app.api('GET', `/api/v1/incidents/${room}`)).body).toMatchObject({
      severity: 'SEV1',
      status: 'resolved',
      lead: { name: 'Bo' },
      learned: 'We alert on pool saturation',
    });
    const { body } = await bo.open(`/lite/i/${room}`);
    expect(body).toContain('Severity changed from SEV3 to SEV1 by Bo: all customers');
    expect(body).toContain('Bo took the lead');
    expect(body).toContain('Reopen');
  });

  it('hands the lead to somebody who takes part, and to nobody', async () => {
    const room = await aRoom();
    const { people } = (await app.api('GET', `/api/v1/incidents/${room}/snapshot`)).body as { people: { id: string; name: string }[] };

    await bo.send(`/lite/i/${room}`, { do: 'role', role: 'lead', id: uuidv7(), text: people[0]?.id ?? '' });
    expect((await app.api('GET', `/api/v1/incidents/${room}`)).body).toMatchObject({ lead: { name: 'Admin' } });
    await bo.send(`/lite/i/${room}`, { do: 'role', role: 'lead', id: uuidv7(), text: 'nobody' });

    expect((await app.api('GET', `/api/v1/incidents/${room}`)).body).toMatchObject({ lead: null });
  });

  it('does what a line with a slash says, and answers the sender alone', async () => {
    const room = await aRoom();

    const answered = await bo.send(`/lite/i/${room}`, { do: 'message', id: uuidv7(), text: '/severity sev2 half of them' });

    expect(answered.status).toBe(200);
    expect(answered.body).toContain('The severity is SEV2.');
    expect(await app.texts(room)).toEqual([]);
  });

  it.each([
    ['message', '', 'Write 1 to 10000 characters'],
    ['message', 'y'.repeat(10_001), 'Write 1 to 10000 characters'],
    ['resolve', '  ', 'one sentence'],
    ['resolve', 'z'.repeat(1_001), 'at most 1000 characters'],
    ['severity', 'SEV9', 'There is no severity'],
    ['status', 'gone', 'There is no status'],
    ['role', 'Mallory', 'Nobody here is'],
  ])('says on the page why a %s could not be taken, and keeps what was typed', async (kind, text, why) => {
    const room = await aRoom();

    const refused = await bo.send(`/lite/i/${room}`, { do: kind, role: 'lead', id: uuidv7(), text });

    expect(refused.status).toBe(400);
    expect(refused.body).toContain(why);
    if (kind === 'message' || kind === 'resolve') expect(refused.body).toContain(`>\n${text}</textarea>`);
    if (kind !== 'message') expect(refused.body).toContain('<details open>');
  });

  it('keeps what was typed when the session has ended, and sends it once somebody signed in again', async () => {
    const room = await aRoom();
    const stranger = new PlainBrowser(app);

    const refused = await stranger.send(`/lite/i/${room}`, { do: 'message', id: uuidv7(), text: 'Do not lose "this"' });
    stranger.cookie = bo.cookie;
    const sent = await stranger.send(`/lite/i/${room}`, { ...PlainBrowser.hidden(refused, 'Send again'), text: 'Do not lose "this"' });

    expect(refused.status).toBe(401);
    expect(refused.body).toContain('Do not lose &quot;this&quot;</textarea>');
    expect(refused.body).toContain('href="/sign-in"');
    expect(sent.status).toBe(303);
    expect(await app.texts(room)).toEqual(['Do not lose "this"']);
  });

  it('keeps every part of an update that could not be sent', async () => {
    const room = await aRoom();
    const stranger = new PlainBrowser(app);
    const update = { do: 'update', id: uuidv7(), text: 'We roll back', severity: 'SEV1', status: 'fixing', next: '20' };

    const refused = await stranger.send(`/lite/i/${room}`, update);
    stranger.cookie = bo.cookie;
    await stranger.send(`/lite/i/${room}`, { ...PlainBrowser.hidden(refused, 'Send again'), text: 'We roll back' });

    const [shared] = await app.events(room, 'update.shared');
    expect(shared).toMatchObject({
      data: { text: 'We roll back', severity: 'SEV1', status: 'fixing', nextUpdateBy: expect.any(String) as string },
    });
  });

  it('offers a member nothing that is decided for others, unless they lead', async () => {
    const room = await aRoom();
    const mia = await SomePerson.of(app, 'Mia', 'member');
    const hers = new PlainBrowser(app);
    hers.cookie = mia.cookie;
    const others = ['>Add somebody<', '>Merge into another<', '>Make private<'];

    const before = (await hers.open(`/lite/i/${room}`)).body;
    await mia.does(room, 'lead', { to: 'me' });
    const after = (await hers.open(`/lite/i/${room}`)).body;

    expect(others.filter((form) => before.includes(form))).toEqual([]);
    expect(others.filter((form) => after.includes(form))).toEqual(others);
  });

  it('takes nothing from another site', async () => {
    const room = await aRoom();

    const refused = await bo.send(`/lite/i/${room}`, { do: 'message', id: uuidv7(), text: 'Hi' }, { 'sec-fetch-site': 'cross-site' });

    expect(refused.status).toBe(403);
    expect(await app.texts(room)).toEqual([]);
  });

  it('is open to browsers for the terminal, which say only by which page a form was sent', async () => {
    const room = await aRoom();
    const from = (referer: string) =>
      fetch(new URL(`/lite/i/${room}`, app.url), {
        method: 'POST',
        redirect: 'manual',
        headers: { cookie: bo.cookie, referer },
        body: new URLSearchParams({ text: 'From w3m' }),
      });

    const [own, other] = [await from(`${app.url}/lite/i/${room}`), await from('http://evil.test/lite')];

    expect([own.status, other.status]).toEqual([303, 403]);
    expect(await app.texts(room)).toEqual(['From w3m']);
  });

  it('marks what was late and puts it where it was said, and says where it is also heard', async () => {
    const { id, number } = await app.anIncident();
    await app.says(number, 'Second');
    await app.database.query(
      `update event set late = true, display_at = clock_timestamp() + interval '1 hour' where stream_id = $1 and seq = 1`,
      [id],
    );
    await app.database.query(
      `insert into mirror (id, incident_id, instance, tenant, surface, state, name, since, permalink) values ($1, $2, 'slack', 'T1', 'Slack', 'parked', '#inc-1', '2026-01-02T03:11:00Z', 'javascript:alert(1)')`,
      [uuidv7(), id],
    );

    const { body } = await bo.open(`/lite/i/${number}`);

    expect(body.indexOf('Second')).toBeLessThan(body.indexOf('Declared SEV3'));
    expect(body).toContain('<span class="late">late</span>');
    expect(body).toContain('Slack #inc-1 is not answering since 03:11');
    expect(body).not.toContain('javascript:');
  });

  it('shows a message as it reads now: edited, or gone', async () => {
    const room = await aRoom();
    const [first, second] = [await app.says(room, 'Rolback'), await app.says(room, 'A secret')];
    await app.database.query(`update message set text = 'Rollback', edited_at = clock_timestamp() where id = $1`, [first]);
    await app.database.query('update message set deleted_at = clock_timestamp() where id = $1', [second]);

    const { body } = await bo.open(`/lite/i/${room}`);

    expect(body).toContain('via API, edited');
    expect(body).not.toContain('Rolback');
    expect(body).not.toContain('A secret');
  });

  it('shows the newest 200 and leads to the older ones', async () => {
    const { id, number } = await app.anIncident();
    await manyMessages(app, id, 230, (n) => `message ${n}.`);

    const newest = await bo.open(`/lite/i/${number}`);
    const [, before] = /\?before=(\d+)"/.exec(newest.body) ?? [];
    const older = await bo.open(`/lite/i/${number}?before=${before}`);

    expect(newest.body).toContain('message 230.');
    expect(newest.body).not.toContain('message 30.');
    expect(older.body).toContain('message 30.');
    expect(older.body).not.toContain('message 31.');
    expect(older.body).not.toContain('Older messages');
    expect((await bo.open(`/lite/i/${number}?before=x`)).status).toBe(400);
  });

  it('shows a drill’s guest that drill and nothing else', async () => {
    const [drill, other] = [await app.anIncident(), await app.anIncident({ title: 'A secret outage' })];
    const guest = await aGuest(app, drill.id);

    expect((await guest.open(`/lite/i/${drill.number}`)).status).toBe(200);
    const refused = [
      await guest.open(`/lite/i/${other.number}`),
      await guest.open(`/i/${other.number}.txt`),
      await guest.send(`/lite/i/${other.number}`, { do: 'message', id: uuidv7(), text: 'Hi' }),
    ];
    expect(refused.map(({ status }) => status)).toEqual([404, 404, 404]);
    expect((await guest.open('/lite')).body).not.toContain('A secret outage');
    expect((await (await aGuest(app)).open('/lite')).body).not.toContain('A secret outage');
    expect((await guest.send('/declare', { title: 'x', key: uuidv7() })).status).toBe(403);
    expect((await guest.send('/invitations')).status).toBe(403);
  });
});
