import { acknowledged, answerOf, type Attempt, type Carrier } from '../delivery/attempt.ts';
import type { Journal } from '../delivery/journal.ts';
import type { Faults } from '../faults.ts';
import type { Messages } from '../happenings.ts';
import type { JsonObject, SlackBlock, SlackMessage } from '../objects.ts';
import { normaliseAppText } from '../text.ts';
import type { InteractionResult, LostInteraction, SlackTiming } from '../types.ts';
import type { UnderWay } from '../waits.ts';
import { acceptBlocks } from '../web-api/block-rules.ts';
import type { Workspace } from '../workspace.ts';
import { Payloads } from './payloads.ts';
import { ResponseUrls, type AnswerTo } from './response-urls.ts';
import { Triggers } from './triggers.ts';
import { Views } from './views.ts';

interface Setting {
  readonly workspace: Workspace;
  readonly messages: Messages;
  readonly faults: Faults;
  readonly journal: Journal;
  readonly underWay: UnderWay;
  readonly timing: SlackTiming;
  readonly carrier: () => Carrier;
  readonly baseUrl: () => string;
}

export interface Gesture {
  readonly kind: LostInteraction['kind'];
  readonly user: string;
  readonly channel?: string;
  readonly what: string;
  readonly label?: string;
  readonly payload: object;
  readonly inWords: (error: string) => string;
}

/** Commands, presses and forms on their way to the app, and what comes back of them to one person. */
export class Interactions {
  readonly triggers: Triggers;
  readonly responseUrls: ResponseUrls;
  readonly views: Views;
  readonly payloads: Payloads;
  readonly #s: Setting;
  readonly #shown = new Map<string, (SlackMessage & { readonly channel: string })[]>();

  constructor(setting: Setting) {
    const { workspace, timing, baseUrl } = setting;
    this.#s = setting;
    this.triggers = new Triggers(workspace.draw, workspace.now, timing.triggerMs);
    this.responseUrls = new ResponseUrls(workspace.draw, workspace.now, baseUrl);
    this.views = new Views(workspace);
    this.payloads = new Payloads(workspace);
  }

