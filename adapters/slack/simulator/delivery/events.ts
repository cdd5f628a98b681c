import type { Draw } from '../draw.ts';
import type { Faults } from '../faults.ts';
import type { Room } from '../room.ts';
import type { DeliveryLog, SlackApp, SlackTeam, SlackTiming } from '../types.ts';
import type { UnderWay, Waits } from '../waits.ts';
import type { SlackEvent } from '../workspace.ts';
import { acknowledged, answerOf, type Attempt, type Carrier } from './attempt.ts';
import type { HttpCarrier, Tamper } from './http-carrier.ts';
import type { Journal } from './journal.ts';

/** Sent only to an app that asked for it by name, since it doubles the message event. */
const NOT_BY_DEFAULT = ['app_mention'];
/** Under which names one subscribes to the messages of a kind of room; every app is told of its own end. */
const MESSAGES_OF = { channel: 'message.channels', private: 'message.groups', im: 'message.im' } as const;

interface Setting {
  readonly team: SlackTeam;
  readonly app: SlackApp;
  readonly now: () => number;
  readonly timing: SlackTiming;
  readonly draw: Draw;
  readonly faults: Faults;
  readonly waits: Waits;
  readonly underWay: UnderWay;
  readonly journal: Journal;
  readonly carrier: () => Carrier;
  readonly http: HttpCarrier;
  /** Undefined: to all there are. */
  readonly subscribed: () => readonly string[] | undefined;
  readonly metadataSubscriptions: () => readonly string[];
}

/** From something that happened to the app having heard of it, or Slack having given up. */
export class Events {
  readonly #s: Setting;
  #held: object[] = [];
  #minuteToldOf: number | undefined;

  constructor(setting: Setting) {
    this.#s = setting;
  }

