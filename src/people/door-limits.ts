import type { Request } from 'express';
import { RateLimit } from '#src/platform/http/rate-limit';
import { TooOften } from './people.errors.ts';

/** What people do in rooms: reading, writing, files, live streams. A busy incident must never come near its limit. */
const IN_A_ROOM = /^\/(api\/v1\/incidents\/[^/]+|lite\/i\/|i\/|files\/)/;

/** How often anybody may ask, in this process: whoever is in by session or token, whoever tries a door by address. */
export class DoorLimits {
  readonly rooms = new RateLimit(3_000);
  readonly others = new RateLimit(600);
  /** Forms and links, where people stand, apart from tokens: a program that asks with an old one shuts nobody out. */
  readonly doors = new RateLimit(30);
  readonly tokens = new RateLimit(30);
  /** For each code on paper, from wherever: comparing one costs as much as a hundred requests. */
  readonly codes = new RateLimit(10);
  /** Asking what to sign, for each address: it leaves a row for minutes, and proves nothing yet. */
  readonly challenges = new RateLimit(120);
  /** One request may ask more than once who sent it. */
  private readonly known = new WeakSet<Request>();

  /** Counts what somebody asks for whom we know by this badge. @throws TooOften */
  ask(request: Request, badge: string, now = Date.now()): void {
    if (this.known.has(request)) return;
    this.known.add(request);
    const limit = IN_A_ROOM.test(request.path) ? this.rooms : this.others;
    const waitMs = limit.take(badge, now);
    if (waitMs !== null) throw new TooOften(`You asked more than ${limit.perMinute} times within a minute.`, waitMs, now);
  }

  /** Counts the try of somebody whom we do not know, at a form or with a link. @throws TooOften */
  tryDoor(request: Request, now = Date.now()): void {
    const waitMs = this.doors.take(request.ip ?? '', now);
    if (waitMs !== null) throw new TooOften('Signing in was tried too often from your address.', waitMs, now);
  }

  /** Counts somebody who asks to come in by a passkey, before they have touched one. @throws TooOften */
  tryChallenge(request: Request, now = Date.now()): void {
    const waitMs = this.challenges.take(request.ip ?? '', now);
    if (waitMs !== null) throw new TooOften('Signing in was begun too often from your address.', waitMs, now);
  }

  /** Counts the try of a code that begins so. @throws TooOften */
  tryCode(prefix: string, now = Date.now()): void {
    const waitMs = this.codes.take(prefix, now);
    if (waitMs !== null)
      throw new TooOften(`The code that begins with ${prefix} was tried too often. Another one of your sheet works now.`, waitMs, now);
  }

  /** Counts a request with a token that is nobody's. @throws TooOften */
  tryToken(request: Request, now = Date.now()): void {
    const waitMs = this.tokens.take(request.ip ?? '', now);
    if (waitMs !== null) throw new TooOften('Tokens that are unknown were sent too often from your address.', waitMs, now);
  }
}
