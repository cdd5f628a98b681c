import * as z from 'zod/mini';
import { roomEvent } from '#libs/war-room-protocol/events';
import { goesOn } from '#libs/war-room-protocol/goes-on';

export type WebhookId = string;

/** `hidden` stands in a list for what somebody may not see, and never happens. */
type EventType = Exclude<z.infer<typeof roomEvent>['type'], 'hidden'>;

/** Everything that can happen in a room, as docs/events.md lists it. */
export const EVENT_TYPES: readonly EventType[] = roomEvent.def.options
  .flatMap(({ shape }) => [...shape.type.def.values])
  .filter((type) => type !== 'hidden');

const facts = {
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(40)),
  url: z.string().check(z.trim(), z.minLength(1), z.maxLength(2_000)),
  /** Null: everything that happens. */
  types: z.nullable(z.array(z.enum(EVENT_TYPES)).check(z.minLength(1))),
  /** Private incidents too, which whoever receives it will read like those who take part. */
  private: z.boolean(),
  drills: z.boolean(),
};

/** `POST /api/v1/webhooks` */
export const webhookToMake = z.object({
  ...facts,
  types: z._default(facts.types, null),
  private: z._default(facts.private, false),
  drills: z._default(facts.drills, false),
});
export type WebhookToMake = z.infer<typeof webhookToMake>;

/** `PATCH /api/v1/webhooks/:id`: what is left out stays. `missed`: what becomes of what happened while it was off. */
export const webhookToChange = z.object({
  name: z.optional(facts.name),
  url: z.optional(facts.url),
  types: z.optional(facts.types),
  private: z.optional(facts.private),
  drills: z.optional(facts.drills),
  on: z.optional(z.boolean()),
  missed: z._default(z.enum(['send', 'skip']), 'send'),
});
export type WebhookToChange = z.infer<typeof webhookToChange>;

/** Why one is off: somebody wanted it, its receiver did (410), three days of tries were in vain, or a backup was restored. */
export const OFF = ['person', 'gone', 'failed', 'restored'] as const;
export type Off = (typeof OFF)[number];

export const webhookView = z.object({
  id: z.string(),
  name: z.string(),
  url: z.string(),
  types: z.nullable(z.array(z.string())),
  private: z.boolean(),
  drills: z.boolean(),
  off: z.nullable(z.object({ why: z.enum(OFF), since: z.string() })),
  /** Until then the secret before this one signs as well. */
  previousSecretUntil: z.nullable(z.string()),
  madeAt: z.string(),
  /** Of the incidents that you may see: how many it is not told everything of yet, and when it is told next. */
  waiting: z.object({ incidents: z.number(), nextAt: z.nullable(z.string()) }),
});
export type WebhookView = z.infer<typeof webhookView>;

/** `GET /api/v1/webhooks`, the oldest first. There are few, so it is one page. */
export const webhookList = z.object({ webhooks: z.array(webhookView) });

/** `secret` is shown this once. */
export const webhookMade = z.extend(webhookView, { secret: z.string() });
export type WebhookMade = z.infer<typeof webhookMade>;

/** `POST /api/v1/webhooks/:id/replay`: one incident after a number of its log, or everything since a time. */
export const replayRequest = z.object({
  incident: z.optional(z.string()),
  after: z._default(z.int().check(z.minimum(0)), 0),
  since: z.optional(z.iso.datetime({ offset: true })),
});

/** What became of asking for it. `heldBack`: why it is not sent now, and what to do; null when it is. */
export const webhookReplayed = z.extend(webhookView, { heldBack: z.nullable(z.string()) });
export type WebhookReplayed = z.infer<typeof webhookReplayed>;

/** One time that something was sent. What was in it is in the incident's log. */
export const deliveryView = z.object({
  id: z.string(),
  /** The header `webhook-id`: the same however often the same event is sent. */
  messageId: z.string(),
  /** Null for a test. */
  incident: z.nullable(z.string()),
  seq: z.nullable(z.number()),
  type: z.string(),
  at: z.string(),
  attempt: z.number(),
  /** `unknown`: Muster ended before the answer came. */
  outcome: z.enum(['sending', 'received', 'failed', 'unknown']),
  status: z.nullable(z.number()),
  problem: z.nullable(z.string()),
  nextAt: z.nullable(z.string()),
});
export type DeliveryView = z.infer<typeof deliveryView>;

/** `GET /api/v1/webhooks/:id/deliveries`, the newest first, of incidents that you may see. */
export const deliveryList = z.object({ deliveries: z.array(deliveryView), ...goesOn });
export type DeliveryList = z.infer<typeof deliveryList>;
