import { type FakePlatformOptions, type ObservedMessage, type Place, FakePlatform, fakePlugin } from '@musterhq/adapter-testkit';
import type { Content, Envelope, Origin } from '@musterhq/chat-port';
import type { MirrorView } from '#libs/war-room-protocol/mirrors';
import type { ChatPlatform } from '#src/platform/chats/plugins';
import { Chats } from '#src/platform/chats/chats';
import { Inbox } from '#src/platform/inbox/inbox';
import type { TestApp } from '#test/support/app';
import { until } from '#test/support/until';

/** Waits and budgets are divided by this. */
const PACE = 50;

/** A chat in memory, and Muster's connection to it. `id` is the instance's. */
export class FakeChat {
  readonly chat: FakePlatform;
  readonly platform: ChatPlatform;

  constructor(
    readonly id: string,
    options: FakePlatformOptions = {},
    private readonly pretend = false,
    private readonly pace = PACE,
  ) {
    this.chat = new FakePlatform({ tenant: `T-${id}`, ...options });
    this.platform = { plugin: { ...fakePlugin(this.chat), id }, fromEnvironment: () => ({ problems: ['only in tests'] }) };
  }

  async join(app: TestApp): Promise<void> {
    await app.database.query(`insert into chat_instance (id, plugin, name, config, pretend, pace) values ($1, $1, $2, '{}', $3, $4)`, [
      this.id,
      `The ${this.id}`,
      this.pretend,
      this.pace,
    ]);
    await app.database.query('insert into chat_tenant (instance, tenant) values ($1, $2)', [this.id, this.chat.tenant]);
    app.doorbell.ring({ topic: 'chats', id: this.id });
    await until(`${this.id} is joined`, () => app.get(Chats).get(this.id)?.health.state === 'ready');
  }

  get surface(): { instance: string; tenant: string } {
    return { instance: this.id, tenant: this.chat.tenant };
  }

  /** The room of an incident in this chat, once Muster knows it. */
  async room(app: TestApp, incident: string): Promise<string> {
    const mirror = await until(`the room of ${incident} in ${this.id}`, async () =>
      (await this.mirrors(app, incident)).find(({ name }) => name !== null),
    );
    return this.chat.roomByKey(mirror.id)?.id ?? '';
  }

  async mirrors(app: TestApp, incident: string): Promise<MirrorView[]> {
    const { status, body } = await app.api('GET', `/api/v1/incidents/${incident}/snapshot`);
    // Asked in a chat and not declared yet.
    if (status === 404) return [];
    const { mirrors } = body as { mirrors: MirrorView[] };
    return mirrors.filter(({ surface }) => surface.id === this.id);
  }

  /** What we said there for people and about changes, without the card. */
  said(room: string): string[] {
    return this.posts(room).map(({ text }) => text);
  }

  posts(room: string): ObservedMessage[] {
    return this.chat.observed(room).filter((message) => message.author === 'us' && !isCard(message));
  }

  cards(room: string): string[] {
    return this.chat
      .observed(room)
      .filter((message) => message.author === 'us' && isCard(message))
      .map(({ text }) => text);
  }

  async says(by: string, room: string, text: string): Promise<Place> {
    const { place } = await this.chat.say(by, room, text);
    if (!place) throw new Error('the chat has no such message');
    return place;
  }

  /** An event as the chat would tell it, for orders and times that the chat itself does not act out. */
  event(
    room: string,
    kind: 'created' | 'edited' | 'deleted',
    message: { number: number; text?: string; revision?: number; by?: string; at?: number; origin?: Origin; content?: Content },
  ): Envelope {
    const { number, text = `message ${number}`, revision = 1, by = 'mia', at = Date.now(), origin = 'human' } = message;
    const ref = { room: { adapter: this.id, tenant: this.chat.tenant, room }, id: String(number) };
    const suffix = kind === 'created' ? '' : kind === 'edited' ? `:${revision}` : ':removed';
    const content = message.content ?? { blocks: [{ t: 'p', c: [{ t: 'text', v: text }] }], summary: text };
    return {
      id: `${room}:${number}${suffix}`,
      lane: room,
      at,
      redelivery: 0,
      event:
        kind === 'deleted'
          ? { type: 'message.deleted', target: ref }
          : {
              type: `message.${kind}`,
              message: {
                ref,
                author: { adapter: this.id, tenant: this.chat.tenant, user: by },
                origin,
                content,
                at,
                revision: String(revision),
                mentionsMe: false,
                files: [],
              },
            },
    };
  }

  async admit(app: TestApp, ...envelopes: readonly Envelope[]): Promise<void> {
    await app.get(Inbox).admit(this.id, envelopes);
  }

  /** Everything that was admitted has been handled. */
  async heard(app: TestApp): Promise<void> {
    await until(
      'everything is heard',
      async () =>
        (await app.database.query(`select 1 from inbox where instance = $1 and status = 'waiting' limit 1`, [this.id])).length === 0,
    );
  }

  /** Nothing is left to say: every event has been followed, and everything that follows from it was said; how its room looks may still wait for changes to rest. */
  async told(app: TestApp): Promise<void> {
    await until(
      'everything is told',
      async () =>
        (
          await app.database.query(
            `select 1 from delivery d join mirror m on m.id = d.mirror_id where m.instance = $1 and d.status in ('pending', 'sending', 'unknown')
                and not (d.lane = 'upkeep' and d.next_at > clock_timestamp())
              union all
             select 1 from stream s join incident i on i.id = s.id left join follower_cursor c on c.stream_id = s.id and c.follower = 'rooms'
              where s.seq > coalesce(c.seq, 0) limit 1`,
            [this.id],
          )
        ).length === 0,
      20_000,
    );
  }
}

const isCard = ({ text }: ObservedMessage): boolean => text.includes('Severity: ');
