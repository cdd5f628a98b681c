import type { FaultKind, FaultOptions } from '@musterhq/adapter-testkit';
import type { Op } from '@musterhq/chat-port';
import type { CallFault } from '../simulator/faults.types.ts';
import type { ApiCall, SlackSimulator } from '../simulator/types.ts';

/** Slack's methods behind each of the port's operations. */
const METHODS: Readonly<Record<Op | '*', readonly string[]>> = {
  send: ['chat.postMessage'],
  edit: ['chat.update'],
  delete: ['chat.delete'],
  react: ['reactions.add', 'reactions.remove'],
  unreact: ['reactions.remove'],
  private: ['chat.postEphemeral'],
  room: [
    ...['create', 'info', 'list', 'invite', 'kick', 'rename', 'setTopic', 'setPurpose', 'archive', 'unarchive'].map(
      (m) => `conversations.${m}`,
    ),
    'pins.add',
    'pins.remove',
    'bookmarks.list',
    'bookmarks.add',
  ],
  history: ['conversations.history', 'conversations.replies'],
  pins: ['pins.list'],
  people: ['users.info', 'users.list', 'users.lookupByEmail'],
  file: ['files.getUploadURLExternal', 'files.info', 'files.delete'],
  '*': [],
};
const NOBODY_LISTENS = 'http://127.0.0.1:1';

/** Breaks the pretend Slack's calls as the kit asks for it. */
export class Breakage {
  private refused: { methods: readonly string[]; channel: string | undefined; left: number }[] = [];
  private late: readonly string[] = [];
  private later: { readonly methods: readonly string[]; left: number; readonly begin: () => void }[] = [];
  private replayed = 0;

  constructor(private readonly slack: SlackSimulator) {}

  fault(op: Op | '*', kind: FaultKind, n = 1, { skip = 0, ...o }: FaultOptions = {}): void {
    if (skip > 0) this.later.push({ methods: METHODS[op], left: skip, begin: () => this.fault(op, kind, n, o) });
    else this.strike(op, kind, n, o);
  }

  private strike(op: Op | '*', kind: FaultKind, n: number, { room, retryAfterMs }: FaultOptions): void {
    const methods = METHODS[op];
    if (kind === 'refused') {
      this.refused.push({ methods, channel: room?.room, left: n });
      return;
    }
    if (kind === 'late') this.late = [...this.late, ...methods];
    const target = {
      ...(op === '*' ? {} : { on: methods }),
      ...(room ? { channel: room.room } : {}),
      ...(n === Infinity ? {} : { times: n }),
    };
    this.slack.addFault({ ...target, ...faultOf(kind, retryAfterMs) });
  }

  async heal(): Promise<void> {
    this.refused = [];
    this.later = [];
    this.slack.clearFaults();
    const late = this.silent().slice(this.replayed);
    this.replayed += late.length;
    this.late = [];
    await Promise.all(late.map(({ method, args }) => this.apply(method, args as Record<string, unknown>)));
  }

  requests(op: Op): number {
    return this.slack.calls().filter(({ method }) => METHODS[op].includes(method)).length;
  }

  /** The address a call goes to: a closed door when it is to be refused. */
  route(url: string, init: RequestInit | undefined): string {
    const method = url.slice(this.slack.apiUrl.length);
    this.pass(method);
    const channel = new URLSearchParams(typeof init?.body === 'string' ? init.body : '').get('channel') ?? undefined;
    const hit = this.refused.find(
      (r) => r.left > 0 && (r.methods.length === 0 || r.methods.includes(method)) && (r.channel === undefined || r.channel === channel),
    );
    if (!hit) return url;
    hit.left -= 1;
    return `${NOBODY_LISTENS}/${method}`;
  }

  /** What is to go wrong after so many calls begins with the next one. */
  private pass(method: string): void {
    for (const one of this.later.filter(({ methods }) => methods.length === 0 || methods.includes(method))) {
      one.left -= 1;
      if (one.left >= 0) continue;
      this.later = this.later.filter((other) => other !== one);
      one.begin();
    }
  }

  private silent(): ApiCall[] {
    return this.slack.calls().filter(({ method, outcome }) => outcome === 'silence' && this.late.includes(method));
  }

  private async apply(method: string, args: Record<string, unknown>): Promise<void> {
    const body = new URLSearchParams(
      Object.entries(args).map(([k, v]): [string, string] => [k, typeof v === 'string' ? v : JSON.stringify(v)]),
    );
    await fetch(`${this.slack.apiUrl}${method}`, { method: 'POST', headers: { authorization: `Bearer ${this.slack.app.botToken}` }, body });
  }
}

function faultOf(kind: Exclude<FaultKind, 'refused'>, retryAfterMs: number | undefined): CallFault {
  switch (kind) {
    case 'error-before':
      return { kind: 'status', status: 503 };
    case 'error-after':
      return { kind: 'status', status: 503, applied: true };
    case 'silent':
    case 'late':
      return { kind: 'silence' };
    case 'silent-after':
      return { kind: 'silence', applied: true };
    case 'reset-before':
      return { kind: 'reset', when: 'before' };
    case 'reset-after':
      return { kind: 'reset', when: 'after' };
    case 'rate-limited':
      return { kind: 'rate-limited', retryAfter: retryAfterMs === undefined ? null : retryAfterMs / 1000 };
    case 'garbage':
      return { kind: 'garbage' };
    case 'lost':
      return { kind: 'vanish' };
    case 'unauthorized':
      return { kind: 'token-revoked' };
  }
}
