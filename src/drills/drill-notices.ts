import { mailOfPerson } from '#src/notifications/addresses.queries';
import type { Notices } from '#src/notifications/notices.service';
import { type Tx, rows } from '#src/platform/database/database';
import type { Follower } from '#src/platform/followers/follower.types';
import type { LoggedEvent } from '#src/platform/log/event.types';
import { type Drill, drillWith } from './drill-rows.ts';
import { aboutDrill } from './evidence.queries.ts';
import { downNotice } from './notice-words.ts';

/** Has those who take part in a drill told by other ways that its chat is down, where whoever began it asked for that; nobody else. */
export class DrillNotices implements Follower {
  readonly name = 'drill-notices';
  readonly kind = 'effect';

  constructor(
    private readonly notices: Notices,
    private readonly home: string,
  ) {}

  async handle(tx: Tx, event: LoggedEvent): Promise<void> {
    if (event.type !== 'surface.down') return;
    const drill = await drillWith(tx, { instance: (event.data as { instance: string }).instance });
    if (!drill?.tells || drill.phase === 'over') return;
    const content = downNotice(drill, this.home);
    await this.notices.begin(tx, {
      about: aboutDrill(drill),
      shared: content,
      personal: (await addressesIn(tx, drill)).map((address) => ({ address, chat: null, content })),
    });
  }
}

async function addressesIn(tx: Tx, { incidentId }: Drill): Promise<string[]> {
  const found = await rows<{ address: string }>(
    tx,
    `select distinct lower(told.address) as address from participant t cross join lateral (select ${mailOfPerson('t.person_id')} as address) told
      where t.incident_id = $1 and told.address is not null`,
    [incidentId],
  );
  return found.map(({ address }) => address);
}
