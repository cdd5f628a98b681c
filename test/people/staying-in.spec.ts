import { OVER_SIGN_INS } from '#src/people/over-sign-ins';
import { Retention } from '#src/platform/retention/retention';
import { useApp } from '#test/support/app';
import { SomePerson } from '#test/support/person';
import { PlainBrowser } from '#test/war-room/pages/browser';

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

describe('Staying signed in', () => {
  const app = useApp({ roles: ['web'] });
  const status = async (somebody: SomePerson): Promise<number> => (await somebody.api('GET', '/api/v1/me')).status;
  /** As if they had last asked so long ago. */
  const unusedFor = (somebody: SomePerson, days: number): Promise<unknown> =>
    app.database.query(
      `update session set seen_at = seen_at - make_interval(days => $2), expires_at = expires_at - make_interval(days => $2) where person_id = $1`,
      [somebody.id, days],
    );
  const ended = (incident: string, hoursAgo: number): Promise<unknown> =>
    app.database.query(`update incident set ended_at = clock_timestamp() - make_interval(hours => $2) where id = $1`, [incident, hoursAgo]);
  /** Somebody who was part of an incident before they went away. */
  const amongThem = async (name: string): Promise<{ somebody: SomePerson; incident: string }> => {
    const somebody = await SomePerson.of(app, name);
    const { id } = await somebody.declares();
    await app.database.query(`update participant set joined_at = joined_at - interval '40 days' where incident_id = $1`, [id]);
    return { somebody, incident: id };
  };

  it('ends after 30 days without use, and not while an incident that somebody is part of goes on', async () => {
    const bo = await SomePerson.of(app, 'Bo');
    const { somebody: mia } = await amongThem('Mia');
    await unusedFor(bo, 31);
    await unusedFor(mia, 31);

    expect(await status(bo)).toBe(401);
    expect(await status(mia)).toBe(200);
  });

  it('ends twelve hours after that incident is over', async () => {
    const { somebody: eleven, incident: one } = await amongThem('Eleven');
    const { somebody: thirteen, incident: other } = await amongThem('Thirteen');
    await unusedFor(eleven, 31);
    await unusedFor(thirteen, 31);
    await ended(one, 11);
    await ended(other, 13);

    expect(await status(eleven)).toBe(200);
    expect(await status(thirteen)).toBe(401);
  });

  it('is not brought back by an incident that began after it was over', async () => {
    const somebody = await SomePerson.of(app, 'Away');
    await somebody.declares();
    await unusedFor(somebody, 31);

    expect(await status(somebody)).toBe(401);
  });

  it('is not forgotten while it lets somebody in', async () => {
    const { somebody } = await amongThem('Long');
    await app.database.query(`update participant set joined_at = joined_at - interval '90 days' where person_id = $1`, [somebody.id]);
    await unusedFor(somebody, 62);

    const retention = new Retention(app.database, quiet);
    retention.add(...OVER_SIGN_INS);
    await retention.forget();

    expect(await status(somebody)).toBe(200);
  });

  it('goes on for 30 days from the last use, in the browser too', async () => {
    const somebody = await SomePerson.of(app, 'Daily');
    await unusedFor(somebody, 29);
    const browser = Object.assign(new PlainBrowser(app), { cookie: somebody.cookie });

    const renewed = await browser.open('/lite');
    const soonAfter = await browser.open('/lite');

    const [session] = await app.database.query<{ days: number }>(
      `select round(extract(epoch from expires_at - clock_timestamp()) / 86400)::int as days from session where person_id = $1`,
      [somebody.id],
    );
    expect(session?.days).toBe(30);
    // The browser's copy must not run out before the session does, however long ago somebody signed in.
    expect(renewed.headers.get('set-cookie')).toMatch(/^muster=[\w-]{43}; Max-Age=34560000; .*HttpOnly; SameSite=Lax/);
    expect(soonAfter.headers.get('set-cookie')).toBeNull();
  });
});
