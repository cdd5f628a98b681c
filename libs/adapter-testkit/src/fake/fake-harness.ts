import type { MessageRef, RoomRef } from '@musterhq/chat-port';
import type { Delivery, Harness, Injected, Injection, Kit, Transport } from '../harness.ts';
import { messageRef, roomRef } from './decode.ts';
import { fakePlugin } from './fake-adapter.ts';
import { US } from './world.ts';
import { type Acted, FakePlatform, type FakePlatformOptions, type Place } from './fake-platform.ts';

const INSTANCE = 'fake';
/** More than a case says that is about something else. */
const KEPT = 40;
/** No case asks there. */
const STATUS = 'https://status.example';

export interface FakeHarnessOptions {
  readonly chat?: Omit<FakePlatformOptions, 'now'>;
  readonly transports?: readonly Transport[];
}

/** The fake chat and its adapter, as the conformance kit wants to have them. Its clock moves only when it is told to. */
export async function startFake(kit: Kit, o: FakeHarnessOptions = {}): Promise<Harness> {
  let clock = Date.parse('2026-03-02T10:00:00Z');
  const now = (): number => clock;
  const platform = new FakePlatform({ kept: { messages: KEPT }, statusUrl: STATUS, ...o.chat, now });
  const transports = o.transports ?? ['socket', 'webhook'];
  const adapter = await kit.create(fakePlugin(platform), {
    instance: INSTANCE,
    now,
    tenants: [platform.tenant],
    secrets: { signing: platform.secret },
  });
  const life = new AbortController();

  if (transports.includes('socket')) await adapter.connect?.(kit.inlet, life.signal);
  if (transports.includes('webhook')) platform.events.webhookTo((request) => kit.receive(adapter, request));

  const names = { adapter: INSTANCE, tenant: platform.tenant };
  const injectionOf = ({ deliveries, place }: Acted): Injection => ({ deliveries, ...(place && { message: messageRef(names, place) }) });

  return {
    adapter,
    tenant: platform.tenant,
    transports,
    also: ['fall-behind', 'app-speaks', 'move', 'make-public', 'make-private', 'share', 'speak-to-us', 'speak-of-us', 'speak-alone'],
    room: (name = 'room') => Promise.resolve(roomRef(names, platform.addRoom(name).id)),
    inject: async (event, how) => injectionOf(await act(platform, event, { transport: transports[0], ...how })),
    fault: (op, kind, n, faultOptions) => platform.fault(op, kind, n, faultOptions),
    heal: () => platform.heal(),
    observed: ({ room }: RoomRef) => Promise.resolve(platform.observed(room)),
    async insideOf({ room }) {
      const { isPrivate, members } = platform.world.room(room);
      return { isPrivate, members: [...members] };
    },
    homeOf: ({ user }) => Promise.resolve(platform.world.homes.get(user) ?? null),
    requests: (op) => platform.requests(op),
    now,
    advance: (ms) => void (clock += ms),
    shortPages: (most) => void (platform.api.page = most),
    async outage() {
      platform.down('silent', 'refused');
      return () => platform.up();
    },
    async stop() {
      platform.heal();
      life.abort();
      await adapter.close();
    },
  };
}

const placeOf = ({ room, id }: MessageRef): Place => ({ room: room.room, number: Number(id) });

function act(platform: FakePlatform, event: Injected, delivery: Delivery): Promise<Acted> {
  const by = ('by' in event && event.by) || 'mia';
  switch (event.do) {
    case 'say': {
      const { room, text, bot, thread, mentionsUs, sameNumberAs } = event;
      return platform.say(by, room.room, mentionsUs ? `${text} @${US}` : text, {
        delivery,
        ...(bot !== undefined && { bot }),
        ...(thread && { thread: Number(thread.id) }),
        ...(sameNumberAs && { number: Number(sameNumberAs.id) }),
      });
    }
    case 'edit':
      return platform.edit(by, placeOf(event.message), event.text, delivery);
    case 'remove':
      return platform.remove(by, placeOf(event.message), delivery);
    case 'react':
      return platform.react(by, placeOf(event.message), event.emoji ?? 'eyes', event.added, delivery);
    case 'pin':
      return platform.pin(by, placeOf(event.message), event.added, delivery);
    case 'command':
      return platform.command(by, event.room.room, event.name, event.text, delivery);
    case 'press':
      return platform.press(by, placeOf(event.message), event.action, event.value, delivery);
    case 'submit': {
      const values = Object.fromEntries(Object.entries(event.values).map(([field, chosen]) => [field, [...chosen]]));
      return platform.submit(by, event.form, values, { delivery, ...(event.state !== undefined && { state: event.state }) });
    }
    case 'open-home':
      return platform.openHome(by, delivery);
    case 'join':
      return platform.join(by, event.room.room, delivery);
    case 'leave':
      return platform.leave(by, event.room.room, delivery);
    case 'put-out':
      return platform.putOut(by, event.room.room, true, delivery);
    case 'rename':
      return platform.rename(by, event.room.room, event.name, delivery);
    case 'archive':
      return platform.archive(by, event.room.room, delivery);
    case 'unfamiliar':
      return platform.unfamiliar(event.name, delivery);
    case 'fall-behind':
      return platform.fallBehind(delivery);
    case 'app-speaks':
      return platform.appSays(event.name, event.room.room, event.text, delivery);
    case 'move':
      return platform.move(event.room.room, delivery);
    case 'make-public':
    case 'make-private':
    case 'share':
      return platform.openTo(by, event.room.room, AUDIENCE[event.do], delivery);
    case 'speak-to-us':
      return platform.say(by, event.room.room, `@${US} ${event.text}`, { delivery });
    case 'speak-of-us':
      return platform.say(by, event.room.room, `${event.text} @${US}`, { delivery });
    case 'speak-alone':
      return platform.sayAlone(by, event.text, delivery);
  }
}

const AUDIENCE = { 'make-public': 'made-public', 'make-private': 'made-private', share: 'shared' } as const;
