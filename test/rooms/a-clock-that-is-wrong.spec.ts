import type { Place } from '@musterhq/adapter-testkit';
import type { RoomEventOf } from '#libs/war-room-protocol/events';
import { MirrorTrouble } from '#src/rooms/gaps/mirror-trouble.service';
import { type TestApp, useApp } from '#test/support/app';
import { until } from '#test/support/until';
import { FakeChat } from './fake-chat.ts';
import { sweepOnlyWhenAsked } from './sweeps-when-asked.ts';

const HOUR_MS = 3_600_000;
const Right = globalThis.Date;

/** What a machine with a wrong clock says; PostgreSQL stands on another one. */
function putClockOff(ms: number): void {
  globalThis.Date = class extends Right {
    constructor(...given: []) {
      super(...((given.length === 0 ? [Right.now() + ms] : given) as []));
    }

    static override now(): number {
      return Right.now() + ms;
    }
  } as DateConstructor;
}

describe.each([
  ['an hour behind', -HOUR_MS],
  ['an hour ahead', HOUR_MS],
])('A Muster whose clock is %s', (_how, offMs) => {
  const fake = new FakeChat('fake');
  const app = useApp({ roles: ['web', 'ingest', 'worker'], platforms: [fake.platform] });
  beforeAll(async () => {
    putClockOff(offMs);
    await fake.join(app);
    await sweepOnlyWhenAsked(app);
  });
  afterEach(() => fake.chat.up());
  afterAll(() => {
    globalThis.Date = Right;
  });

  it('says in the chat what is written, as soon as with a right one', async () => {
    const { number } = await app.anIncident();
    const room = await fake.room(app, number);

    await app.says(number, 'is anybody there');

    await until('it is said', () => fake.said(room).some((text) => text.includes('is anybody there')));
  });

  it('leaves nothing behind that waits for an hour, when it is put right after calls that failed', async () => {
    const { number } = await app.anIncident();
    const room = await fake.room(app, number);
    fake.chat.fault('send', 'error-before', 1_000);

    await app.says(number, 'said when the clock is right');
    await until('a call that failed is kept', () => failed(app));
    globalThis.Date = Right;
    fake.chat.heal();

    await until('it is said', () => fake.said(room).some((text) => text.includes('said when the clock is right')));
    putClockOff(offMs);
  });

  it('learns after an outage that a reaction was taken back, and believes who gives it again', async () => {
    const { number, place } = await aReactionTo('rolling back');

    await anOutage(() => fake.chat.react('mia', place, 'eyes', false));
    await reactionsAre(number, [true, false]);
    await fake.chat.react('mia', place, 'eyes');

    await reactionsAre(number, [true, false, true]);
  });

  it('and so where that is older than what it reads of an outage', async () => {
    const { number, place } = await aReactionTo('rolled back', 3 * HOUR_MS);

    await anOutage(() => fake.chat.react('mia', place, 'eyes', false));
    await app.database.query('update gap set look_back_at = clock_timestamp() where look_back_at is not null');
    await reactionsAre(number, [true, false]);
    await fake.chat.react('mia', place, 'eyes');

    await reactionsAre(number, [true, false, true]);
  });

  it('looks again soon for what it said, where the history could not be read', async () => {
    const { number } = await app.anIncident();
    const room = await fake.room(app, number);
    await fake.told(app);
    fake.chat.fault('send', 'lost');
    await app.says(number, 'never there');
    await fake.told(app);
    fake.chat.fault('history', 'error-before', Infinity);

    await app.database.query(`update unswept set due_at = '2020-01-01'`);
    await until('looking failed', async () => (await app.database.query(`select 1 from unswept where due_at = '2020-01-01'`)).length === 0);
    fake.chat.heal();

    await until('it is there', () => fake.said(room).some((text) => text.includes('never there')));
  });

  /** Given to what was said so long ago, and heard. */
  async function aReactionTo(words: string, agoMs = 0): Promise<{ number: string; place: Place }> {
    const { number } = await app.anIncident();
    const room = await fake.room(app, number);
    await fake.told(app);
    const place = await fake.says('mia', room, words);
    await fake.heard(app);
    const message = fake.chat.world.message(room, place.number);
    Object.assign(message, { at: message.at - agoMs });
    await app.database.query(
      `update message_copy c set said_at = said_at - make_interval(secs => $2) from mirror m where m.id = c.mirror_id and m.room = $1 and c.native_id = $3`,
      [room, agoMs / 1_000, String(place.number)],
    );
    await fake.chat.react('mia', place, 'eyes');
    await reactionsAre(number, [true]);
    return { number, place };
  }

  /** In which nobody hears what is done there. */
  async function anOutage(meanwhile: () => Promise<unknown>): Promise<void> {
    const trouble = app.get(MirrorTrouble);
    fake.chat.down('silent', 'refused');
    await app.database.transaction((tx) => trouble.park(tx, fake.surface, new Right(), 'three looks were missed'));
    await meanwhile();
    await fake.chat.up();
    await app.database.transaction((tx) => trouble.catchUp(tx, fake.surface, new Right()));
    await until('it has caught up', async () => (await app.database.query(`select 1 from gap where state <> 'closed'`)).length === 0);
  }

  async function reactionsAre(number: string, wanted: readonly boolean[]): Promise<void> {
    await until(`reactions ${wanted.join(', ')}`, async () => {
      const given = (await app.events(number, 'message.reacted')) as RoomEventOf<'message.reacted'>[];
      return given.map(({ data }) => data.on).join() === wanted.join();
    });
  }
});

async function failed(app: TestApp): Promise<boolean> {
  const found = await app.database.query(`select 1 from delivery where lane = 'room' and status <> 'sent' and attempts > 1`);
  return found.length > 0;
}
