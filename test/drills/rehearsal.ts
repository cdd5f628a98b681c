import type { RoomEventOf } from '#libs/war-room-protocol/events';
import type { DrillReport, DrillToStart, DrillView } from '#src/drills/drills.types';
import type { FakeChat } from '#test/rooms/fake-chat';
import type { TestApp } from '#test/support/app';
import { until } from '#test/support/until';

/** Long enough for a busy machine to notice, at the pace of a fake chat. */
const LONG_MS = 90_000;

/** A drill of the tests, from outside: over the API and in the chat. */
export class Rehearsal {
  id = '';
  number = '';
  room = '';

  constructor(
    private readonly app: TestApp,
    private readonly fake: FakeChat,
  ) {}

  /** Its room is open and seen to work, and now it is broken. */
  async breaks(ask: Partial<DrillToStart> & Pick<DrillToStart, 'fault'>): Promise<DrillView> {
    const { status, body } = await this.app.api('POST', '/api/v1/drills', { minutes: 30, ...ask });
    if (status !== 201) throw new Error(`the drill was answered ${status}: ${JSON.stringify(body)}`);
    const { id, number } = body as DrillView;
    this.id = id;
    this.number = number;
    const broken = await this.is('broken');
    const [mirror] = await this.app.database.query<{ room: string }>(
      'select room from mirror m join drill d on d.instance = m.instance where d.id = $1',
      [id],
    );
    this.room = mirror?.room ?? '';
    return broken;
  }

  async view(): Promise<DrillView> {
    return (await this.app.api('GET', `/api/v1/drills/${this.id}`)).body;
  }

  is(phase: DrillView['phase']): Promise<DrillView> {
    return until(
      `the drill is ${phase}`,
      async () => {
        const view = await this.view();
        return view.phase === phase ? view : null;
      },
      LONG_MS,
    );
  }

  /** Stopped, and played to its end. */
  async ends(): Promise<DrillReport> {
    await this.app.api('POST', `/api/v1/drills/${this.id}/stop`);
    const { report } = await this.is('over');
    if (!report) throw new Error('the drill has no report');
    return report;
  }

  /** What its room says of the chat. */
  says(state: string): Promise<unknown> {
    return until(`the room says ${state}`, async () => (await this.states()).includes(state), LONG_MS);
  }

  async states(): Promise<string[]> {
    const { mirrors } = (await this.app.api('GET', `/api/v1/incidents/${this.number}/snapshot`)).body as { mirrors: { state: string }[] };
    return mirrors.map(({ state }) => state);
  }

  async has(text: string): Promise<void> {
    await until(`the room has "${text}"`, async () => (await this.app.texts(this.number)).includes(text), LONG_MS);
  }

  async shows(text: string): Promise<void> {
    await until(`the chat shows "${text}"`, () => this.fake.said(this.room).includes(text), LONG_MS);
  }

  async closedGaps(): Promise<RoomEventOf<'gap.closed'>[]> {
    return (await this.app.events(this.number, 'gap.closed')) as RoomEventOf<'gap.closed'>[];
  }
}

export const lineOf = ({ lines }: DrillReport, about: string): DrillReport['lines'][number] => {
  const found = lines.find(({ what }) => what.includes(about));
  if (!found) throw new Error(`the report says nothing of "${about}"`);
  return found;
};
