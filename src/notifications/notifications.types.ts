import * as z from 'zod/mini';

export type WayId = string;

export const WAY_KINDS = ['smtp', 'webhook', 'pagerduty', 'chat'] as const;
export type WayKind = (typeof WAY_KINDS)[number];

const words = (most: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(most));
/** One line: a line break would begin a header of its own. */
const line = (most: number) => words(most).check(z.regex(/^[^\r\n]*$/, 'must be one line'));

const name = line(40);
/** What a mail server calls one mailbox. */
export const mailAddress = line(254).check(z.regex(/^[^\s@<>(),;:"[\]]+@[^\s@<>(),;:"[\]]+$/, 'must be a mail address'));

export const SECURITY = ['starttls', 'tls', 'none'] as const;

const settingsOf = {
  smtp: z.object({
    host: line(253).check(z.regex(/^[\w.:-]+$/, 'must be the name of a mail server, without https://')),
    port: z.int().check(z.minimum(1), z.maximum(65_535)),
    /** `tls`: from the first byte (mostly port 465). `starttls`: before anything is said (587). `none`: for this machine only. */
    security: z.enum(SECURITY),
    /** Empty where the server asks for none. */
    user: z._default(z.string().check(z.trim(), z.maxLength(254), z.regex(/^[^\r\n]*$/, 'must be one line')), ''),
    from: mailAddress,
  }),
  webhook: z.object({ url: words(2_000) }),
  pagerduty: z.object({ url: z._default(words(2_000), 'https://events.pagerduty.com') }),
  /** By its name in addresses, as `/adapters` has it. */
  chat: z.object({ chat: line(60) }),
};

export type SmtpSettings = z.infer<(typeof settingsOf)['smtp']>;
export type WebhookSettings = z.infer<(typeof settingsOf)['webhook']>;
/** `platform`: what it is, such as Slack. Two of one platform are not independent. */
export type ChatSettings = z.infer<(typeof settingsOf)['chat']> & { readonly platform: string };
export type PagerdutySettings = z.infer<(typeof settingsOf)['pagerduty']>;

/** A password, or the key of a service. Never shown again. */
const secret = z.optional(z.string().check(z.maxLength(500)));

/** `POST /api/v1/notices/ways`. A webhook's secret is made, the others' are given. */
export const wayToMake = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('smtp'), name, settings: settingsOf.smtp, secret }),
  z.object({ kind: z.literal('webhook'), name, settings: settingsOf.webhook }),
  z.object({
    kind: z.literal('pagerduty'),
    name,
    settings: settingsOf.pagerduty,
    secret: z.string().check(z.trim(), z.minLength(1), z.maxLength(500)),
  }),
  z.object({ kind: z.literal('chat'), name, settings: settingsOf.chat }),
]);
export type WayToMake = z.infer<typeof wayToMake>;
export type WaySettings = SmtpSettings | WebhookSettings | PagerdutySettings | ChatSettings;

/** `PATCH /api/v1/notices/ways/:id`: what is left out stays. `settings` are all of them. */
export const wayToChange = z.object({
  name: z.optional(name),
  on: z.optional(z.boolean()),
  settings: z.optional(z.record(z.string(), z.union([z.string(), z.number()]))),
  secret,
});
export type WayToChange = z.infer<typeof wayToChange>;

/** @throws ZodError */
export const parseSettings = (kind: WayKind, given: unknown): WayToMake['settings'] => z.parse(settingsOf[kind], given);

/**
 * `proven`: something is known to have come out at the other end, not long ago. `stale`: that is too long ago. `unproven`: it
 * never was. `failing`: the last try was in vain, and `problem` says why.
 */
export const WAY_STATES = ['proven', 'stale', 'unproven', 'failing', 'off'] as const;
export type WayState = (typeof WAY_STATES)[number];

export const wayView = z.object({
  id: z.string(),
  kind: z.enum(WAY_KINDS),
  name: z.string(),
  settings: z.record(z.string(), z.union([z.string(), z.number()])),
  /** The host that it needs, or the platform of a chat: two ways that need the same one are no two ways. */
  needs: z.string(),
  state: z.enum(WAY_STATES),
  off: z.nullable(z.object({ why: z.enum(['person', 'restored']), since: z.string() })),
  /** The other side took what was sent to it. */
  answeredAt: z.nullable(z.string()),
  /** Something is known to have come out at the other end. */
  provenAt: z.nullable(z.string()),
  problem: z.nullable(z.string()),
  madeAt: z.string(),
  /** Notices of the last thirty days. */
  told: z.number(),
  waiting: z.number(),
  failed: z.number(),
});
export type WayView = z.infer<typeof wayView>;

/** `GET /api/v1/notices/ways`. `enough`: at least two that are proven, at different hosts; `say` is what to do otherwise. */
export const wayList = z.object({
  ways: z.array(wayView),
  enough: z.boolean(),
  say: z.string(),
  /** In which people can be written to alone, so that they may be a way. */
  chats: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type WayList = z.infer<typeof wayList>;

/** `secret` is of a webhook, and shown this once. */
export const wayMade = z.extend(wayView, { secret: z.nullable(z.string()) });
export type WayMade = z.infer<typeof wayMade>;

/** `POST /api/v1/notices/ways/:id/test`. `say`: what came of it. */
export const tried = z.extend(wayView, { received: z.boolean(), say: z.string() });
export type Tried = z.infer<typeof tried>;

/** What people are told, in plain words. */
export interface NoticeContent {
  /** One line. */
  readonly title: string;
  readonly paragraphs: readonly string[];
  /** Addresses of rooms, without any credential. */
  readonly links: readonly { readonly text: string; readonly href: string }[];
  /** What it is about, as other systems call it. */
  readonly of: { readonly id: string; readonly name: string };
}

/** Whom, and what: at a mail address, or in a chat by the account there (`chat`: its id). */
export interface Personal {
  readonly address: string;
  readonly chat: string | null;
  readonly content: NoticeContent;
}

/** Something to tell: to everybody by ways that have an address of their own, and to each reader by mail and in other chats. */
export interface Telling {
  /** The same for the same thing, however often it is asked for: it is told once. */
  readonly about: string;
  readonly shared: NoticeContent;
  readonly personal: readonly Personal[];
}
