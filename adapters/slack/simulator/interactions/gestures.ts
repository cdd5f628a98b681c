import { answerOf } from '../delivery/attempt.ts';
import type { Shortcut } from '../manifest.ts';
import type { JsonObject, OpenView, SlackMessage, SlackUser } from '../objects.ts';
import type { Room } from '../room.ts';
import { SlackError } from '../slack-error.ts';
import { escapeText, typedToCommandText } from '../text.ts';
import type { InteractionResult, ViewValues } from '../types.ts';
import type { Workspace } from '../workspace.ts';
import { elementsOf, stateOf, type Found } from './elements.ts';
import type { Interactions } from './interactions.ts';

const failed = (what: string) => (word: string) => `${what} failed with the error "${word}"`;
const TROUBLE = (): string => 'We had some trouble connecting. Try again?';

/** What the app has registered to be called by. */
interface Registered {
  readonly commands: () => readonly string[];
  readonly escapes: () => boolean;
  /** Undefined: any. */
  readonly shortcuts: () => readonly Shortcut[] | undefined;
}

/** What one person does that is meant for the app. */
export class Gestures {
  readonly #w: Workspace;
  readonly #i: Interactions;
  readonly #app: Registered;

  constructor(workspace: Workspace, interactions: Interactions, app: Registered) {
    this.#w = workspace;
    this.#i = interactions;
    this.#app = app;
  }

  async command(by: SlackUser, command: string, text: string, room: Room): Promise<InteractionResult> {
    if (!this.#app.commands().includes(command)) {
      const error = `${command} is not a valid command. In Slack, anything beginning with "/" is treated as a command.`;
      this.#slackbot(by, room, error);
      return { acknowledged: false, error, ephemerals: [] };
    }
    const to = { user: by.id, channel: room.id };
    const ids = { triggerId: this.#i.triggers.issue(by.id), responseUrl: this.#i.responseUrls.issue(to) };
    const sent = this.#app.escapes() ? typedToCommandText(text, this.#w) : escapeText(text);
    const payload = this.#i.payloads.command(by, room, command, sent, ids);
    const what = text === '' ? command : `${command} ${text}`;
    const { attempt, result } = await this.#i.carry({
      kind: 'command',
      user: by.id,
      channel: room.id,
      what,
      payload,
      inWords: failed(command),
    });
    if (result.error !== undefined) this.#slackbot(by, room, result.error);
    const body = result.acknowledged ? this.#i.bodyOf(attempt) : undefined;
    return { ...result, ...ids, ephemerals: body ? this.#i.answer(to, body) : [] };
  }

