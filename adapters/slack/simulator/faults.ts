import type { Draw } from './draw.ts';
import type { CallFault, DeliveryFault, Fault } from './faults.types.ts';

const CALL_KINDS: readonly string[] = [
  'status',
  'silence',
  'applied-late',
  'slow',
  'reset',
  'rate-limited',
  'error',
  'garbage',
  'redirect',
  'vanish',
  'token-revoked',
];
const READS = /\.(?:history|info|list|members|replies|lookupByEmail|getPermalink|test|get)$|^auth\./;
const LOGIN = /^(?:auth\.test|apps\.connections\.open|oauth\..*)$/;

interface Standing {
  readonly fault: Fault;
  left: number;
}

/** What is broken now. A fault with a count is used up by what it strikes. */
export class Faults {
  #standing: Standing[] = [];
  readonly #draw: Draw;
  readonly #channelName: (id: string) => string | undefined;

  constructor(draw: Draw, channelName: (id: string) => string | undefined) {
    this.#draw = draw;
    this.#channelName = channelName;
  }

  set(faults: readonly Fault[]): void {
    this.#standing = [];
    this.add(faults);
  }

  add(faults: readonly Fault[]): void {
    for (const fault of faults) this.#standing.push({ fault, left: ('times' in fault ? fault.times : undefined) ?? Infinity });
  }

  list(): readonly Fault[] {
    return this.#standing.map((s) => s.fault);
  }

  has(kind: Fault['kind']): boolean {
    return this.#standing.some((s) => s.fault.kind === kind);
  }

  /** The app cannot be heard by, nor hear, this workspace. */
  silent(): boolean {
    return this.has('events-silent') || this.has('all');
  }

  peopleStuck(): boolean {
    return this.#standing.some((s) => s.fault.kind === 'all' && s.fault.people === 'stuck');
  }

  /** The fault that strikes this call, if one does; counted as used. */
  strike(method: string, channel: string | undefined): CallFault | undefined {
    for (const standing of this.#standing) {
      const { fault } = standing;
      if (fault.kind === 'all') return wholeOutage(fault.api ?? 'status');
      if (!isCallFault(fault) || !this.#aimsAt(fault, method, channel)) continue;
      if (fault.chance !== undefined && this.#draw.next() >= fault.chance) continue;
      this.#use(standing);
      return fault;
    }
    return undefined;
  }

  /** The standing delivery fault of this kind; counted as used. */
  delivery<K extends DeliveryFault['kind']>(kind: K): Extract<DeliveryFault, { kind: K }> | undefined {
    const standing = this.#standing.find((s) => s.fault.kind === kind);
    if (!standing) return undefined;
    this.#use(standing);
    return standing.fault as Extract<DeliveryFault, { kind: K }>;
  }

  #use(standing: Standing): void {
    if (--standing.left <= 0) this.#standing = this.#standing.filter((s) => s !== standing);
  }

  #aimsAt(fault: CallFault, method: string, channel: string | undefined): boolean {
    // Only what is posted can fail to be seen.
    if (fault.kind === 'vanish' && !method.startsWith('chat.') && method !== 'files.completeUploadExternal') return false;
    const targets = fault.on === undefined ? [] : typeof fault.on === 'string' ? [fault.on] : fault.on;
    const excluded = targets.filter((t) => t.startsWith('!'));
    const included = targets.filter((t) => !t.startsWith('!'));
    if (excluded.some((t) => matchesMethod(t.slice(1), method))) return false;
    if (included.length > 0 && !included.some((t) => matchesMethod(t, method))) return false;
    if (fault.channel === undefined) return true;
    const name = channel === undefined ? undefined : this.#channelName(channel);
    return (channel !== undefined && matches(fault.channel, channel)) || (name !== undefined && matches(fault.channel, name));
  }
}

function isCallFault(fault: Fault): fault is CallFault {
  return CALL_KINDS.includes(fault.kind);
}

function wholeOutage(how: 'status' | 'refused' | 'silence'): CallFault {
  if (how === 'refused') return { kind: 'reset', when: 'before' };
  return how === 'silence' ? { kind: 'silence' } : { kind: 'status', status: 503 };
}

function matchesMethod(target: string, method: string): boolean {
  if (target === 'reads') return READS.test(method);
  if (target === 'writes') return !READS.test(method) && !LOGIN.test(method);
  if (target === 'login') return LOGIN.test(method);
  return matches(target, method);
}

function matches(pattern: string, value: string): boolean {
  return new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  ).test(value);
}
