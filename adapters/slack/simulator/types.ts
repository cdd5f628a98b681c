import type { Fault } from './faults.types.ts';
import type { NewFile, PretendFile } from './files/file.types.ts';
import type { Json, JsonObject, OpenView, SlackBlock, SlackChannel, SlackMessage, SlackUser } from './objects.ts';

export type * from './faults.types.ts';
export type { NewFile, PretendFile } from './files/file.types.ts';
export type * from './objects.ts';

export interface SlackTeam {
  readonly id: string;
  readonly name: string;
}
/** The installed app: what a person would copy out of Slack's pages. Drawn afresh at each start unless given. */
export interface SlackApp {
  readonly id: string;
  readonly name: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly botUserId: string;
  readonly botId: string;
}
export interface SlackTiming {
  /** Waits before the retries of an event: the first entry before the first retry, and so on. Slack's own: at once, a minute, five minutes. */
  readonly retryDelaysMs: readonly number[];
  /** How long the app has to acknowledge. */
  readonly ackMs: number;
  readonly triggerMs: number;
  /** How long a socket lives before it is recycled. Null: until told. */
  readonly socketRecycleMs: number | null;
  /** Between two pings on a socket. */
  readonly pingMs: number;
}

export interface SlackSimulatorOptions {
  /** 0, the default: any free port. Bound to 127.0.0.1 only. */
  readonly port?: number;
  /** Where signed requests for events, commands and interactions go, one URL for all. Absent: everything goes over Socket Mode. */
  readonly requestUrl?: string;
  readonly socketMode?: boolean;
  readonly team?: SlackTeam;
  readonly app?: Partial<SlackApp>;
  /** What the app is made from: its scopes, events, command, and whether it uses sockets. Absent: it may do anything and hears everything. */
  readonly manifest?: string;
  /** The event types the app has subscribed to. Default: all the simulator knows. */
  readonly events?: readonly string[];
  /** Event types of message metadata the app's manifest subscribes to; `*` (the default) for all, an empty list for none. */
  readonly metadataSubscriptions?: readonly string[];
  /** Slash commands the app has registered. Default: `/incident`. */
  readonly commands?: readonly string[];
  /** The manifest's `should_escape`: whether ids stand in place of the names in a command. Default true. */
  readonly escapeCommands?: boolean;
  /** The clock, in ms. Decides ts, signatures and expiries; waiting uses the machine's timers. */
  readonly now?: () => number;
  readonly timing?: Partial<SlackTiming>;
  readonly seed?: number;
  /**
   * Whether Slack's rate limits apply (1 post a second a channel with small bursts, tiers per method). Default false: only faults
   * limit. With `pace` Slack's minute passes so many times as fast, for an app whose own waits are as much shorter.
   */
  readonly rateLimits?: boolean | { readonly pace: number };
}

export interface SayOptions {
  readonly threadTs?: string;
  readonly blocks?: readonly SlackBlock[];
  /** Force the message's ts, for instance to make two channels hold an equal one. Must be later than the channel's last. */
  readonly ts?: string;
}

/** Somebody to be added. What people read is `displayName`, and where they never chose one, as most do, `realName`. */
export interface NewUser {
  /** The handle: no name that anybody reads. */
  readonly name: string;
  readonly realName: string;
  readonly displayName?: string;
  readonly email?: string;
  readonly tz?: string;
  readonly id?: string;
  /** Of some channels, or of one only. */
  readonly guest?: 'multi' | 'single';
}

/** People who are called together, as `@handle`. */
export interface NewGroup {
  readonly handle: string;
  readonly name: string;
}

/** What a person's gesture came to, as the person sees it. */
export interface InteractionResult {
  /** The app answered in time. */
  readonly acknowledged: boolean;
  /** The HTTP status the app answered with; 200 for an acknowledgement over a socket. */
  readonly status?: number;
  /** Slack's words to the person when the app did not answer. */
  readonly error?: string;
  /** Set when the gesture never reached the app and never will. */
  readonly lost?: true;
  /** Messages for this person alone, that came with the answer itself. Later ones are in `PretendPerson.ephemerals()`. */
  readonly ephemerals: readonly SlackMessage[];
  /** For a submission: the errors the app answered with, by block_id. The modal stays open. */
  readonly errors?: { readonly [blockId: string]: string };
  readonly triggerId?: string;
  readonly responseUrl?: string;
}

