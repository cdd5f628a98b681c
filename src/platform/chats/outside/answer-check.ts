import type {
  AdmittedTrouble,
  Attempt,
  Capabilities,
  ChatEvent,
  Envelope,
  FileRef,
  Health,
  HttpOut,
  Page,
  Pinned,
  Profile,
  Receipt,
  Rendering,
  Room,
  RoomRef,
} from '@musterhq/chat-port';
import * as z from 'zod/mini';
import { tenantOf } from '#src/platform/inbox/tenant-of';
import { AdapterFailed } from './outside.errors.ts';

const EVENTS_A_REQUEST = 1_000;
const EVENT_CHARS = 1024 * 1024;
const NAME_CHARS = 500;
const ADDRESS_CHARS = 2_000;
const MARKS_A_MESSAGE = 1_000;
const PINS_A_ROOM = 10_000;

const id = z.string().check(z.minLength(1), z.maxLength(NAME_CHARS));
const time = z.number().check(z.minimum(0), z.maximum(8.64e15));

const fault = z.looseObject({
  code: z.enum([
    'auth',
    'forbidden',
    'not-found',
    'closed',
    'conflict',
    'too-large',
    'invalid',
    'unsupported',
    'rate-limited',
    'unavailable',
    'timeout',
    'protocol',
  ]),
  scope: z.enum(['message', 'room', 'tenant', 'adapter']),
  retryAfterMs: z.optional(z.number().check(z.minimum(0))),
  remedy: z.optional(z.enum(['reauthorize', 'reinstall', 'invite-bot', 'shorten', 'wait', 'ask-admin'])),
  detail: z.optional(z.string()),
  native: z.optional(z.string()),
});

const attempt = (value: z.ZodMiniType): z.ZodMiniType =>
  z.discriminatedUnion('outcome', [
    z.looseObject({ outcome: z.literal('done'), value, settled: z.boolean() }),
    z.looseObject({ outcome: z.literal('refused'), fault }),
    z.looseObject({ outcome: z.literal('unknown'), fault }),
  ]);

const roomRef = z.looseObject({ adapter: id, tenant: id, room: id });
const receipt = z.looseObject({ message: z.looseObject({ room: roomRef, id }), at: time });
const room = z.looseObject({ ref: roomRef, name: z.string(), archived: z.boolean() });
const userRef = z.looseObject({ adapter: id, tenant: id, user: id });
const reacted = z.looseObject({
  emoji: id,
  users: z.array(userRef).check(z.maxLength(MARKS_A_MESSAGE)),
  more: z.optional(z.literal(true)),
});
const pinned = z.looseObject({ message: z.looseObject({ room: roomRef, id }), by: z.optional(userRef) });
const aPage = z.looseObject({
  envelopes: z.array(z.unknown()),
  state: z.optional(z.looseObject({ reactedBy: z.optional(z.record(z.string(), z.array(reacted).check(z.maxLength(MARKS_A_MESSAGE)))) })),
  complete: z.boolean(),
  keptFrom: z.optional(time),
  notBefore: z.optional(time),
});
const ration = z.looseObject({
  messages: z.number().check(z.minimum(1)),
  windowMs: z.number().check(z.minimum(0)),
  whom: z.string().check(z.maxLength(NAME_CHARS)),
});
const fileRef = z.looseObject({ id, name: z.string(), mime: z.string(), bytes: z.number() });
const profile = z.looseObject({ ref: userRef, name: z.string() });

const TYPES = [
  'message.created',
  'message.edited',
  'message.deleted',
  'reaction',
  'pin',
  'command',
  'shortcut',
  'action',
  'form',
  'member',
  'room',
  'tenant',
  'missed',
  'home.opened',
  'unknown',
] as const satisfies readonly ChatEvent['type'][];

const envelope = z.looseObject({
  id,
  lane: id,
  at: time,
  redelivery: z.number(),
  event: z.looseObject({ type: z.enum(TYPES) }),
});

const httpOut = z.looseObject({
  status: z.int().check(z.minimum(200), z.maximum(599)),
  headers: z.optional(z.record(z.string(), z.string())),
  body: z.optional(z.string()),
});

/**
 * What an adapter from outside answers, as the contract has it, or an `AdapterFailed`. It speaks of its own rooms and people
 * alone: what names another chat's is refused, so one chat can never write into another's.
 */
export class AnswerCheck {
  constructor(private readonly instance: string) {}

  capabilities = (given: unknown): Capabilities =>
    this.read(
      z.looseObject({
        rev: z.string(),
        features: z.record(z.string(), z.enum(['full', 'partial', 'none'])),
        threads: z.enum(['none', 'roots', 'topics']),
        limits: z.looseObject({ textChars: z.number(), historyRation: z.optional(ration) }),
        rates: z.array(
          z.looseObject({ op: z.string(), per: z.enum(['room', 'tenant', 'app']), permits: z.number(), windowMs: z.number() }),
        ),
        reconcile: z.enum(['key', 'content', 'none']),
        echo: z.enum(['event', 'read-back', 'none']),
        formsFrom: z.array(z.enum(['command', 'action'])),
      }),
      given,
    );

