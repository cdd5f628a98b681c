import { emojiName } from './emoji-name.ts';

describe('Naming a reaction', () => {
  it('counts a sign, its short name, its colons and its skin tones as one', () => {
    for (const thumb of ['👍', '+1', ':+1:', 'thumbsup', '+1::skin-tone-4', '👍🏽']) expect(emojiName(thumb)).toBe('+1');
    for (const warning of ['⚠️', '⚠', 'warning']) expect(emojiName(warning)).toBe('warning');
  });

  it('takes any other short name or sign as it is', () => {
    expect(emojiName('party-parrot')).toBe('party-parrot');
    expect(emojiName('🦄')).toBe('🦄');
  });

  it.each(['', 'two words', 'hello!', '👍👍', '<b>'])('says what to send instead of %j', (given) => {
    expect(() => emojiName(given)).toThrow('Send one emoji, or its short name');
  });
});
