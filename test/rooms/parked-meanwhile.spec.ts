import { uuidv7 } from 'uuidv7';
import { MirrorTrouble } from '#src/rooms/gaps/mirror-trouble.service';
import { useApp } from '#test/support/app';
import { until } from '#test/support/until';

const WAITS = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like 'update mirror m set state%'`;

/** Bad minutes for real processes, seed 2020: a room stayed parked for ever, because its incident was declared as the chat came back. */
describe('A chat that comes back while an incident is declared', () => {
  const app = useApp({ roles: ['web'] });

  it('leaves no room parked whose gap is under way', async () => {
    const first = await parked();
    const both = app.get(MirrorTrouble);
    let end = (): void => undefined;
    const mayEnd = new Promise<void>((resolve) => (end = resolve));
    let isHeld = false;
    const holding = app.database.transaction(async (tx) => {
      await tx.query('select 1 from mirror where id = $1 for update', [first]);
      isHeld = true;
      await mayEnd;
    });
    await until('the first room is held', () => isHeld);

    const back = app.database.transaction((tx) => both.catchUp(tx, { instance: 'chat', tenant: 'T' } as never, new Date()));
    await until('coming back waits for it', async () => (await app.database.query(WAITS)).length > 0);
    const second = await parked();
    end();
    await Promise.all([holding, back]);

    const states = (id: string) =>
      app.database.query('select m.state as room, g.state as gap from mirror m join gap g on g.mirror_id = m.id where m.id = $1', [id]);
    expect(await states(first)).toEqual([{ room: 'catching-up', gap: 'reading' }]);
    // Whoever watches the chat sees it, and takes it up.
    expect(await states(second)).toEqual([{ room: 'parked', gap: 'open' }]);
  });

  async function parked(): Promise<string> {
    const id = uuidv7();
    const incident = await app.anIncident();
    await app.database.query(
      `insert into mirror (id, incident_id, instance, tenant, surface, state) values ($1, $2, 'chat', 'T', 'The chat', 'parked')`,
      [id, incident.id],
    );
    await app.database.query(`insert into gap (id, mirror_id, from_at, parked) values ($1, $2, clock_timestamp(), true)`, [uuidv7(), id]);
    return id;
  }
});
