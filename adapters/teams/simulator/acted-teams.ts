import type { Activity } from './activities.ts';
import type { KeptMessage } from './conversations.ts';
import type { TeamsSimulator } from './teams-simulator.ts';

/** What somebody sees after a gesture, beside what everybody sees. */
export interface Shown {
  /** Why nothing came of it. */
  readonly error?: string;
  readonly words?: string;
  readonly dialog?: { readonly title: string; readonly card: Activity };
}

/** A gesture that the app did not hear of and never will: Teams does not repeat it. */
export interface Lost {
  readonly kind: 'command' | 'press' | 'form';
  readonly who: string;
  /** The command as it was written, or what stands on the button. */
  readonly what: string;
}

/** How long Teams waits for a bot. */
const ANSWER_MS = 15_000;
const UNHEARD = 'Something went wrong: the app cannot be reached. Try again later.';
const CALL = /^@Muster\b\s*/i;

/**
 * Teams as people in front of it use it: what they do is told to the app at once, in order, and what that answers is shown to
 * them. Broken, people go on writing to each other, and Teams neither tells the app anything nor takes anything from it.
 */
export class ActedTeams {
  readonly people: string[] = [];
  readonly lost: Lost[] = [];
  isBroken = false;
  private readonly authors = new Map<string, string>();
  private readonly edited = new Set<string>();
  private hooks: string | null = null;
  private telling: Promise<unknown> = Promise.resolve();
  private switching: Promise<void> = Promise.resolve();

  constructor(readonly teams: TeamsSimulator) {}

  /** Where the app listens. */
  hearAt(url: string): void {
    this.hooks = url;
  }

  /** Nobody answers at its address: so it is certain that nothing was taken, which an error would leave open. */
  break(): Promise<void> {
    this.isBroken = true;
    return this.switched(() => this.teams.close());
  }

  heal(): Promise<void> {
    this.isBroken = false;
    return this.switched(() => this.teams.open());
  }

  /** Whoever wrote it; null for the app. */
  authorOf(message: KeptMessage): string | null {
    return this.authors.get(keyOf(message)) ?? null;
  }

  isEdited(message: KeptMessage): boolean {
    return this.edited.has(keyOf(message));
  }

  /** Without `thread` it begins one. What begins with the app's name is said to it. */
  say(who: string, room: string, text: string, thread?: string): Promise<Shown> {
    const toUs = CALL.test(text);
    const { message, told } = this.teams.say(who, room, toUs ? text.replace(CALL, '') : text, {
      toUs,
      ...(thread !== undefined && { thread }),
    });
    this.authors.set(keyOf(message), who);
    if (this.isBroken && toUs) this.lost.push({ kind: 'command', who, what: text });
    return this.tell(told);
  }

  edit(who: string, message: KeptMessage, text: string): Promise<Shown> {
    this.edited.add(keyOf(message));
    return this.tell(this.teams.edit(who, message, text));
  }

  remove(who: string, message: KeptMessage): Promise<Shown> {
    return this.tell(this.teams.remove(who, message));
  }

  /** `action`: the button's verb, or what it asks a dialog of. */
  async press(who: string, message: KeptMessage, action: string): Promise<Shown> {
    const told = this.teams.press(who, message, action);
    if (this.isBroken) this.lost.push({ kind: 'press', who, what: labelOf(told) ?? labelIn(message, action) ?? action });
    const { error, body } = await this.ask(told);
    if (error !== undefined) return { error };
    if (body['type'] === CARD) message.activity = { ...message.activity, attachments: [{ contentType: CARD, content: body['value'] }] };
    if (typeof body['value'] === 'string' && body['value'] !== '') return { words: body['value'] };
    return taskOf(body);
  }

  /** A dialog's own data, with what was typed beside it. */
  async submit(who: string, room: string, data: Activity): Promise<Shown> {
    const told = this.teams.submit(who, room, data);
    if (this.isBroken) this.lost.push({ kind: 'form', who, what: '' });
    const { error, body } = await this.ask(told);
    return error === undefined ? taskOf(body) : { error };
  }

  /** One after the other, whatever the haste of whoever switches. */
  private switched(to: () => Promise<void>): Promise<void> {
    this.switching = this.switching.then(to, to);
    return this.switching;
  }

  private tell(what: Activity): Promise<Shown> {
    const telling = this.telling.then(() => this.ask(what));
    this.telling = telling;
    // People are not told by Teams that a bot has not heard them.
    return telling.then(() => ({}));
  }

  private async ask(what: Activity): Promise<{ error?: string; body: Activity }> {
    if (this.isBroken || this.hooks === null) return { error: UNHEARD, body: {} };
    const { authorization } = this.teams.told(what);
    try {
      const response = await fetch(this.hooks, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(authorization !== undefined && { authorization }) },
        body: JSON.stringify(what),
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      const text = await response.text();
      if (!response.ok) return { error: UNHEARD, body: {} };
      return { body: text === '' ? {} : (JSON.parse(text) as Activity) };
    } catch {
      return { error: UNHEARD, body: {} };
    }
  }
}

const CARD = 'application/vnd.microsoft.card.adaptive';

const keyOf = ({ room, id }: KeptMessage): string => `${room}/${id}`;

/** What a dialog is answered with: another dialog, a word, or nothing, which closes it. */
function taskOf({ task }: Activity): Shown {
  const { type, value } = (task ?? {}) as { type?: string; value?: unknown };
  if (type === 'message' && typeof value === 'string') return { words: value };
  if (type !== 'continue') return {};
  const { title, card } = value as { title: string; card: { content: Activity } };
  return { dialog: { title, card: card.content } };
}

const labelOf = ({ value }: Activity): string | undefined => (value as { action?: { title?: string } } | undefined)?.action?.title;

function labelIn({ activity }: KeptMessage, action: string): string | undefined {
  const cards = (activity?.['attachments'] ?? []) as {
    content?: { body?: { actions?: { title?: string; data?: { action?: string } }[] }[] };
  }[];
  const buttons = cards.flatMap(({ content }) => (content?.body ?? []).flatMap(({ actions }) => actions ?? []));
  return buttons.find(({ data }) => data?.action === action)?.title;
}