  /** One try, as Slack makes it. What the app could not hear is written down as lost. */
  async carry(gesture: Gesture): Promise<{ attempt: Attempt; result: InteractionResult }> {
    const kind = gesture.kind === 'command' ? 'command' : 'interaction';
    const silent = this.#s.faults.silent();
    const none: Attempt = { error: 'connection_failed', body: '', noRetry: true };
    const attempt = silent ? none : await this.#s.underWay.track(this.#s.carrier().carry({ kind, payload: gesture.payload }));
    this.#log(kind, gesture, attempt, silent);
    if (acknowledged(attempt)) return { attempt, result: { acknowledged: true, status: attempt.status ?? 200, ephemerals: [] } };
    const error = gesture.inWords(slackWord(attempt));
    const unheard = attempt.error === 'connection_failed';
    if (unheard) {
      const { user, channel, what, label } = gesture;
      this.#s.journal.lostOne({
        kind: gesture.kind,
        at: this.#s.workspace.now(),
        user,
        ...(channel === undefined ? {} : { channel }),
        what,
        ...(label === undefined ? {} : { label }),
        error,
      });
    }
    const status = attempt.status === undefined ? {} : { status: attempt.status };
    return { attempt, result: { acknowledged: false, error, ephemerals: [], ...status, ...(unheard ? { lost: true as const } : {}) } };
  }

  /** Shows a message to one person only. */
  show(user: string, channel: string, message: SlackMessage): void {
    const shown = this.#shown.get(user) ?? [];
    shown.push({ ...message, channel });
    this.#shown.set(user, shown);
    this.#s.workspace.listener.changed();
  }

  shownTo(user: string, channel?: string): readonly (SlackMessage & { readonly channel: string })[] {
    return (this.#shown.get(user) ?? []).filter((m) => channel === undefined || m.channel === channel);
  }

  unshow(user: string, ts: string): void {
    this.#shown.set(
      user,
      (this.#shown.get(user) ?? []).filter((m) => m.ts !== ts),
    );
    this.#s.workspace.listener.changed();
  }

  /** What the app answers to a command, or posts to a response_url. Returns what the person alone is shown. */
  answer(to: AnswerTo, body: JsonObject): readonly SlackMessage[] {
    const room = this.#s.workspace.room(to.channel);
    if (body['delete_original'] === true) return this.#takeAway(to);
    const content = this.#content(body);
    if (!content) return [];
    if (body['replace_original'] === true && to.messageTs !== undefined) {
      if (!to.ephemeral) this.#s.messages.change(room, to.messageTs, content, this.#s.workspace.app.botUserId);
      else {
        const original = this.shownTo(to.user).find((m) => m.ts === to.messageTs);
        this.unshow(to.user, to.messageTs);
        this.show(to.user, to.channel, { ...(original ?? this.#fromApp(to.messageTs)), ...content, ts: to.messageTs, is_ephemeral: true });
      }
      return [];
    }
    const thread = typeof body['thread_ts'] === 'string' ? { thread_ts: body['thread_ts'] } : {};
    if (body['response_type'] === 'in_channel') {
      const { ts: _, type: __, ...author } = this.#fromApp('');
      this.#s.messages.post(room, { ...author, ...content, ...thread });
      return [];
    }
    const message: SlackMessage = { ...this.#fromApp(this.#s.workspace.takeTs(room)), ...content, ...thread, is_ephemeral: true };
    this.show(to.user, to.channel, message);
    return [message];
  }

  /** An answer's body as an object: plain text counts as `text`. */
  bodyOf(attempt: Attempt): JsonObject | undefined {
    const parsed = answerOf(attempt);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed as JsonObject;
    return attempt.body.trim() === '' ? undefined : { text: attempt.body };
  }

  #takeAway(to: AnswerTo): readonly SlackMessage[] {
    if (to.messageTs === undefined) return [];
    if (to.ephemeral) this.unshow(to.user, to.messageTs);
    else this.#s.messages.remove(this.#s.workspace.room(to.channel), to.messageTs);
    return [];
  }

  #content(body: JsonObject): (Pick<SlackMessage, 'text'> & { blocks?: readonly SlackBlock[] }) | undefined {
    const text = typeof body['text'] === 'string' ? normaliseAppText(body['text']) : undefined;
    const blocks = body['blocks'] === undefined ? undefined : acceptBlocks(body['blocks'], 'message', this.#s.workspace.draw);
    if (text === undefined && !blocks) return undefined;
    return { text: text ?? '', ...(blocks ? { blocks } : {}) };
  }

  #fromApp(ts: string): SlackMessage {
    const { app } = this.#s.workspace;
    return { type: 'message', subtype: 'bot_message', ts, text: '', bot_id: app.botId, app_id: app.id, username: app.name };
  }

  #log(kind: 'command' | 'interaction', { payload, what }: Gesture, attempt: Attempt, silent: boolean): void {
    const type = (payload as { type?: string }).type;
    const answer = answerOf(attempt);
    const error = silent ? 'dropped' : attempt.error;
    this.#s.journal.delivered({
      kind,
      transport: this.#s.carrier().transport,
      what: type ?? what,
      attempt: 1,
      at: this.#s.workspace.now(),
      ...(attempt.status === undefined ? {} : { status: attempt.status }),
      ...(error === undefined ? {} : { error }),
      ...(answer === undefined ? {} : { answer }),
    });
  }
}

/** The word Slack puts into its sentence to the person. */
function slackWord(attempt: Attempt): string {
  if (attempt.error === 'http_timeout') return 'operation_timeout';
  if (attempt.status !== undefined && attempt.status >= 400 && attempt.status < 500) return 'http_client_error';
  if (attempt.status !== undefined && attempt.status >= 500) return 'http_service_error';
  return 'dispatch_failed';
}
