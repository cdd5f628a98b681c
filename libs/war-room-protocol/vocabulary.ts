import * as z from 'zod/mini';

/** The version of everything in this folder. A page that meets a higher one asks for a reload, never guesses. */
export const PROTOCOL = 1;

export const severityName = z.enum(['SEV1', 'SEV2', 'SEV3']);
export type SeverityName = z.infer<typeof severityName>;

/** What each level means, at the moment of choice. In order, worst first. Policies read `isMajor`, never the name. */
export const severities: readonly {
  readonly name: SeverityName;
  readonly label: string;
  readonly guidance: string;
  readonly isMajor: boolean;
}[] = [
  { name: 'SEV1', label: 'Critical', guidance: 'Everything is down', isMajor: true },
  { name: 'SEV2', label: 'Major', guidance: 'A key flow is broken: call in who can help', isMajor: true },
  { name: 'SEV3', label: 'Minor', guidance: 'Everything else', isMajor: false },
];

/** An organisation has its own statuses; logic reads the category. */
export const statusName = z.string();
export type StatusName = z.infer<typeof statusName>;

export const categoryName = z.enum(['triage', 'active', 'post_incident', 'closed', 'declined', 'merged', 'canceled', 'paused']);
export type CategoryName = z.infer<typeof categoryName>;

/** Somebody still has to do something now. */
export const isOpenCategory = (category: CategoryName): boolean => category === 'active' || category === 'triage' || category === 'paused';

/** Asked once before an incident is moved to a status that ends it without a sentence. */
export const CLOSES =
  'This closes the incident, and asks nobody what was learned: it leaves the list, and Muster asks for nothing more. It can be reopened.';

/** Said where something private is left to others to accept. */
export const SEEN_BY_NOBODY =
  'Nobody else sees what is private, so no other responder can accept it. Add one in its room, under "Took part".';

/** Drills, retrospectives and tests are kept out of the figures. */
export const kindName = z.enum(['standard', 'near_miss', 'planned', 'drill', 'retrospective', 'test']);
export type KindName = z.infer<typeof kindName>;

/** What sort of thing it is, at the moment of choice. */
export const kinds: readonly { readonly name: KindName; readonly label: string; readonly guidance: string }[] = [
  { name: 'standard', label: 'Standard', guidance: 'Something is broken' },
  { name: 'near_miss', label: 'Near miss', guidance: 'It could have gone wrong, and did not' },
  { name: 'planned', label: 'Planned work', guidance: 'Known beforehand, and watched' },
  { name: 'drill', label: 'Drill', guidance: 'Nothing real is broken' },
  { name: 'retrospective', label: 'Retrospective', guidance: 'Over before it was declared, and written down' },
  { name: 'test', label: 'Test', guidance: 'To try things out' },
];

export const kindLabel = (kind: KindName): string => kinds.find(({ name }) => name === kind)?.label ?? kind;

/** The statuses that Muster comes with and a person can choose. The post-incident ones are reached by resolving, which asks for one sentence. */
export const openStatuses: readonly StatusName[] = ['investigating', 'identified', 'fixing', 'monitoring'];

/** Limits that the server enforces and the page may show before sending. */
export const limits = {
  titleChars: 200,
  summaryChars: 3_000,
  reasonChars: 500,
  learnedChars: 1_000,
  updateChars: 3_000,
  /** How far ahead the next update can be promised, and a nudge put off. */
  aheadMinutes: 1_440,
  messageChars: 10_000,
  altChars: 500,
  entryChars: 1_000,
  emojiChars: 64,
  nameChars: 80,
  teamNameChars: 60,
  roleKeyChars: 30,
  roleNameChars: 60,
  instructionsChars: 1_000,
} as const;

/** A role may what those before it may; a guest only practises. */
export const roleName = z.enum(['guest', 'member', 'responder', 'admin']);

export const person = z.object({ id: z.string(), name: z.string() });
export type Person = z.infer<typeof person>;

/** Where something came from, in words a person reads: "Slack", "web", "API". `id` is the chat instance, `web` or `api`. */
export const surface = z.object({ id: z.string(), name: z.string() });
/** Where something was done, and how where that does not go without saying: "/incident severity", "a button". */
export const via = z.object({ id: z.string(), name: z.string(), how: z.optional(z.string()) });