/** What is put into a modal: by block_id, or by action_id where that is unique. Several values for multi-selects and checkboxes. */
export type ViewValues = { readonly [blockOrActionId: string]: string | readonly string[] | null };

/** A pretend member of the workspace. Gestures return when Slack has shown their result; events travel on their own (`idle()` waits for them). */
export interface PretendPerson {
  readonly user: SlackUser;
  say(channelId: string, text: string, o?: SayOptions): Promise<SlackMessage>;
  /** Adds files to a channel, with words or without. */
  share(channelId: string, files: readonly NewFile[], o?: { readonly text?: string; readonly threadTs?: string }): Promise<SlackMessage>;
  removeFile(fileId: string): Promise<void>;
  edit(channelId: string, ts: string, text: string): Promise<SlackMessage>;
  remove(channelId: string, ts: string): Promise<void>;
  react(channelId: string, ts: string, name: string, on?: boolean): Promise<void>;
  pin(channelId: string, ts: string, on?: boolean): Promise<void>;
  join(channelId: string): Promise<void>;
  leave(channelId: string): Promise<void>;
  invite(channelId: string, userId: string): Promise<void>;
  kick(channelId: string, userId: string): Promise<void>;
  createChannel(name: string, o?: { isPrivate?: boolean }): Promise<SlackChannel>;
  rename(channelId: string, name: string): Promise<void>;
  archive(channelId: string, on?: boolean): Promise<void>;
  setTopic(channelId: string, topic: string): Promise<void>;
  openHome(): Promise<void>;
  command(command: string, text: string, channelId: string): Promise<InteractionResult>;
  /** Presses a button, or chooses in a select (`value` is then the choice). In a message, or in an open modal. */
  press(channelId: string, ts: string, actionId: string, value?: string): Promise<InteractionResult>;
  pressInView(viewId: string, actionId: string, value?: string): Promise<InteractionResult>;
  /** Runs a message shortcut the app has registered. */
  shortcut(callbackId: string, channelId: string, ts: string): Promise<InteractionResult>;
  /** Runs a global shortcut: from no channel and about no message. */
  globalShortcut(callbackId: string): Promise<InteractionResult>;
  views(): readonly OpenView[];
  /** What the app published under Home for them. */
  home(): OpenView | undefined;
  /** What stands in their conversation with the app, which nobody else reads. */
  direct(): readonly SlackMessage[];
  submit(viewId: string, values: ViewValues): Promise<InteractionResult>;
  dismiss(viewId: string): Promise<InteractionResult>;
  /** What only this person was shown, oldest first, with the channel it was shown in. */
  ephemerals(channelId?: string): readonly (SlackMessage & { readonly channel: string })[];
}

/** A command, press or submission made while the app could not hear it: gone for ever, as in Slack. */
export interface LostInteraction {
  readonly kind: 'command' | 'press' | 'submission' | 'shortcut' | 'dismissal';
  readonly at: number;
  readonly user: string;
  readonly channel?: string;
  /** The command with its text, the action_id, or the callback_id. */
  readonly what: string;
  /** What stands on the button that was pressed. */
  readonly label?: string;
  readonly error: string;
}
export interface ApiCall {
  readonly method: string;
  readonly args: JsonObject;
  readonly at: number;
  /** From when it was read until it was answered, by the machine's own clock. */
  readonly tookMs: number;
  /** `ok`, Slack's error code, `http 503`, or the name of the fault that struck. */
  readonly outcome: string;
  /** False when a fault kept the call from doing anything. `late` when it will only do it later. */
  readonly applied: boolean | 'late';
}
export interface DeliveryLog {
  readonly kind: 'event' | 'command' | 'interaction' | 'url_verification';
  readonly transport: 'http' | 'socket';
  /** The event's type (`message`), the command, or the payload's type (`block_actions`). */
  readonly what: string;
  readonly eventId?: string;
  /** The new message that the event tells of. */
  readonly message?: { readonly channel: string; readonly ts: string };
  /** 1 for the first try. */
  readonly attempt: number;
  readonly at: number;
  /** Absent when there was no answer. */
  readonly status?: number;
  /** Slack's word for what went wrong: http_timeout, http_error, connection_failed, … or `dropped` by a fault. */
  readonly error?: string;
  /** What the app answered, read as JSON where it is JSON. */
  readonly answer?: Json;
}

