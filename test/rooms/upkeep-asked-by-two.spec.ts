import { uuidv7 } from 'uuidv7';
import { queueUpkeep } from '#src/rooms/deliveries/delivery-queue';
import { useApp } from '#test/support/app';

const STEPS = `select status from delivery where mirror_id = $1 and lane = 'upkeep' order by position`;

/** People join and things change while others are at work on the same mirror. Nobody works here, so that what is asked for stays. */
describe('Seeing to a mirror’s room', () => {
  const app = useApp({ roles: ['web'] });

  it('is asked for by two at the same moment: neither fails, and neither waits for the other', async () => {
    const mirrorId = uuidv7();
    await app.database.query(
      `insert into mirror (id, incident_id, instance, tenant, surface, state, room) values ($1, $2, 'chat', 'T', 'The chat', 'open', 'C1')`,
      [mirrorId, (await app.anIncident()).id],
    );
    let end = (): void => undefined;
    const mayEnd = new Promise<void>((resolve) => (end = resolve));

    const first = app.database.transaction(async (tx) => {
      await queueUpkeep(tx, mirrorId, 'now');
      await mayEnd;
    });
    const second = app.database.transaction((tx) => queueUpkeep(tx, mirrorId, 'now')).finally(end);

    await expect(Promise.all([first, second])).resolves.toBeDefined();
    expect(await app.database.query(STEPS, [mirrorId])).toEqual([{ status: 'pending' }, { status: 'pending' }]);
  });

  it('is over at once for a room that was given up', async () => {
    const mirrorId = uuidv7();
    await app.database.query(
      `insert into mirror (id, incident_id, instance, tenant, surface, state) values ($1, $2, 'chat', 'T', 'The chat', 'closed')`,
      [mirrorId, (await app.anIncident()).id],
    );

    await app.database.transaction((tx) => queueUpkeep(tx, mirrorId, 'now'));

    expect(await app.database.query(STEPS, [mirrorId])).toEqual([]);
  });
});