  async press(by: SlackUser, room: Room, ts: string, actionId: string, value?: string): Promise<InteractionResult> {
    const message = this.#seen(by, room, ts);
    const found = find(message.blocks ?? [], actionId);
    const to = { user: by.id, channel: room.id, messageTs: ts, ...(message.is_ephemeral ? { ephemeral: true } : {}) };
    const ids = { triggerId: this.#i.triggers.issue(by.id), responseUrl: this.#i.responseUrls.issue(to) };
    const payload = this.#i.payloads.messageAction(by, room, message, found, chosen(found, value), ids);
    const { result } = await this.#i.carry({
      kind: 'press',
      user: by.id,
      channel: room.id,
      what: actionId,
      ...labelOf(found),
      payload,
      inWords: failed('This action'),
    });
    return { ...result, ...ids };
  }

  async pressInView(by: SlackUser, viewId: string, actionId: string, value?: string): Promise<InteractionResult> {
    const view = this.#openView(by, viewId);
    const found = find(view.blocks, actionId);
    const triggerId = this.#i.triggers.issue(by.id);
    const payload = this.#i.payloads.viewAction(by, view, found, chosen(found, value), triggerId);
    const { result } = await this.#i.carry({ kind: 'press', user: by.id, what: actionId, ...labelOf(found), payload, inWords: TROUBLE });
    return { ...result, triggerId };
  }

  async shortcut(by: SlackUser, callbackId: string, room: Room, ts: string): Promise<InteractionResult> {
    this.#mustBeInMenu(callbackId);
    const message = this.#seen(by, room, ts);
    if (message.is_ephemeral) throw new Error('Slack offers no shortcut on a message that one person alone can see.');
    const ids = { triggerId: this.#i.triggers.issue(by.id), responseUrl: this.#i.responseUrls.issue({ user: by.id, channel: room.id }) };
    const payload = this.#i.payloads.messageShortcut(by, room, message, callbackId, ids);
    const { result } = await this.#i.carry({
      kind: 'shortcut',
      user: by.id,
      channel: room.id,
      what: callbackId,
      payload,
      inWords: failed('This shortcut'),
    });
    return { ...result, ...ids };
  }

  async globalShortcut(by: SlackUser, callbackId: string): Promise<InteractionResult> {
    this.#mustBeInMenu(callbackId);
    const triggerId = this.#i.triggers.issue(by.id);
    const payload = this.#i.payloads.globalShortcut(by, callbackId, triggerId);
    const { result } = await this.#i.carry({ kind: 'shortcut', user: by.id, what: callbackId, payload, inWords: failed('This shortcut') });
    return { ...result, triggerId };
  }

  async submit(by: SlackUser, viewId: string, values: ViewValues): Promise<InteractionResult> {
    const { view, errors } = this.#i.views.filled(by.id, viewId, values);
    if (Object.keys(errors).length > 0) {
      this.#i.views.complain(by.id, viewId, errors);
      return { acknowledged: false, errors, ephemerals: [] };
    }
    const triggerId = this.#i.triggers.issue(by.id);
    const payload = this.#i.payloads.submission(by, view, triggerId);
    const { attempt, result } = await this.#i.carry({ kind: 'submission', user: by.id, what: view.callback_id, payload, inWords: TROUBLE });
    if (!result.acknowledged) return { ...result, triggerId };
    try {
      return { ...result, triggerId, ...this.#afterSubmission(by, view, answerOf(attempt)) };
    } catch (error) {
      if (error instanceof SlackError) return { ...result, acknowledged: false, error: TROUBLE(), triggerId };
      throw error;
    }
  }

  async dismiss(by: SlackUser, viewId: string): Promise<InteractionResult> {
    const view = this.#openView(by, viewId);
    this.#i.views.close(by.id, viewId);
    if (!view.notify_on_close) return { acknowledged: true, ephemerals: [] };
    const payload = this.#i.payloads.closed(by, view);
    const { result } = await this.#i.carry({ kind: 'dismissal', user: by.id, what: view.callback_id, payload, inWords: TROUBLE });
    return result;
  }

  #afterSubmission(by: SlackUser, view: OpenView, answer: unknown): { errors?: InteractionResult['errors'] } {
    const {
      response_action: action,
      errors,
      view: next,
    } = (typeof answer === 'object' && answer !== null ? answer : {}) as {
      response_action?: string;
      errors?: Record<string, string>;
      view?: JsonObject;
    };
    if (action === 'errors' && errors) {
      this.#i.views.complain(by.id, view.id, errors);
      return { errors };
    }
    if (action === 'clear') this.#i.views.clear(by.id);
    else if (action === 'update' && next) this.#i.views.update({ viewId: view.id }, next);
    else if (action === 'push' && next) this.#i.views.push(by.id, next);
    else this.#i.views.close(by.id, view.id);
    return {};
  }

  /** What the menu of a message offers. */
  get ofMessages(): readonly Shortcut[] {
    return (this.#app.shortcuts() ?? []).filter(({ type }) => type === 'message');
  }

  #mustBeInMenu(callbackId: string): void {
    const there = this.#app.shortcuts();
    if (there && !there.some((one) => one.callbackId === callbackId))
      throw new Error(`The app has no shortcut "${callbackId}". It has: ${there.map((one) => one.callbackId).join(', ') || 'none'}.`);
  }

  #slackbot(by: SlackUser, room: Room, text: string): void {
    this.#i.show(by.id, room.id, { type: 'message', ts: this.#w.takeTs(room), user: 'USLACKBOT', text, is_ephemeral: true });
  }

  #seen(by: SlackUser, room: Room, ts: string): SlackMessage {
    const message = room.messages.get(ts) ?? this.#i.shownTo(by.id, room.id).find((m) => m.ts === ts);
    if (!message) throw new Error(`${by.name} sees no message ${ts} in #${room.name}.`);
    return message;
  }

  #openView(by: SlackUser, viewId: string): OpenView {
    const view = [...this.#i.views.of(by.id), this.#i.views.home(by.id)].find((v) => v?.id === viewId);
    if (!view) throw new Error(`${viewId} is not open before ${by.name}.`);
    return view;
  }
}

function find(blocks: Parameters<typeof elementsOf>[0], actionId: string): Found {
  const all = elementsOf(blocks);
  const found = all.find((f) => f.element['action_id'] === actionId);
  if (!found)
    throw new Error(
      `There is nothing to press called "${actionId}" here. There is: ${all.map((f) => String(f.element['action_id'])).join(', ') || 'nothing'}.`,
    );
  return found;
}

function labelOf({ element }: Found): { label?: string } {
  const label = (element['text'] as { text?: unknown } | undefined)?.text;
  return typeof label === 'string' ? { label } : {};
}

function chosen({ element }: Found, value: string | undefined): JsonObject {
  if (element['type'] === 'button') return {};
  if (value === undefined) throw new Error(`Say what is chosen in "${String(element['action_id'])}".`);
  return stateOf(element, value);
}