  /** Tells the app, if it has subscribed and may see the room. */
  happened(event: SlackEvent, room?: Room): void {
    if (!this.#mayHear(event, room)) return;
    const envelope = this.envelope(this.#withoutForeignMetadata(event));
    if (this.#s.faults.silent()) {
      this.#log(envelope, 1, { error: undefined, body: '', noRetry: true }, 'dropped');
      return;
    }
    if (this.#s.faults.has('events-limited')) return this.#drop(envelope);
    const batch = this.#multiplied(envelope);
    const late = this.#s.faults.delivery('events-late');
    const shuffled = this.#s.faults.delivery('events-out-of-order');
    if (shuffled) return this.#hold(batch, shuffled.size);
    void this.#s.underWay.track(this.#sendAll(batch, late?.byMs ?? 0));
  }

  #drop(envelope: object): void {
    this.#log(envelope, 1, { error: undefined, body: '', noRetry: true }, 'dropped');
    const minute = Math.floor(this.#s.now() / 60_000) * 60;
    if (minute === this.#minuteToldOf) return;
    this.#minuteToldOf = minute;
    const about = { team_id: this.#s.team.id, minute_rate_limited: minute, api_app_id: this.#s.app.id };
    const payload = { token: 'deprecated-verification-token', type: 'app_rate_limited', ...about };
    void this.#s.underWay.track(this.#s.carrier().carry({ kind: 'event', payload }));
  }

  /** Sends what a fault held back, latest first. */
  release(): void {
    const held = this.#held.splice(0).reverse();
    if (held.length > 0) void this.#s.underWay.track(this.#sendAll(held, 0));
  }

  async sendRaw(envelope: object, o: { tamper?: Tamper; retries?: boolean }): Promise<readonly DeliveryLog[]> {
    if (o.retries) return this.#deliver(envelope);
    const carrier = this.#s.carrier();
    const parcel = { kind: 'event', payload: envelope } as const;
    const attempt = carrier === this.#s.http ? await this.#s.http.carry(parcel, o.tamper) : await carrier.carry(parcel);
    return [this.#log(envelope, 1, attempt)];
  }

  envelope(event: SlackEvent, o: { eventId?: string; teamId?: string } = {}): object {
    const { team, app } = this.#s;
    const teamId = o.teamId ?? team.id;
    const authorization = { enterprise_id: null, team_id: teamId, user_id: app.botUserId, is_bot: true, is_enterprise_install: false };
    return {
      token: 'deprecated-verification-token',
      team_id: teamId,
      context_team_id: teamId,
      context_enterprise_id: null,
      api_app_id: app.id,
      event,
      type: 'event_callback',
      event_id: o.eventId ?? this.#s.draw.id('Ev'),
      event_time: Math.floor(this.#s.now() / 1000),
      authorizations: [authorization],
      is_ext_shared_channel: false,
      event_context: `4-${this.#s.draw.hex(32)}`,
    };
  }

  #mayHear(event: SlackEvent, room: Room | undefined): boolean {
    const { app } = this.#s;
    const subscribed = this.#s.subscribed();
    const names = event.type === 'message' && room ? ['message', MESSAGES_OF[room.kind]] : [event.type];
    if (subscribed ? !names.some((name) => subscribed.includes(name)) : NOT_BY_DEFAULT.includes(event.type)) return false;
    if (event.type.startsWith('message_metadata_') && !this.#metadataWanted(event)) return false;
    if (!room || room.members.has(app.botUserId)) return true;
    return room.kind === 'channel' && event.type.startsWith('channel_');
  }

  #metadataWanted(event: SlackEvent): boolean {
    const metadata = (event['metadata'] ?? event['previous_metadata']) as { event_type?: string } | undefined;
    const wanted = this.#s.metadataSubscriptions();
    return wanted.includes('*') || wanted.includes(metadata?.event_type ?? '');
  }

  /** Metadata the app's manifest does not subscribe to is not shown in events; history shows it all the same. */
  #withoutForeignMetadata(event: SlackEvent): SlackEvent {
    const bare = (value: unknown): unknown => {
      if (typeof value !== 'object' || value === null || !('metadata' in value) || this.#metadataWanted(value as unknown as SlackEvent))
        return value;
      const { metadata: _, ...rest } = value as Record<string, unknown>;
      return rest;
    };
    if (event.type !== 'message') return event;
    const whole = { ...(bare(event) as SlackEvent) };
    for (const part of ['message', 'previous_message']) if (part in whole) Object.assign(whole, { [part]: bare(whole[part]) });
    return whole;
  }

  #multiplied(envelope: object): object[] {
    const repeated = this.#s.faults.delivery('events-repeated');
    const twinned = this.#s.faults.delivery('events-twinned');
    const twins = twinned ? [envelope, { ...envelope, event_id: this.#s.draw.id('Ev') }] : [envelope];
    return twins.flatMap((e) => Array.from({ length: repeated?.copies ?? 1 }, () => e));
  }

  #hold(batch: readonly object[], size: number): void {
    this.#held.push(...batch);
    if (this.#held.length >= size) this.release();
  }

  async #sendAll(envelopes: readonly object[], delayMs: number): Promise<void> {
    if (delayMs > 0 && !(await this.#s.waits.sleep(delayMs))) return;
    await Promise.all(envelopes.map((envelope) => this.#deliver(envelope)));
  }

  /** One try, then the retries Slack documents, until the app answers 2xx or asks for no more. */
  async #deliver(envelope: object): Promise<DeliveryLog[]> {
    const logs: DeliveryLog[] = [];
    let reason = '';
    const { retryDelaysMs } = this.#s.timing;
    for (let num = 0; num <= retryDelaysMs.length; num++) {
      if (num > 0 && !(await this.#s.waits.sleep(retryDelaysMs[num - 1] ?? 0))) return logs;
      if (this.#s.waits.closed) return logs;
      if (this.#s.faults.silent()) return [...logs, this.#log(envelope, num + 1, { body: '', noRetry: true }, 'dropped')];
      const retry = num === 0 ? {} : { retry: { num, reason } };
      const attempt = await this.#s.carrier().carry({ kind: 'event', payload: envelope, ...retry });
      logs.push(this.#log(envelope, num + 1, attempt));
      if (acknowledged(attempt) || attempt.noRetry) return logs;
      reason = attempt.error ?? 'unknown_error';
    }
    return logs;
  }

  #log(envelope: object, attemptNo: number, attempt: Attempt, error: string | undefined = attempt.error): DeliveryLog {
    const { event, event_id } = envelope as { event: SlackEvent; event_id: string };
    const answer = answerOf(attempt);
    const log: DeliveryLog = {
      kind: 'event',
      transport: this.#s.carrier().transport,
      what: event.type,
      eventId: event_id,
      ...messageOf(event),
      attempt: attemptNo,
      at: this.#s.now(),
      ...(attempt.status === undefined ? {} : { status: attempt.status }),
      ...(error === undefined ? {} : { error }),
      ...(answer === undefined ? {} : { answer }),
    };
    this.#s.journal.delivered(log);
    return log;
  }
}

/** A message's own event has no subtype that says what became of an older one. */
function messageOf({ type, subtype, channel, ts }: SlackEvent): Pick<DeliveryLog, 'message'> {
  const isNew = type === 'message' && subtype === undefined && typeof channel === 'string' && typeof ts === 'string';
  return isNew ? { message: { channel, ts } } : {};
}
