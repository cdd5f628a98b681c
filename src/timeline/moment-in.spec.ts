import { momentIn } from './moment-in.ts';

const now = new Date('2026-11-21T14:30:00Z');
const read = (text: string): string => {
  const moment = momentIn(text, now);
  return moment ? `${moment.at.toISOString()} ${moment.rest}` : 'not understood';
};

describe('Reading when something happened', () => {
  it('takes a time of today', () => {
    expect(read('14:05 The deploy went out')).toBe('2026-11-21T14:05:00.000Z The deploy went out');
    expect(read('at 9:05 UTC: pool was full')).toBe('2026-11-21T09:05:00.000Z pool was full');
  });

  it('takes a time that is still to come for yesterday evening', () => {
    expect(read('23:50 first alert')).toBe('2026-11-20T23:50:00.000Z first alert');
  });

  it('takes a day before the time', () => {
    expect(read('2026-11-19 08:00 certificate ran out')).toBe('2026-11-19T08:00:00.000Z certificate ran out');
  });

  it.each(['The deploy went out', '14:05', '25:99 nonsense', ''])('does not guess: %j', (text) => {
    expect(read(text)).toBe('not understood');
  });
});
