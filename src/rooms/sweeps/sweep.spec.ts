import type { MessageRef } from '@musterhq/chat-port';
import { type Besides, type Whereabouts, SWEEP_TIMINGS, afterSweep, pacedSweep } from './sweep.ts';
import type { Unswept } from './sweep.types.ts';

const MINUTE = 60_000;
const SAID_AT = Date.UTC(2026, 0, 1, 3, 2);
const NOW = SAID_AT + 2 * MINUTE;
const there = (...ids: readonly string[]): MessageRef[] => ids.map((id) => ({ room: { adapter: 'chat', tenant: 'T', room: 'C' }, id }));

const said = (one: Partial<Unswept> = {}): Unswept => ({
  deliveryId: 'd',
  part: 0,
  thread: null,
  isDoubtful: false,
  at: new Date(SAID_AT),
  saidAt: new Date(SAID_AT),
  seen: false,
  looks: 0,
  isLeft: false,
  ...one,
});

const after = (one: Unswept, where: Whereabouts, besides: Besides = 'nothing') => afterSweep(one, where, besides, NOW, SWEEP_TIMINGS);

describe('Deciding about what a chat says it has', () => {
  it('looks a second time a quarter of an hour after it was said, and not much later', () => {
    const next = after(said(), there('1'));

    expect(next).toMatchObject({ to: 'look-again', looks: 1, found: true });
    const later = 'at' in next ? next.at - SAID_AT : 0;
    expect(later).toBeGreaterThanOrEqual(15 * MINUTE);
    expect(later).toBeLessThanOrEqual(20 * MINUTE);
  });

  it('is done when it was found twice', () => {
    expect(after(said({ looks: 1, seen: true }), there('1'))).toEqual({ to: 'over' });
  });

  it('takes for lost what was never there, and for taken away what was', () => {
    expect(after(said(), there())).toEqual({ to: 'lost' });
    expect(after(said({ seen: true }), there())).toEqual({ to: 'over' });
  });

  it('looks ever more rarely, and never gives up, for what is lost while a person has to decide', () => {
    const left = said({ isLeft: true });
    const waitAt = (now: number) => {
      const next = afterSweep(left, there(), 'nothing', now, SWEEP_TIMINGS);
      return 'at' in next ? next.at - now : 0;
    };

    expect([2, 4, 8, 360, 10_000].map((minutes) => waitAt(SAID_AT + minutes * MINUTE) / MINUTE)).toEqual([2, 4, 8, 360, 360]);
    expect(after({ ...left, seen: true }, there())).toEqual({ to: 'over' });
    expect(after({ ...left, isDoubtful: true }, there())).toEqual({ to: 'lost' });
  });

  it.each<[Besides, number]>([
    ['taken-away', 2 * MINUTE],
    ['to-be-tried-again', MINUTE / 2],
  ])('looks once more, without counting it, after what stood there besides was %s', (besides, wait) => {
    expect(after(said({ looks: 1 }), there('1', '2'), besides)).toEqual({ to: 'look-again', at: NOW + wait, looks: 1, found: true });
  });

  it('does not look for ever at what cannot be taken away', () => {
    expect(after(said(), there('1', '2'), 'stays')).toEqual({ to: 'over' });
  });

  it('believes nothing of a room that could not be read, and gives up one that is gone', () => {
    expect(after(said(), 'unread')).toEqual({ to: 'look-again', at: NOW + MINUTE / 2, looks: 0, found: false });
    expect(after(said(), 'gone')).toEqual({ to: 'over' });
  });

  it('waits less at another pace, but for a call', () => {
    expect(pacedSweep(SWEEP_TIMINGS, 50)).toMatchObject({ secondMs: 18_000, retryMs: 600, callTimeoutMs: 1_000 });
  });
});
