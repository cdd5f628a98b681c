import { nameOf, signOf } from './emoji.ts';

describe('Emoji by their signs and their short names', () => {
  it('knows each by both', () => {
    for (const [sign, name] of [
      ['🦄', 'unicorn_face'],
      ['⏳', 'hourglass_flowing_sand'],
      ['🇪🇸', 'es'],
      ['👩‍🚒', 'female-firefighter'],
    ] as const)
      expect([signOf(name), nameOf(sign)]).toEqual([sign, name]);
  });

  it('knows a sign in every colour, and by every name', () => {
    expect([nameOf('👍🏽'), nameOf('⚠'), nameOf('⚠️')]).toEqual(['+1', 'warning', 'warning']);
    expect([signOf('thumbsup'), signOf('flag-es')]).toEqual(['👍', '🇪🇸']);
  });

  it('knows none that a chat made for itself, and no words', () => {
    expect([signOf('party-parrot'), nameOf('hello')]).toEqual([undefined, undefined]);
  });
});
