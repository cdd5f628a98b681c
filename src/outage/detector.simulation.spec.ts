import fc from 'fast-check';
import { p99, waitsFor } from '#test/chaos/figures/detector';
import { type Fault, type Weather, simulate } from './simulated-chat.ts';
import { REAL_TIMINGS } from './timings.types.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

const run = (weather: Weather) => simulate(weather, REAL_TIMINGS);

/** A fault that starts somewhere in the third minute and stays. */
const lasting = (kind: Fault['kind'], lengthMs: number) =>
  fc
    .record({ seed: fc.integer(), startsAt: fc.integer({ min: 2 * MINUTE, max: 3 * MINUTE }), callsPerMinute: fc.constantFrom(0, 5, 60) })
    .map(({ startsAt, ...rest }) => ({
      ...rest,
      lengthMs: startsAt + lengthMs,
      faults: [{ from: startsAt, to: startsAt + lengthMs, kind }],
    }));

const after = (weather: Weather, to: string): number =>
  (run(weather).find((one) => one.to === to)?.at ?? Infinity) - (weather.faults[0]?.from ?? 0);

/** Bad days of every kind: faults one after another, short and long, with good times between them. */
const badDays = fc
  .array(
    fc.record({
      kind: fc.constantFrom<Fault['kind'][]>('total', 'silent', 'half', 'limited'),
      goodFor: fc.integer({ min: 0, max: 1_200 }),
      badFor: fc.integer({ min: 1, max: 1_200 }),
    }),
    {
      minLength: 1,
      maxLength: 8,
    },
  )
  .chain((spells) =>
    fc.record({ seed: fc.integer(), callsPerMinute: fc.constantFrom(0, 5, 60) }).map((rest) => {
      const faults: Fault[] = [];
      let at = 0;
      for (const { kind, goodFor, badFor } of spells) {
        faults.push({ kind, from: at + goodFor * SECOND, to: at + (goodFor + badFor) * SECOND });
        at += (goodFor + badFor) * SECOND;
      }
      return { ...rest, faults, errorsInAHundred: 1, lengthMs: at + 13 * MINUTE };
    }),
  );

describe('Knowing that a chat is down, in simulated time', () => {
  it('[R1] doubts a chat within 30 s of a total outage and calls it down within 60 s', () => {
    fc.assert(
      fc.property(lasting('total', 2 * MINUTE), (weather) => {
        expect(after(weather, 'suspect')).toBeLessThanOrEqual(30 * SECOND);
        expect(after(weather, 'down')).toBeLessThanOrEqual(60 * SECOND);
      }),
      { numRuns: 400 },
    );
  });

  it('[R2] calls it down within 60 s when events stop and calls go on working', () => {
    fc.assert(
      fc.property(lasting('silent', 2 * MINUTE), (weather) => {
        expect(after(weather, 'down')).toBeLessThanOrEqual(60 * SECOND);
      }),
      { numRuns: 400 },
    );
  });

  it.each([0, 5, 60])('[R2] sees within five minutes that half of everything fails, at %d calls a minute', (callsPerMinute) => {
    expect(p99(waitsFor('half', 8 * MINUTE, [callsPerMinute], 200).down)).toBeLessThanOrEqual(5 * MINUTE);
  });

  it('[R3] is never fooled by three minutes of refusals for too many calls', () => {
    fc.assert(
      fc.property(lasting('limited', 3 * MINUTE), (weather) => {
        const changes = run({ ...weather, lengthMs: weather.lengthMs + 5 * MINUTE });
        expect(changes).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('[R3] is never fooled by half a minute without answers, however much is said', () => {
    fc.assert(
      fc.property(lasting('total', 30 * SECOND), (weather) => {
        const changes = run({ ...weather, lengthMs: weather.lengthMs + 5 * MINUTE });
        expect(changes.filter(({ to }) => to === 'down')).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('[R3] calls a chat down at most once in five days when one look and one call in a hundred fail', () => {
    const days = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

    const falls = days.flatMap((seed) =>
      run({ seed, lengthMs: DAY, faults: [], callsPerMinute: 5, errorsInAHundred: 1 }).filter(({ to }) => to === 'down'),
    );

    expect(falls.length / days.length).toBeLessThanOrEqual(0.2);
  });

  it('[R1] knows it as soon of a chat that brings no echo', () => {
    fc.assert(
      fc.property(lasting('total', 2 * MINUTE), (quiet) => {
        const weather = { ...quiet, readBack: { saidPerMinute: 1 } };
        expect(after(weather, 'suspect')).toBeLessThanOrEqual(30 * SECOND);
        expect(after(weather, 'down')).toBeLessThanOrEqual(60 * SECOND);
      }),
      { numRuns: 200 },
    );
  });

  it('[R2] doubts a chat without echo within 50 s of what it did not tell, and never calls it down for that', () => {
    fc.assert(
      fc.property(lasting('silent', 10 * MINUTE), (quiet) => {
        const talking = { ...quiet, readBack: { saidPerMinute: 60 } };
        // Of sixty a minute the first may be ten seconds late.
        expect(after(talking, 'suspect')).toBeLessThanOrEqual(60 * SECOND);
        expect(run(talking).filter(({ to }) => to === 'down')).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('[I8] never tells anybody twice within ten minutes that a chat went down, whatever happens to it', () => {
    fc.assert(
      fc.property(badDays, (weather) => {
        const falls: number[] = [];
        let told = false;
        for (const { to, at } of run(weather)) {
          if (to === 'down' && !told) falls.push(at);
          if (to === 'down') told = true;
          if (to === 'ok') told = false;
        }
        falls.forEach((at, i) => expect(at - (falls[i - 1] ?? -Infinity)).toBeGreaterThanOrEqual(10 * MINUTE));
      }),
      { numRuns: 60 },
    );
  });

  it('[I8] leaves "down" within two minutes of the last trouble, and says "ok" within twelve', () => {
    fc.assert(
      fc.property(badDays, (weather) => {
        const healthy = { ...weather, errorsInAHundred: 0 };
        const healed = Math.max(...weather.faults.map(({ to }) => to));
        const stateAt = (at: number): string =>
          run(healthy)
            .filter((change) => change.at <= at)
            .at(-1)?.to ?? 'ok';

        expect(stateAt(healed + 2 * MINUTE)).not.toBe('down');
        expect(stateAt(healed + 12 * MINUTE)).toBe('ok');
      }),
      { numRuns: 60 },
    );
  });
});
