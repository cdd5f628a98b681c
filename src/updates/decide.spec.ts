import { severities } from '#libs/war-room-protocol/vocabulary';
import fc from 'fast-check';
import type { RoomEvent } from '#libs/war-room-protocol/events';
import { minutesBetweenUpdates, NOT_DECLARED, nextUpdateDue, UPDATE, type Waiting, waitingAfter } from '#libs/war-room-protocol/waiting';
import { decide, type Due } from './decide.ts';

const MINUTE = 60_000;
/** On the night in which clocks in Europe go back from three to two. */
const START = Date.parse('2026-10-25T00:30:00Z');

/** A room whose log is all there is, and a clock that is given. */
class Room {
  waiting: Waiting = NOT_DECLARED;
  readonly given: (Due & { readonly at: number; readonly notBefore: number })[] = [];
  private readonly log: RoomEvent[] = [];

  constructor(
    private now = START,
    kind = 'standard',
    severity = 'SEV3',
    category = 'active',
  ) {
    this.happens('incident.declared', { kind, severity, category, reference: 'INC-1', title: 'x', status: 'investigating' });
  }

  happens(type: RoomEvent['type'], data: object): void {
    const seq = this.log.length + 1;
    const id = `e${seq}`;
    const at = new Date(this.now).toISOString();
    const event = {
      seq,
      id,
      at,
      displayAt: at,
      late: false,
      by: null,
      via: { id: 'web', name: 'web' },
      type,
      data,
    } as RoomEvent;
    this.log.push(event);
    this.waiting = waitingAfter(this.waiting, event);
  }

  /** Whoever looked is gone; the next one has nothing but the log as it is stored. */
  restarts(): void {
    this.waiting = (JSON.parse(JSON.stringify(this.log)) as RoomEvent[]).reduce(waitingAfter, NOT_DECLARED);
  }

  /** The machine's clock goes on, or is set, and somebody looks. */
  looks(minutes: number): Due[] {
    this.now += minutes * MINUTE;
    const due = decide(this.waiting, this.now);
    for (const { about, dueAt, since } of due) {
      const one = this.waiting.waits.find((wait) => wait.about === about);
      const people = one?.until ?? (one?.askedFor === null ? one.promised : null);
      this.given.push({ about, dueAt, since, at: this.now, notBefore: people ? Date.parse(people) : 0 });
      this.happens('nudge.given', { about, since, dueAt: new Date(dueAt).toISOString() });
    }
    return due;
  }

  asks(minutes: number): string[] {
    return this.looks(minutes).map(({ about }) => about);
  }

  in = (minutes: number): string => new Date(this.now + minutes * MINUTE).toISOString();
  leads = (name: string | null): void =>
    this.happens('incident.role-changed', { role: 'lead', name: 'Lead', from: null, to: name && { id: name, name } });
  get time(): number {
    return this.now;
  }
}

function led(severity = 'SEV3'): Room {
  const room = new Room(START, 'standard', severity);
  room.leads('Ana');
  return room;
}