export interface SendEventOptions {
  readonly times?: number;
  readonly delayMs?: number;
  readonly tamper?: 'signature' | 'no-signature' | 'stale' | 'future' | 'body';
  readonly eventId?: string;
  /** Pretend the event is another workspace's. */
  readonly teamId?: string;
  /** Send again as Slack would when the app fails. Default false: one try each. */
  readonly retries?: boolean;
}

export interface SlackSimulator {
  readonly url: string;
  /** For `slackApiUrl`. Ends in `/`. */
  readonly apiUrl: string;
  readonly team: SlackTeam;
  readonly app: SlackApp;
  addUser(u: NewUser): SlackUser;
  /** Its id. */
  addGroup(group: NewGroup): string;
  /** An administrator deactivates the account: nobody can invite them any more, or find them by their mail address. */
  deactivate(userId: string): void;
  /** Members are user ids; the app's own bot user may be among them. */
  addChannel(c: { name: string; members?: readonly string[]; isPrivate?: boolean; id?: string }): SlackChannel;
  /** Throws when there is no such user. */
  as(userId: string): PretendPerson;
  users(): readonly SlackUser[];
  channels(): readonly SlackChannel[];
  channelByName(name: string): SlackChannel | undefined;
  members(channelId: string): readonly string[];
  /** What people see now, in the order of ts: the whole channel with its threads' replies, or with `thread` one thread, its root first. */
  messages(channelId: string, o?: { thread?: string }): readonly SlackMessage[];
  /** All there are, deleted ones as what is left of them. */
  files(): readonly PretendFile[];
  pins(channelId: string): readonly SlackMessage[];
  bookmarks(channelId: string): readonly { readonly id: string; readonly title: string; readonly link: string }[];
  /** What is broken from now on. Replaces what was broken before; what is already under way is not touched. */
  setFault(fault: Fault | readonly Fault[]): void;
  /** As `setFault`, beside what is broken already. */
  addFault(fault: Fault | readonly Fault[]): void;
  clearFaults(): void;
  faults(): readonly Fault[];
  /** From now on, as if nobody had called before: see the option of this name. */
  setRateLimits(on: NonNullable<SlackSimulatorOptions['rateLimits']>): void;
  lostInteractions(): readonly LostInteraction[];
  calls(): readonly ApiCall[];
  deliveries(): readonly DeliveryLog[];
  /** Raw injection: wraps the event in an envelope and sends it as is, whatever the app has subscribed to. */
  sendEvent(event: JsonObject & { readonly type: string }, o?: SendEventOptions): Promise<readonly DeliveryLog[]>;
  /** Resolves when no delivery is under way: waits before retries and late events included, what `events-out-of-order` still holds back not. */
  idle(): Promise<void>;
  /** The app gets another manifest and is installed again. Its tokens stay, and work again. */
  reinstall(manifest: string): void;
  /** Somebody removes the app: it is told so, and from then on its tokens are good for nothing. */
  uninstall(): void;
  /** Sends Slack's challenge to the URL first when `verify` is set; rejects when the answer is wrong. */
  setRequestUrl(url: string, o?: { verify?: boolean }): Promise<void>;
  /** Sockets the app holds open now. */
  socketCount(): number;
  /** Those of them that bring and take nothing any more (`socket-half-dead`). */
  halfDeadSocketCount(): number;
  /** Ends everything: no timer, socket or listener is left. May be called twice. */
  close(): Promise<void>;
}
