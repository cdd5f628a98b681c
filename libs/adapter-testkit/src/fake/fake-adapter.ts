import { BehaviorSubject } from 'rxjs';
import type {
  AdapterContext,
  AdapterPlugin,
  Attempt,
  ChatAdapter,
  Envelope,
  Fault,
  Health,
  HttpIn,
  Inlet,
  Page,
  Pinned,
  Profile,
  Reacted,
  Received,
} from '@musterhq/chat-port';
import { capabilitiesOf } from './capabilities.ts';
import { type Names, created, decode, edited, messageRef, roomRef, userRef } from './decode.ts';
import type { WirePage, WirePin, WireRoom } from './fake-api.ts';
import { fakeFiles } from './fake-files.ts';
import { fakeMessages, nothing, numbered } from './fake-messages.ts';
import { attempt } from './fake-outcomes.ts';
import type { FakePlatform } from './fake-platform.ts';
import { fakeRooms } from './fake-rooms.ts';
import { fakeStatusFeed } from './fake-status-feed.ts';
import type { Happening } from './happenings.ts';
import { isGenuine } from './signing.ts';
import { type FakePerson, US } from './world.ts';

/** The plugin of a chat that lives in memory. One platform may be given to several adapters, as several processes have one Slack. */
export const fakePlugin = (platform: FakePlatform): AdapterPlugin => ({
  chatport: 1,
  id: 'fake',
  name: 'Fake chat',
  config: { type: 'object', properties: {}, additionalProperties: true },
  create: (context) => Promise.resolve(fakeAdapter(platform, context)),
});

/**
 * Its health follows the line: `starting`, then `ready` or `offline`; `unauthorized` from the first call that says so to
 * the next that succeeds; `stopped` after `close`.
 */
function fakeAdapter(platform: FakePlatform, context: AdapterContext): ChatAdapter {
  const names: Names = { adapter: context.instance, tenant: platform.tenant };
  const health = new BehaviorSubject<Health>({ state: 'starting', since: context.now() });
  const capabilities = capabilitiesOf(platform);
  const { api } = platform;
  const lines = new Set<Line>();
  const report = (state: Health['state'], fault?: Fault): void => {
    if (health.value.state === 'stopped' || health.value.state === state) return;
    health.next({ state, tenant: platform.tenant, since: context.now(), ...(fault && { fault }) });
  };
  const notice = (ended: Attempt<unknown>): void => {
    if (ended.outcome === 'refused' && ended.fault.code === 'auth') report('unauthorized', ended.fault);
    if (ended.outcome === 'done') report('ready');
  };
  const unwatch = platform.events.watch((up) => report(up ? 'ready' : 'offline'));

  function open(inlet: Inlet): void {
    const receive = (happening: Happening): Promise<unknown> => {
      line.heardAt = context.now();
      return take(names, inlet, happening);
    };
    const line: Line = { inlet, heardAt: context.now(), unplug: platform.events.plug({ receive }) };
    lines.add(line);
  }

  function hangUp(line: Line): void {
    line.unplug();
    lines.delete(line);
  }

  const hangUpAll = (): void => [...lines].forEach(hangUp);

  function listen(inlet: Inlet, signal: AbortSignal): Promise<void> {
    open(inlet);
    signal.addEventListener('abort', hangUpAll, { once: true });
    return Promise.resolve();
  }

  function renewSilent(): void {
    for (const line of [...lines]) {
      if (context.now() - line.heardAt < SILENT_MS) continue;
      open(line.inlet);
      hangUp(line);
    }
  }

  return {
    capabilities: () => capabilities,
    messages: fakeMessages(platform, names, notice),
    webhooks: { receive: (request) => Promise.resolve(receive(names, platform.secret, request)) },
    connect: listen,
    renewSilent,
    rooms: fakeRooms(platform, names),
    people: {
      find: (by, _tenant, signal) =>
        attempt(
          signal,
          () => api.findPeople(by, signal),
          (people: FakePerson[]) => people.map((p) => profile(names, p)),
        ),
      direct: ({ user }, signal) =>
        attempt(
          signal,
          () => api.directRoom(user, signal),
          (room: WireRoom) => roomRef(names, room.id),
        ),
    },
    ...(platform.hasPast && {
      history: {
        page: ({ room, thread, cursor, ...q }, signal) =>
          attempt(
            signal,
            () => api.history({ room: room.room, ...numbered(thread), ...(cursor !== undefined && { cursor }), ...q }, signal),
            (page: WirePage) => pageOf(names, room.room, page),
          ),
        pins: ({ room }, signal) =>
          attempt(
            signal,
            () => api.pins(room, signal),
            (pins: WirePin[]): Pinned[] =>
              pins.map(({ number, by }) => ({ message: messageRef(names, { room, number }), by: userRef(names, by) })),
          ),
      },
    }),
    files: fakeFiles(platform),
    forms: { open: ({ handle }, form, signal) => attempt(signal, () => api.openForm(handle, form, signal), nothing) },
    home: { publish: ({ user }, content, signal) => attempt(signal, () => api.publishHome(user, content, signal), nothing) },
    ...(platform.statusUrl !== undefined && { statusFeed: fakeStatusFeed(platform.statusUrl) }),
    health$: health.asObservable(),
    close() {
      hangUpAll();
      unwatch();
      report('stopped');
      health.complete();
      return Promise.resolve();
    },
  };
}

