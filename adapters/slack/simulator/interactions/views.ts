import type { JsonObject, OpenView, SlackBlock } from '../objects.ts';
import { SlackError } from '../slack-error.ts';
import type { ViewValues } from '../types.ts';
import { acceptBlocks } from '../web-api/block-rules.ts';
import type { Workspace } from '../workspace.ts';
import { elementsOf, initialValue, isEmpty, stateOf } from './elements.ts';

/** A modal may hold three views, one over the other. */
const DEEPEST = 3;
const LARGEST_BYTES = 250_000;

/** The modals before each person: a stack, the last on top; and each person's home tab. */
export class Views {
  readonly #stacks = new Map<string, OpenView[]>();
  readonly #homes = new Map<string, OpenView>();
  readonly #w: Workspace;

  constructor(workspace: Workspace) {
    this.#w = workspace;
  }

  of(user: string): readonly OpenView[] {
    return this.#stacks.get(user) ?? [];
  }

  home(user: string): OpenView | undefined {
    return this.#homes.get(user);
  }

  open(user: string, definition: JsonObject): OpenView {
    const view = this.#make(definition, undefined);
    this.#stacks.set(user, [view]);
    this.#w.listener.changed();
    return view;
  }

  push(user: string, definition: JsonObject): OpenView {
    const stack = this.#stacks.get(user) ?? [];
    const top = stack.at(-1);
    if (!top) throw new SlackError('not_found');
    if (stack.length >= DEEPEST) throw new SlackError('push_limit_reached');
    const view = this.#make(definition, top);
    this.#stacks.set(user, [...stack, view]);
    this.#w.listener.changed();
    return view;
  }

  update(by: { viewId?: string; externalId?: string; hash?: string }, definition: JsonObject): OpenView {
    const [user, old] = this.#find((v) =>
      by.viewId !== undefined ? v.id === by.viewId : v.external_id !== '' && v.external_id === by.externalId,
    );
    if (by.hash !== undefined && by.hash !== old.hash) throw new SlackError('hash_conflict');
    const made = this.#make(definition, undefined, old);
    const view: OpenView = { ...made, id: old.id, root_view_id: old.root_view_id, previous_view_id: old.previous_view_id };
    this.#replace(user, view);
    return view;
  }

  publish(user: string, definition: JsonObject, hash?: string): OpenView {
    if (definition['type'] !== 'home') throw new SlackError('invalid_arguments');
    if (hash !== undefined && hash !== this.#homes.get(user)?.hash) throw new SlackError('hash_conflict');
    const view = this.#make({ title: { type: 'plain_text', text: 'Home' }, ...definition }, undefined);
    this.#homes.set(user, view);
    this.#w.listener.changed();
    return view;
  }

  /** The view with what the person put in, and what the client itself would complain about. */
  filled(user: string, viewId: string, values: ViewValues): { view: OpenView; errors: Record<string, string> } {
    const old = this.of(user).find((v) => v.id === viewId);
    if (!old)
      throw new Error(
        `${viewId} is not open before ${user}. Open are: ${
          this.of(user)
            .map((v) => v.id)
            .join(', ') || 'none'
        }.`,
      );
    const state: Record<string, Record<string, JsonObject>> = {};
    const errors: Record<string, string> = {};
    for (const { block, element } of elementsOf(old.blocks)) {
      const [blockId, actionId] = [String(block.block_id), String(element['action_id'])];
      const given = values[blockId] !== undefined ? values[blockId] : values[actionId];
      const kept = old.state.values[blockId]?.[actionId];
      const now = given === undefined ? (kept ?? stateOf(element, null)) : stateOf(element, given);
      state[blockId] = { ...state[blockId], [actionId]: now };
      const complaint = block.type === 'input' ? complain(block, element, now) : undefined;
      if (complaint !== undefined) errors[blockId] = complaint;
    }
    const view: OpenView = { ...old, state: { values: state } };
    this.#replace(user, view);
    return { view, errors };
  }

  complain(user: string, viewId: string, errors: { readonly [blockId: string]: string }): void {
    const view = this.of(user).find((v) => v.id === viewId);
    if (view) this.#replace(user, { ...view, errors });
  }

  /** Takes the top view away; what lay under it is seen again. */
  close(user: string, viewId: string): void {
    this.#stacks.set(
      user,
      this.of(user).filter((v) => v.id !== viewId),
    );
    this.#w.listener.changed();
  }

  clear(user: string): void {
    this.#stacks.delete(user);
    this.#w.listener.changed();
  }

  #make(definition: JsonObject, under: OpenView | undefined, before?: OpenView): OpenView {
    const { app, team, draw } = this.#w;
    checkView(definition);
    const externalId = text(definition, 'external_id');
    if (externalId !== '' && this.#taken(externalId, before?.id)) throw new SlackError('duplicate_external_id');
    const blocks = acceptBlocks(definition['blocks'], 'view', draw);
    const id = draw.id('V');
    return {
      id,
      team_id: team.id,
      type: String(definition['type']),
      callback_id: text(definition, 'callback_id'),
      external_id: externalId,
      private_metadata: text(definition, 'private_metadata'),
      hash: `${this.#w.seconds()}.${draw.hex(8)}`,
      title: plain(definition['title']) ?? {},
      submit: plain(definition['submit']),
      close: plain(definition['close']),
      blocks,
      state: { values: initialState(blocks, before) },
      clear_on_close: definition['clear_on_close'] === true,
      notify_on_close: definition['notify_on_close'] === true,
      root_view_id: under?.root_view_id ?? id,
      previous_view_id: under?.id ?? null,
      app_id: app.id,
      bot_id: app.botId,
    };
  }

  #taken(externalId: string, except: string | undefined): boolean {
    return [...this.#stacks.values()].flat().some((v) => v.external_id === externalId && v.id !== except);
  }

  #find(which: (v: OpenView) => boolean): [string, OpenView] {
    for (const [user, stack] of this.#stacks) {
      const view = stack.find(which);
      if (view) return [user, view];
    }
    throw new SlackError('not_found');
  }

  #replace(user: string, view: OpenView): void {
    this.#stacks.set(
      user,
      this.of(user).map((v) => (v.id === view.id ? view : v)),
    );
    this.#w.listener.changed();
  }
}

