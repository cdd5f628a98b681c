import { Pace } from './pace.ts';

describe('How often a stream is looked at', () => {
  it('looks at once as long as people say a few things', () => {
    const pace = new Pace();
    expect(Array.from({ length: 10 }, () => pace.take('room', 0))).toEqual(Array.from({ length: 10 }, () => 0));
  });

  it('looks five times a second where more happens, so that what gathers is handled as one', () => {
    const pace = new Pace();
    let looks = 0;
    for (let now = 0; now < 60_000; now++) if (pace.take('room', now) === 0) looks++;
    expect(looks).toBe(10 + 60 * 5 - 1);
  });

  it('says how long the next look waits, and no stream waits for another', () => {
    const pace = new Pace();
    for (let n = 0; n < 10; n++) pace.take('room', 0);
    expect(pace.take('room', 50)).toBe(150);
    expect(pace.take('another', 50)).toBe(0);
  });

  it('looks at once again after a calm', () => {
    const pace = new Pace();
    for (let n = 0; n < 10; n++) pace.take('room', 0);
    expect(Array.from({ length: 10 }, () => pace.take('room', 2_000))).toEqual(Array.from({ length: 10 }, () => 0));
  });

  it('remembers nothing of streams in which nothing happens', () => {
    const pace = new Pace();
    for (let n = 0; n < 10; n++) pace.take('room', 0);
    pace.forget(1_999);
    expect(pace.take('room', 0)).toBe(200);
    pace.forget(2_000);
    expect(pace.take('room', 0)).toBe(0);
  });
});
