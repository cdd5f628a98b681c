import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Watching } from '#test/api/read-stream';
import { Switchboard } from '#src/platform/shedding/switchboard';
import { SwitchFile } from '#src/platform/shedding/switch-file';
import { StrainGauge } from '#src/platform/shedding/strain-gauge';
import { StreamLog } from '#src/platform/log/log';
import { WORK_CLASSES, type WorkClass, type WorkState } from '#src/platform/shedding/work.types';
import { createLink } from '#src/people/sign-in-links';
import { Sessions } from '#src/people/sessions';
import { FakeChat } from '#test/rooms/fake-chat';
import { useApp } from '#test/support/app';
import { until } from '#test/support/until';

const BASE = '/api/v1/operations';
const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

describe('Giving up a class of work by hand', () => {
  const fake = new FakeChat('fake');
  const app = useApp({ platforms: [fake.platform] });
  let incident: string;
  let room: string;

  beforeAll(async () => {
    await fake.join(app);
    incident = (await app.anIncident()).number;
    room = await fake.room(app, incident);
    await fake.told(app);
  });
  afterEach(async () => {
    for (const work of WORK_CLASSES) await turn(work, null);
  });

  it('keeps in order what is written here for a chat, says so in the room, and sends it afterwards', async () => {
    await turn('mirrors', true, 'Slack asks for mercy');
    for (const text of ['one', 'two', 'three']) await app.says(incident, text);
    // A follower has made deliveries of them; none is tried. How the channel looks may wait as well.
    const waiting = `select 1 from delivery where status = 'pending' and operation = 'send'`;
    await until('they wait', async () => (await app.database.query(waiting)).length === 3);
    expect(await lite()).toContain(
      'Words to chats: off. What is written here waits, in order, and goes to the chats when it is on again. Why: Slack asks for mercy',
    );
    expect(fake.said(room)).toEqual([]);

    await turn('mirrors', null);

    await until('all is said', () => fake.said(room).length === 3);
    expect(fake.said(room)).toEqual(['one', 'two', 'three']);
    expect(await lite()).not.toContain('Words to chats: off');
  });

  it('keeps what is said in a chat, and lets it in afterwards', async () => {
    await turn('inbox', true);
    await fake.says('mia', room, 'from the chat');
    await until(
      'it is kept',
      async () => (await app.database.query(`select 1 from inbox where status = 'waiting' and kind = 'event'`)).length > 0,
    );
    await app.says(incident, 'the room goes on');
    // By now the worker has gone round, and would have read it.
    await until('it went out', () => fake.said(room).includes('the room goes on'));
    expect(await app.texts(incident)).not.toContain('from the chat');

    await turn('inbox', null);

    await until('it is read', async () => (await app.texts(incident)).includes('from the chat'));
  });

  it('answers 503 with the time to ask again for a live page, and the room itself goes on', async () => {
    await turn('streams', true, 'too many pages');

    const { status, headers, body } = await app.api('GET', `/api/v1/incidents/${incident}/stream`);

    expect(status).toBe(503);
    expect(headers.get('retry-after')).toBe('30');
    expect((body as { detail: string }).detail).toContain('too many pages');
    await app.says(incident, 'still written');
    expect(await app.texts(incident)).toContain('still written');
  });

  it('is said on every page that is open, and that it is over', async () => {
    const page = await Watching.open(app, incident, { after: 0 });

    await turn('mirrors', true, 'Slack limits us');
    await until('it is said', () => page.givenUp.length === 2);
    await turn('canaries', true, 'nobody in a room would miss them');
    await turn('mirrors', null);
    await until('it is over', () => page.givenUp.length === 3);

    page.leave();
    expect(page.givenUp).toEqual([[], [expect.stringMatching(/^Words to chats: off\. .* Why: Slack limits us$/)], []]);
  });

  it('is over on a page that was away meanwhile and comes back', async () => {
    await turn('mirrors', true, 'Slack limits us');
    const before = await Watching.open(app, incident, { after: 0 });
    await until('it is said', () => before.givenUp.length === 1);
    before.leave();
    await turn('mirrors', null);

    const again = await Watching.open(app, incident, { lastEventId: before.seqs.at(-1) ?? 0 });
    await until('it is said that nothing is off', () => again.givenUp.length === 1);

    again.leave();
    expect([before.givenUp, again.givenUp]).toEqual([[[expect.stringContaining('Slack limits us')]], [[]]]);
  });

  it('is said on a page that is opened later', async () => {
    await turn('mirrors', true, 'Slack limits us');

    const { body } = await app.api('GET', `/api/v1/incidents/${incident}/snapshot`);

    expect((body as { givenUp: string[] }).givenUp).toEqual([expect.stringContaining('Slack limits us')]);
  });

  it('refuses to begin a practice', async () => {
    await turn('practice', true);
    expect((await app.api('GET', '/practice')).status).toBe(503);
  });

  it('counts until its end time and no longer', async () => {
    await app.api('PUT', `${BASE}/switches/cards`, { off: true, why: 'for a moment', until: new Date(Date.now() + 2_000).toISOString() });
    expect(state('cards')).toMatchObject({ on: false, decidedBy: 'person' });
    await until('it is over', () => state('cards').on);
    expect(state('cards').decidedBy).toBe('nobody');
  });

  it('cannot be done to the room, nor without a reason', async () => {
    expect((await app.api('PUT', `${BASE}/switches/room`, { off: true, why: 'no' })).status).toBe(404);
    expect((await app.api('PUT', `${BASE}/switches/inbox`, { off: true, why: ' ' })).status).toBe(400);
  });

  it('is written down with who, what and why', async () => {
    await turn('profiles', true, 'Slack limits us');
    const [last] = await app.database.query(
      `select actor ->> 'name' as by, data ->> 'class' as class, data ->> 'why' as why from event where type = 'work.switched' order by seq desc limit 1`,
    );
    expect(last).toEqual({ by: 'Admin', class: 'profiles', why: 'Slack limits us' });
  });

  it('works from the screen', async () => {
    const session = await app.get(Sessions).signIn(await createLink(app.database, 'admin'), 'Ana');
    const response = await fetch(`${app.url}/operations/switches/canaries`, {
      method: 'POST',
      headers: { cookie: `muster=${session}`, origin: app.url },
      body: new URLSearchParams({ do: 'off', why: 'quota', minutes: '5' }),
    });
    expect(await response.text()).toContain('Looks at chats: off.');
    expect(state('canaries')).toMatchObject({ on: false, switch: { why: 'quota' } });
  });

  describe('by the file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'muster-switches-'));
    const path = join(folder, 'switches.json');
    let mtime = 1;
    let complaints: string[] = [];
    const file = new SwitchFile(folder, (why) => complaints.push(why));
    const boards: Switchboard[] = [];
    afterAll(async () => {
      for (const board of boards) await board.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    /** Times of files differ by less than a test takes, so they are set. */
    const write = (content: unknown): void => {
      writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
      utimesSync(path, mtime, mtime++);
    };
    const board = (): Switchboard => {
      const made = new Switchboard(app.database, app.get(StreamLog), app.doorbell, file, new StrainGauge(app.database), quiet);
      boards.push(made);
      made.start();
      return made;
    };

    it('wins over what a person says, and its going away gives the word back', async () => {
      await turn('mirrors', true, 'a person');
      await turn('cards', true, 'a person');
      write({ mirrors: { off: false, why: 'we need them' }, inbox: { off: true } });
      const one = board();

      await until('file and people are read', () => !one.isOn('inbox') && !one.isOn('cards'));
      expect(one.isOn('mirrors')).toBe(true);
      await until('it is written down', async () => (await written('inbox')) === 'switches.json');

      rmSync(path);
      await until('it is gone', () => one.isOn('inbox'));
      await until('the person counts', () => !one.isOn('mirrors'));
    });

    it('changes nothing when it cannot be understood, and says why', async () => {
      write({ inbox: { off: true } });
      const one = board();
      await until('it is read', () => !one.isOn('inbox'));
      complaints = [];
      write('{ "inbox": ');
      await until('it complains', () => complaints.length > 0);
      expect(one.isOn('inbox')).toBe(false);
      write({ room: { off: true } });
      await until('it complains of the room', () => complaints.length > 1);
    });

    async function written(work: WorkClass): Promise<unknown> {
      const [last] = await app.database.query<{ via: string }>(
        `select via ->> 'name' as via from event where type = 'work.switched' and data ->> 'class' = $1 order by seq desc limit 1`,
        [work],
      );
      return last?.via;
    }
  });

  async function turn(work: WorkClass, off: boolean | null, why = 'a test'): Promise<void> {
    const { status } = await app.api('PUT', `${BASE}/switches/${work}`, { off, why });
    expect(status).toBe(200);
  }

  function state(work: WorkClass): WorkState {
    const found = app
      .get(Switchboard)
      .all()
      .find((one) => one.class === work);
    if (!found) throw new Error(`no ${work}`);
    return found;
  }

  async function lite(): Promise<string> {
    const session = await app.get(Sessions).signIn(await createLink(app.database, 'admin'), 'Ana');
    return (await fetch(`${app.url}/lite/i/${incident}`, { headers: { cookie: `muster=${session}` } })).text();
  }
});