function checkView(view: JsonObject): void {
  const troubles: string[] = [];
  const type = view['type'];
  if (type !== 'modal' && type !== 'home') troubles.push('must be modal or home [json-pointer:/view/type]');
  for (const [name, most] of [
    ['callback_id', 255],
    ['external_id', 255],
    ['private_metadata', 3000],
  ] as const) {
    if (text(view, name).length > most) troubles.push(`must be less than ${most + 1} characters [json-pointer:/view/${name}]`);
  }
  for (const name of ['title', 'submit', 'close'] as const) {
    const words = (view[name] as { text?: string } | null | undefined)?.text;
    if (name === 'title' && !words) troubles.push('missing required field: title [json-pointer:/view]');
    if ((words?.length ?? 0) > 24) troubles.push(`must be less than 25 characters [json-pointer:/view/${name}/text]`);
  }
  const blocks = Array.isArray(view['blocks']) ? (view['blocks'] as readonly JsonObject[]) : [];
  if (type === 'modal' && !view['submit'] && blocks.some((b) => b['type'] === 'input'))
    troubles.push('missing required field: submit (there are input blocks) [json-pointer:/view]');
  if (Buffer.byteLength(JSON.stringify(view)) > LARGEST_BYTES) throw new SlackError('view_too_large');
  if (troubles.length > 0)
    throw new SlackError('invalid_arguments', { response_metadata: { messages: troubles.map((t) => `[ERROR] ${t}`) } });
}

/** Initial values; what a person had put into an element of the same block_id and action_id stays. */
function initialState(blocks: readonly SlackBlock[], before: OpenView | undefined): Record<string, Record<string, JsonObject>> {
  const values: Record<string, Record<string, JsonObject>> = {};
  for (const { block, element } of elementsOf(blocks)) {
    if (element['type'] === 'button') continue;
    const [blockId, actionId] = [String(block.block_id), String(element['action_id'])];
    const kept = before?.state.values[blockId]?.[actionId];
    values[blockId] = { ...values[blockId], [actionId]: kept ?? stateOf(element, initialValue(element)) };
  }
  return values;
}

function complain(block: SlackBlock, element: JsonObject, state: JsonObject): string | undefined {
  if (isEmpty(state)) return block['optional'] === true ? undefined : 'Please complete this required field.';
  const length = typeof state['value'] === 'string' ? state['value'].length : undefined;
  const [least, most] = [Number(element['min_length'] ?? 0), Number(element['max_length'] ?? 3000)];
  if (length !== undefined && length < least) return `Must be at least ${least} characters.`;
  if (length !== undefined && length > most) return `Must be at most ${most} characters.`;
  return undefined;
}

function text(of: JsonObject, name: string): string {
  const value = of[name];
  return typeof value === 'string' ? value : '';
}

function plain(value: unknown): JsonObject | null {
  return typeof value === 'object' && value !== null ? { emoji: true, ...(value as JsonObject) } : null;
}
