import { type TestApp, useApp } from '#test/support/app';
import { until } from '#test/support/until';
import { FakeChat } from './fake-chat.ts';

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
  beforeAll(() => {
    putClockOff(offMs);
    return fake.join(app);
  });
  afterEach(() => fake.chat.heal());
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
});

async function failed(app: TestApp): Promise<boolean> {
  const found = await app.database.query(`select 1 from delivery where lane = 'room' and status <> 'sent' and attempts > 1`);
  return found.length > 0;
}