describe('Asking for an update', () => {
  it('comes 30 minutes after the last one, and again every 30 minutes', () => {
    const room = led();

    expect([room.asks(29), room.asks(1), room.asks(1), room.asks(28), room.asks(1)]).toEqual([[], [UPDATE], [], [], [UPDATE]]);
    room.happens('update.shared', { text: 'We roll back' });
    expect([room.asks(29), room.asks(1)]).toEqual([[], [UPDATE]]);
  });

  it.each(severities.map(({ name, isMajor }) => [name, isMajor ? 20 : 30] as const))(
    'knows how long %s may be without one',
    (name, minutes) => {
      expect(minutesBetweenUpdates(name)).toBe(minutes);
      const room = led(name);
      expect([room.asks(minutes - 1), room.asks(1)]).toEqual([[], [UPDATE]]);
    },
  );

  it('comes sooner where it became major meanwhile', () => {
    const room = led();
    room.looks(15);
    room.happens('incident.severity-changed', { from: 'SEV3', to: 'SEV1' });

    expect([room.asks(4), room.asks(1)]).toEqual([[], [UPDATE]]);
  });

  it('comes when the next one was promised, be that sooner or later', () => {
    const [soon, late] = [led(), led()];
    soon.happens('update.shared', { nextUpdateBy: soon.in(15) });
    late.happens('update.shared', { nextUpdateBy: late.in(60) });

    expect([soon.asks(15), late.asks(59), late.asks(1)]).toEqual([[UPDATE], [], [UPDATE]]);
  });

  it('is put off by a snooze and by a skip, before and after it came', () => {
    const room = led();
    room.looks(30);
    room.happens('nudge.snoozed', { about: UPDATE, until: room.in(10) });
    expect([room.asks(9), room.asks(1)]).toEqual([[], [UPDATE]]);
    room.happens('nudge.skipped', { about: UPDATE, until: room.in(30) });
    expect([room.asks(29), room.asks(1)]).toEqual([[], [UPDATE]]);
  });

  it('says when it is overdue by what was expected, not by the newest nudge', () => {
    const room = led();
    room.looks(45);
    expect(nextUpdateDue(room.waiting)).toBe(new Date(START + 30 * MINUTE).toISOString());
    room.happens('nudge.snoozed', { about: UPDATE, until: room.in(10) });
    expect(nextUpdateDue(room.waiting)).toBe(room.in(10));
  });

  it.each(['drill', 'test', 'retrospective', 'near_miss'])('is not done in one of kind %s', (kind) => {
    expect(new Room(START, kind).asks(35)).toEqual([]);
  });

  it('begins when somebody accepts it, and anew when it is reopened', () => {
    const room = new Room(START, 'standard', 'SEV3', 'triage');
    room.leads('Ana');
    expect(room.asks(60)).toEqual([]);
    room.happens('incident.accepted', { from: 'triage', to: 'investigating', category: 'active' });
    expect([room.asks(29), room.asks(1)]).toEqual([[], [UPDATE]]);
    room.happens('incident.resolved', { from: 'fixing', to: 'documenting', learned: 'x' });
    expect(room.asks(60)).toEqual([]);
    room.happens('incident.status-changed', { from: 'documenting', to: 'investigating', category: 'active' });
    expect([room.asks(29), room.asks(1)]).toEqual([[], [UPDATE]]);
  });

  it('gives up where nobody has answered for a day', () => {
    const room = led();
    expect(room.asks(24 * 60 + 31)).toEqual([]);
  });

  it.each(['nudge.snoozed', 'nudge.skipped'] as const)(
    'goes on for a day after somebody answered, however long they have (%s)',
    (answer) => {
      const room = led();
      room.looks(30);
      for (let hours = 0; hours < 30; hours++) {
        room.happens(answer, { about: UPDATE, until: room.in(60) });
        expect(room.asks(60)).toEqual([UPDATE]);
      }

      const inTheDayAfter = Array.from({ length: 46 }, () => room.asks(30)).flat();

      expect(inTheDayAfter).toHaveLength(46);
      expect([room.asks(30), room.asks(30)]).toEqual([[], []]);
    },
  );
});

describe('Asking who leads', () => {
  it('comes after 2, 5 and 10 minutes, and then no more', () => {
    const room = new Room();
    expect([1, 1, 1, 2, 4, 1, 10].map((minutes) => room.asks(minutes))).toEqual([[], ['lead'], [], ['lead'], [], ['lead'], []]);
  });

  it('begins anew when the lead leaves, and ends when somebody takes it', () => {
    const room = led();
    room.looks(12);
    room.leads(null);
    expect([room.asks(1), room.asks(1)]).toEqual([[], ['lead']]);
    room.leads('Bo');
    expect(room.asks(6)).toEqual([]);
  });

  it('goes on after a skip when its next time comes, and after a snooze when it was put off to', () => {
    const room = new Room();
    room.looks(2);
    room.happens('nudge.skipped', { about: 'lead' });
    expect([room.asks(2), room.asks(1)]).toEqual([[], ['lead']]);
    room.happens('nudge.snoozed', { about: 'lead', until: room.in(10) });
    expect([room.asks(5), room.asks(4), room.asks(1), room.asks(10)]).toEqual([[], [], ['lead'], []]);
  });
});

