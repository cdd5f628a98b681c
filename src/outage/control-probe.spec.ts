import { ControlProbe } from './control-probe.ts';

describe('Telling our own line from theirs', () => {
  const SECOND = 1_000;
  let line: Record<string, boolean>;
  let asked: string[];
  let probe: ControlProbe;

  beforeEach(() => {
    line = { 'one.test:443': true, 'two.test:443': true };
    asked = [];
    probe = new ControlProbe(Object.keys(line), (host) => {
      asked.push(host);
      return Promise.resolve(line[host] ?? false);
    });
  });

  const at = async (seconds: number, inTrouble = true): Promise<boolean> => {
    probe.isCutOff(inTrouble, seconds * SECOND);
    await Promise.resolve().then(() => undefined);
    await new Promise(setImmediate);
    return probe.isCutOff(inTrouble, seconds * SECOND);
  };

  it('is cut off when none of the hosts can be reached any more, and not when one can', async () => {
    expect(await at(0)).toBe(false);
    line = { 'one.test:443': false, 'two.test:443': true };
    expect(await at(10)).toBe(false);
    line = {};
    expect(await at(20)).toBe(true);
    line = { 'one.test:443': true };
    expect(await at(30)).toBe(false);
  });

  it('claims nothing where nothing was ever reached, as behind a proxy', async () => {
    line = {};

    expect([await at(0), await at(10), await at(20)]).toEqual([false, false, false]);
  });

  it('asks every minute while all is well, and every five seconds in trouble', async () => {
    for (let seconds = 0; seconds < 60; seconds += 1) await at(seconds, false);
    expect(asked).toHaveLength(2);
    for (let seconds = 60; seconds < 70; seconds += 1) await at(seconds);
    expect(asked).toHaveLength(6);
  });

  it('claims nothing of now by what it found out a while ago', async () => {
    await at(0);
    line = {};
    expect(await at(10)).toBe(true);

    expect(probe.isCutOff(true, 25 * SECOND)).toBe(false);
  });
});
