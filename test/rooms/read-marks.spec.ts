import { useApp } from '#test/support/app';
import { SomePerson } from '#test/support/person';

describe('How far somebody has read', () => {
  const app = useApp({ roles: ['web'] });
  let ben: SomePerson;
  beforeAll(async () => {
    ben = await SomePerson.of(app, 'Ben');
  });
  const reads = async (incident: string, seq: number): Promise<number> =>
    ((await ben.api('PUT', `/api/v1/incidents/${incident}/read`, { seq })).body as { seq: number }).seq;
  const unread = async (id: string): Promise<number | undefined> =>
    ((await ben.api('GET', '/api/v1/unread')).body as { unread: Record<string, number> }).unread[id];

  it('never goes back, whichever device says so', async () => {
    const { number } = await app.anIncident();
    for (const text of ['one', 'two', 'three']) await app.says(number, text);

    expect(await reads(number, 4)).toBe(4);
    expect(await reads(number, 2)).toBe(4);

    expect((await ben.api('GET', `/api/v1/incidents/${number}/snapshot`)).body).toMatchObject({ read: { seq: 4 } });
  });

  it('is not beyond the room’s end, so that what comes next is new', async () => {
    const { number, id } = await app.anIncident();

    expect(await reads(number, 1_000)).toBe(1);
    await app.says(number, 'new');

    expect(await unread(id)).toBe(1);
  });

  it('counts what others wrote since, and neither one’s own words nor what was deleted', async () => {
    const { number, id } = await app.anIncident();
    await reads(number, 1);
    await app.says(number, 'kept');
    await app.says(number, 'deleted');
    const gone = (await app.events(number, 'message.posted')).at(-1);
    await app.does(number, 'delete', { messageId: gone?.id });
    await ben.does(number, 'message', { text: 'my own' });

    expect(await unread(id)).toBe(1);
  });

  it.each(['triage', 'paused', 'active'])('counts where somebody still has to do something: %s', async (category) => {
    const { number, id } = await app.anIncident({ triage: category === 'triage' });
    if (category === 'paused') await app.does(number, 'status', { to: 'paused' });
    await reads(number, 100);
    await app.says(number, 'new');

    expect(await unread(id)).toBe(1);
    await app.does(number, 'status', { to: 'canceled' });
    expect(await unread(id)).toBeUndefined();
  });

  it('says nothing of rooms that one never opened', async () => {
    const { number, id } = await app.anIncident();
    await app.says(number, 'somebody talks');

    expect(await unread(id)).toBeUndefined();
  });

  it.each([[{ seq: -1 }], [{ seq: 'far' }], [{}]])('refuses %j with what to do', async (body) => {
    const { number } = await app.anIncident();

    const { status, body: problem } = await ben.api('PUT', `/api/v1/incidents/${number}/read`, body);

    expect([status, problem]).toEqual([400, expect.objectContaining({ detail: expect.stringContaining('seq') as string })]);
  });
});
