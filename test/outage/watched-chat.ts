import { FakePlatform, fakePlugin } from '@musterhq/adapter-testkit';
import type { OutageEvents } from '#src/outage/outage.events';
import type { SurfaceState } from '#src/outage/outage.types';
import { chatHealth } from '#src/outage/outage.queries';
import type { ChatHealth } from '#src/outage/outage.queries';
import { Chats } from '#src/platform/chats/chats';
import type { ChatPlatform } from '#src/platform/chats/plugins';
import type { ActorFact, LoggedEvent } from '#src/platform/log/event.types';
import { StreamLog } from '#src/platform/log/log';
import type { TestApp } from '#test/support/app';
import { until } from '#test/support/until';

/** Waits are as short as a busy machine allows. */
const PACE = 400;

/** A chat in memory, as the only one of an app of the tests, and what the app knows of it. */
export class WatchedChat {
  readonly chat: FakePlatform;
  readonly platform: ChatPlatform;

  constructor(options: ConstructorParameters<typeof FakePlatform>[0] = {}) {
    this.chat = new FakePlatform(options);
    this.platform = { plugin: fakePlugin(this.chat), fromEnvironment: () => ({ problems: ['It is joined by tests only.'] }) };
  }

  async join(app: TestApp): Promise<void> {
    await app.database.query(`insert into chat_instance (id, plugin, name, config, pace) values ('fake', 'fake', 'Fake', '{}', $1)`, [
      PACE,
    ]);
    await app.database.query(`insert into chat_tenant (instance, tenant) values ('fake', $1)`, [this.chat.tenant]);
    app.doorbell.ring({ topic: 'chats', id: 'fake' });
  }

  async health(app: TestApp): Promise<ChatHealth> {
    const [health] = await chatHealth(app.database, app.get(Chats));
    if (!health) throw new Error('no chat is running');
    return health;
  }

  becomes(app: TestApp, state: ChatHealth['state']): Promise<ChatHealth> {
    return until(
      `the chat is ${state}`,
      async () => {
        const health = await this.health(app).catch(() => null);
        return health?.state === state ? health : null;
      },
      20_000,
    );
  }

  /** What became of the chat, in order, after this number of the organisation's log. */
  async changes(
    app: TestApp,
    after = 0,
  ): Promise<{ to: SurfaceState; seq: number; at: Date; by: ActorFact | null; data: OutageEvents['surface.ok'] }[]> {
    const [organisation] = await app.database.query<{ id: string }>('select stream_id as id from organisation');
    const events = (await app.get(StreamLog).read(organisation?.id ?? '', after, 500)) as LoggedEvent<string, OutageEvents['surface.ok']>[];
    return events
      .filter(({ type }) => /^surface\.(ok|suspect|down|recovering)$/.test(type))
      .map(({ type, seq, at, by, data }) => ({ to: type.slice('surface.'.length) as SurfaceState, seq, at, by, data }));
  }

  /** Looks that reached the chat. */
  looks(): number {
    return this.chat.requests('edit');
  }

  async looksAgain(times: number): Promise<void> {
    const before = this.looks();
    await until(`${times} more looks`, () => this.looks() >= before + times, 20_000);
  }

  /** The chat's room for an incident. */
  roomOf(app: TestApp, incident: string): Promise<string> {
    return until('the mirror', async () => {
      const [mirror] = await app.database.query<{ room: string | null }>(
        'select m.room from mirror m join incident i on i.id = m.incident_id where i.reference = $1',
        [incident],
      );
      return mirror?.room;
    });
  }

  async mirrorState(app: TestApp, incident: string): Promise<string | undefined> {
    const [mirror] = await app.database.query<{ state: string }>(
      'select m.state from mirror m join incident i on i.id = m.incident_id where i.reference = $1',
      [incident],
    );
    return mirror?.state;
  }

  texts(room: string): string[] {
    return this.chat.observed(room).map(({ text }) => text);
  }
}