/** A socket of ours. */
interface Line {
  readonly inlet: Inlet;
  readonly unplug: () => void;
  heardAt: number;
}

const SILENT_MS = 10_000;

const INTERACTIONS: readonly string[] = ['command', 'action', 'form'];
const ANSWER_WITHIN_MS = 3_000;

/** Resolving acknowledges to the chat, so it waits until the core has it. */
async function take(names: Names, inlet: Inlet, happening: Happening): Promise<unknown> {
  const envelope = decode(names, happening);
  if (INTERACTIONS.includes(envelope.event.type)) return inlet.ask(envelope, ANSWER_WITHIN_MS);
  return inlet.admit([envelope]);
}

function receive(names: Names, secret: string, request: HttpIn): Received {
  if (!isGenuine(request, secret)) return { envelopes: [], out: { status: 401 } };
  const envelope = decode(names, JSON.parse(Buffer.from(request.body).toString()) as Happening);
  const answers = INTERACTIONS.includes(envelope.event.type);
  return {
    envelopes: [envelope],
    out: { status: 200 },
    ...(answers && { answer: { withinMs: ANSWER_WITHIN_MS, encode: (a) => ({ status: 200, body: JSON.stringify(a) }) } }),
  };
}

function pageOf(names: Names, room: string, { messages, reactions, reactors, pins, next, from }: WirePage): Page {
  const id = (number: number | string): string => messageRef(names, { room, number: Number(number) }).id;
  const envelopes: Envelope[] = messages.flatMap((m) =>
    m.revision > 1 ? [created(names, m), edited(names, m, m.at)] : [created(names, m)],
  );
  return {
    envelopes,
    state: {
      reactions: Object.fromEntries(Object.entries(reactions).map(([number, emoji]) => [id(number), [...emoji]])),
      pins: pins.map(id),
      reactedBy: Object.fromEntries(Object.entries(reactors).map(([number, given]) => [id(number), reactedBy(names, given)])),
    },
    ...(next !== undefined && { cursor: next }),
    complete: next === undefined,
    ...(from !== undefined && { keptFrom: from }),
  };
}

/** Without us. */
const reactedBy = (names: Names, given: Readonly<Record<string, readonly string[]>>): Reacted[] =>
  Object.entries(given)
    .map(([emoji, who]) => ({ emoji, users: who.filter((user) => user !== US).map((user) => userRef(names, user)) }))
    .filter(({ users }) => users.length > 0);

const profile = (names: Names, { id, name, email, isMailUnverified = false, idp, active }: FakePerson): Profile => ({
  ref: userRef(names, id),
  name,
  handle: name,
  email: { address: email, verified: !isMailUnverified },
  ...(idp === undefined ? {} : { idp }),
  bot: false,
  active,
});