const step = fc.oneof(
  fc.record({ t: fc.constant('time' as const), minutes: fc.integer({ min: 0, max: 40 }) }),
  fc.record({ t: fc.constant('clock' as const), minutes: fc.constantFrom(-60, 60) }),
  fc.record({ t: fc.constant('share' as const), promised: fc.option(fc.constantFrom(15, 60)) }),
  fc.record({ t: fc.constantFrom('snooze' as const, 'skip' as const) }),
  fc.record({ t: fc.constant('severity' as const), to: fc.constantFrom('SEV1', 'SEV3') }),
  fc.record({ t: fc.constant('lead' as const), to: fc.constantFrom('Ana', null) }),
  fc.record({ t: fc.constant('end' as const), resolved: fc.boolean() }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

function plays(room: Room, one: Step): Due[] {
  switch (one.t) {
    case 'time':
    case 'clock':
      return room.looks(one.minutes);
    case 'share':
      room.happens('update.shared', one.promised ? { nextUpdateBy: room.in(one.promised) } : { text: 'x' });
      break;
    case 'snooze':
      room.happens('nudge.snoozed', { about: UPDATE, until: room.in(10) });
      break;
    case 'skip':
      room.happens('nudge.skipped', { about: UPDATE, until: room.in(30) });
      break;
    case 'severity':
      room.happens('incident.severity-changed', { from: 'SEV2', to: one.to });
      break;
    case 'lead':
      room.leads(one.to);
      break;
    case 'end':
      if (one.resolved) room.happens('incident.resolved', { from: 'fixing', to: 'documenting', learned: 'x' });
      else room.happens('incident.status-changed', { from: 'documenting', to: 'fixing', category: 'active' });
      break;
  }
  return room.looks(0);
}

const without = (kind: Step['t'], steps: readonly Step[]): Step[] => steps.filter(({ t }) => t !== kind);
const steps = fc.array(step, { maxLength: 40 });

describe('Asking, whatever happens', () => {
  it('never asks twice for the same due time', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const room = new Room();
        for (const one of without('clock', all)) plays(room, one);
        const keys = room.given.map(({ about, since, dueAt }) => `${about} ${since} ${dueAt}`);
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });

  it('never asks again at once, also where the clock is set back or forward by an hour', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const room = new Room();
        for (const one of all) {
          plays(room, one);
          expect(room.looks(0)).toEqual([]);
        }
      }),
    );
  });

  it('never asks while nothing goes on', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const room = new Room();
        let isOver = false;
        for (const one of all) {
          if (one.t === 'end') isOver = one.resolved;
          const asked = plays(room, one);
          if (isOver) expect(asked).toEqual([]);
        }
      }),
    );
  });

  it('never asks before what somebody put it off to, nor before what was promised', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const room = new Room();
        for (const one of all) plays(room, one);
        for (const { at, notBefore } of room.given) expect(at).toBeGreaterThanOrEqual(notBefore);
      }),
    );
  });

  it('makes nobody wait longer than the interval and what the clock was set back by', () => {
    fc.assert(
      fc.property(fc.constantFrom(-60, 60), fc.integer({ min: 0, max: 60 }), (jump, before) => {
        const room = led();
        room.looks(before);
        room.looks(jump);
        const next = Array.from({ length: 121 }, (_, minute) => minute).find((minute) => room.looks(minute === 0 ? 0 : 1).length > 0);
        expect(next).toBeLessThanOrEqual(30 + 60);
      }),
    );
  });

  it('says the same where every look is after a restart: it goes by the log alone', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const [one, restarted] = [new Room(), new Room()];
        for (const next of all) {
          plays(one, next);
          restarted.restarts();
          plays(restarted, next);
        }
        restarted.restarts();
        expect(restarted.waiting).toEqual(one.waiting);
        expect(restarted.given).toEqual(one.given);
      }),
    );
  });
});
