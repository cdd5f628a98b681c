import fc from 'fast-check';
import { isKeyedBy, keyInPurpose, purposeOf } from './room-key.ts';
import { roomName, secondName } from './room-name.ts';

describe('Naming a channel', () => {
  it.each([
    ['INC-247 Checkout is failing!', 'inc-247-checkout-is-failing'],
    ['Überlastung: Zürich', 'uberlastung-zurich'],
    ['--- ???', 'room'],
    ['障害', 'room'],
    ['a'.repeat(200), 'a'.repeat(80)],
  ])('%s becomes %s', (wanted, name) => {
    expect(roomName(wanted)).toBe(name);
  });

  it('is always a name Slack allows', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), fc.string(), (wanted, key) => {
        for (const name of [roomName(wanted), secondName(wanted, key)]) expect(name).toMatch(/^[a-z0-9_-]{1,80}$/);
      }),
    );
  });

  it('has a second name that the key decides', () => {
    expect(secondName('inc-1', 'k1')).toBe(secondName('inc-1', 'k1'));
    expect(secondName('inc-1', 'k1')).not.toBe(secondName('inc-1', 'k2'));
  });
});

describe('Knowing a channel by its key', () => {
  it('finds the key again, whatever it is, and no other', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 300 }), fc.string({ maxLength: 400 }), fc.string(), (key, name, other) => {
        const purpose = purposeOf(key, name);
        expect(purpose.length).toBeLessThanOrEqual(250);
        expect(isKeyedBy(purpose, key)).toBe(true);
        if (other !== key) expect(isKeyedBy(purpose, other)).toBe(false);
      }),
    );
  });

  it('keeps the name people gave', () => {
    expect(purposeOf('k1', 'Checkout is failing')).toBe('Checkout is failing. Muster finds this channel by muster:k1');
    expect(keyInPurpose('About muster:k1 and more')).toBeUndefined();
  });
});
