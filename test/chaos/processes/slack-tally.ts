import type { ApiCall, JsonObject, SlackSimulator } from '#adapters/slack/simulator/types';

/** What was said under one key, over all attempts. */
interface Said {
  /** How often the chat did what was asked, or will do it late. */
  applied: number;
  /** How often it said that it had, and had not. */
  lost: number;
  /** When it did so first. */
  readonly at: number;
}

/** Counts what the pretend Slack was asked, and how that went. It forgets old calls, so this is asked every few seconds. */
export class Tally {
  readonly said = new Map<string, Said>();
  /** Faults by name, and `ok`. */
  readonly outcomes = new Map<string, number>();
  private last: ApiCall | undefined;

  constructor(private readonly slack: SlackSimulator) {}

  take(): void {
    const calls = this.slack.calls();
    for (const call of calls.slice(this.last ? calls.lastIndexOf(this.last) + 1 : 0)) this.count(call);
    this.last = calls.at(-1);
  }

  private count({ method, args, at, outcome, applied }: ApiCall): void {
    this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1);
    if (method !== 'chat.postMessage' || (applied === false && outcome !== 'vanish')) return;
    const key = keyIn(args);
    const said = this.said.get(key) ?? { applied: 0, lost: 0, at };
    this.said.set(key, said);
    if (applied === false) said.lost++;
    else said.applied++;
  }
}

/** What our message carries, as Slack was given it: an object, or one written down. */
function keyIn({ metadata }: JsonObject): string {
  const given = (typeof metadata === 'string' ? JSON.parse(metadata) : metadata) as { event_payload?: { key?: string } } | null;
  return given?.event_payload?.key ?? '';
}