  rendering = (given: unknown): Rendering =>
    this.read(
      z.looseObject({
        parts: z
          .array(z.looseObject({ body: z.unknown(), chars: z.number(), bytes: z.number() }))
          .check(z.minLength(1), z.maxLength(1_000)),
        losses: z.array(z.looseObject({ feature: z.string(), note: z.string() })),
      }),
      given,
    );

  receipt = (given: unknown): Attempt<Receipt> => this.own(attempt(receipt), given);
  nothing = (given: unknown): Attempt<void> => this.read(attempt(z.optional(z.unknown())), given);
  room = (given: unknown): Attempt<Room> => this.own(attempt(room), given);
  roomIfAny = (given: unknown): Attempt<Room | null> => this.own(attempt(z.nullable(room)), given);
  called = (given: unknown): Attempt<string | null> => this.read(attempt(z.nullable(z.string().check(z.maxLength(NAME_CHARS)))), given);
  direct = (given: unknown): Attempt<RoomRef> => this.own(attempt(roomRef), given);
  profiles = (given: unknown): Attempt<Profile[]> => this.own(attempt(z.array(profile).check(z.maxLength(1_000))), given);

  file = (given: unknown): Attempt<FileRef> => this.read(attempt(fileRef), given);
  opened = (given: unknown): Attempt<{ stream: number }> => this.read(attempt(z.looseObject({ stream: z.number() })), given);

  /** Null at the end. */
  piece = (given: unknown): Uint8Array | null => {
    const read = this.read<{ base64: string } | null>(z.nullable(z.looseObject({ base64: z.string() })), given);
    return read && Buffer.from(read.base64, 'base64');
  };

  seen = (given: unknown): { found: Receipt } | 'absent' | 'cannot-tell' =>
    this.own(z.union([z.enum(['absent', 'cannot-tell']), z.looseObject({ found: receipt })]), given);

  page = (given: unknown): Attempt<Page> => {
    const page = this.read<Attempt<Page>>(attempt(aPage), given);
    if (page.outcome !== 'done') return page;
    this.envelopes(page.value.envelopes);
    for (const given of Object.values(page.value.state?.reactedBy ?? {})) this.mustBeOwn(given);
    return page;
  };

  pins = (given: unknown): Attempt<Pinned[]> => this.own(attempt(z.array(pinned).check(z.maxLength(PINS_A_ROOM))), given);

  received = (given: unknown): { envelopes: Envelope[]; out: HttpOut; answer?: { withinMs: number; encoder: number } } => {
    const schema = z.looseObject({
      envelopes: z.array(z.unknown()),
      out: httpOut,
      answer: z.optional(z.object({ withinMs: z.number(), encoder: z.number() })),
    });
    const received = this.read<ReturnType<AnswerCheck['received']>>(schema, given);
    this.envelopes(received.envelopes);
    return received;
  };

  out = (given: unknown): HttpOut => this.read(httpOut, given);

  address = (given: unknown): string => this.read(z.string().check(z.maxLength(ADDRESS_CHARS)), given);
  admitted = (given: unknown): AdmittedTrouble[] | null =>
    this.read(z.nullable(z.array(z.looseObject({ title: z.string(), href: z.optional(z.string()) })).check(z.maxLength(100))), given);

  health = (given: unknown): Health =>
    this.read(
      z.looseObject({
        state: z.enum(['starting', 'ready', 'limited', 'offline', 'unauthorized', 'stopped']),
        tenant: z.optional(id),
        since: time,
        fault: z.optional(fault),
      }),
      given,
    );

  envelopes = (given: unknown): Envelope[] => {
    const batch = this.read<Envelope[]>(z.array(envelope).check(z.maxLength(EVENTS_A_REQUEST)), given);
    for (const { event } of batch) {
      this.mustBeOwn(event);
      if (typeof tenantIn(event) !== 'string') throw new AdapterFailed('The adapter told of something without saying where it was.');
    }
    return batch;
  };

  private own<T>(schema: z.ZodMiniType, given: unknown): T {
    const answer = this.read<T>(schema, given);
    this.mustBeOwn(answer);
    return answer;
  }

  private read<T>(schema: z.ZodMiniType, given: unknown): T {
    const read = schema.safeParse(given);
    if (read.success) return read.data as T;
    const [issue] = read.error.issues;
    throw new AdapterFailed(`The adapter answered something else than the contract has (${issue?.path.join('.') || 'all of it'}).`);
  }

  private mustBeOwn(value: unknown): void {
    const text = JSON.stringify(value, (_, part: unknown) => {
      if (typeof part === 'object' && part !== null && 'adapter' in part && part.adapter !== this.instance)
        throw new AdapterFailed('The adapter spoke of a room or a person of another chat.');
      return part;
    });
    if (text !== undefined && text.length > EVENT_CHARS) throw new AdapterFailed('The adapter told of something that is too long.');
  }
}

function tenantIn(event: ChatEvent): unknown {
  try {
    return tenantOf(event);
  } catch {
    return undefined;
  }
}
