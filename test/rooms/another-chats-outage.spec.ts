import { MirrorTrouble } from '#src/rooms/gaps/mirror-trouble.service';
import { useApp } from '#test/support/app';
import { until } from '#test/support/until';
import { FakeChat } from './fake-chat.ts';

const TEN_MINUTES_MS = 600_000;

describe('A room in two chats, of which one falls', () => {
  const fallen = new FakeChat('fallen');
  const other = new FakeChat('other');
  const app = useApp({ roles: ['web', 'ingest', 'worker'], platforms: [fallen.platform, other.platform] });
  let number: string;
  let there: string;
  let here: string;

  beforeAll(async () => {
    await fallen.join(app);
    await other.join(app);
  });
  beforeEach(async () => {
    ({ number } = await app.anIncident());
    [there, here] = [await fallen.room(app, number), await other.room(app, number)];
    await fallen.told(app);
    await other.told(app);
  });
  afterEach(() => fallen.chat.up());

  it('goes on in the other as if nothing had happened, whose people are told that the others do not read along, and when they do', async () => {
    await falls();
    await fallen.says('mia', there, 'said there');
    await other.says('ben', here, 'said in the other');
    await other.heard(app);
    await app.says(number, 'said in the war room');
    await other.told(app);
    expect(other.said(here)).toEqual([expect.stringMatching(AWAY), 'said in the war room']);

    await isBack();
    await other.told(app);

    expect(other.said(here).slice(2)).toEqual([expect.stringMatching(/^said there/), expect.stringMatching(CAUGHT_UP)]);
    expect(fallen.said(there)).toEqual(['said in the other', 'said in the war room', expect.stringMatching(BACK)]);
  });

  it('is told nothing by what was no more than a doubt', async () => {
    await trouble((it, tx) => it.suspect(tx, fallen.surface, new Date(), 'a look was missed'));
    await trouble((it, tx) => it.catchUp(tx, fallen.surface, new Date()));
    await until('it is over', async () => (await app.database.query(`select 1 from gap where state <> 'closed'`)).length === 0);
    await app.says(number, 'after it');
    await other.told(app);

    expect(other.said(here)).toEqual(['after it']);
  });

  it('reads in the other when something was said that came late, as it reads beneath what it says itself', async () => {
    const at = Date.now() - TEN_MINUTES_MS;
    await fallen.admit(app, fallen.event(there, 'created', { number: 900, text: 'said long ago', at }));
    await fallen.admit(app, fallen.event(there, 'created', { number: 901, text: 'said just now' }));
    await fallen.heard(app);
    await other.told(app);

    expect(other.said(here)).toEqual([expect.stringMatching(/^said long ago\s+.*Written at/), 'said just now']);
  });

  const AWAY = /^The fallen is not answering since .*Whoever is in The fallen alone reads what is written here when it is back\./;
  const CAUGHT_UP =
    /^The fallen has caught up: 1 message said there from .* to .* stands above, and 2 messages that waited for it are there now\./;
  const BACK = /^The fallen did not reach Muster from .*1 message from here and 2 messages from the war room were exchanged since\./;

  async function falls(): Promise<void> {
    const goodAt = new Date();
    fallen.chat.down('silent', 'refused');
    await trouble((it, tx) => it.suspect(tx, fallen.surface, goodAt, 'a look was missed'));
    await trouble((it, tx) => it.park(tx, fallen.surface, goodAt, 'it does not answer'));
  }

  async function isBack(): Promise<void> {
    await fallen.chat.up();
    await trouble((it, tx) => it.catchUp(tx, fallen.surface, new Date()));
    await until('the gap is closed', async () => (await app.events(number, 'gap.closed')).length > 0);
    await fallen.told(app);
  }

  type Word = (it: MirrorTrouble, tx: Parameters<Parameters<typeof app.database.transaction>[0]>[0]) => Promise<void>;
  const trouble = (word: Word): Promise<void> => app.database.transaction((tx) => word(app.get(MirrorTrouble), tx));
});
