import { emojiName } from './emoji-name.ts';

describe('Naming a reaction', () => {
  it('counts a sign, its short name, its colons and its skin tones as one', () => {
    for (const thumb of ['👍', '+1', ':+1:', 'thumbsup', '+1::skin-tone-4', '👍🏽']) expect(emojiName(thumb)).toBe('+1');
    for (const warning of ['⚠️', '⚠', 'warning']) expect(emojiName(warning)).toBe('warning');
  });

  it('counts any other emoji by its sign, whichever way a chat names it', () => {
    for (const unicorn of ['🦄', 'unicorn_face', ':unicorn_face:']) expect(emojiName(unicorn)).toBe('🦄');
    for (const bones of ['☠️', '☠', 'skull_and_crossbones']) expect(emojiName(bones)).toBe('☠️');
  });

  it('takes what a chat made for itself by its name', () => {
    expect(emojiName('party-parrot')).toBe('party-parrot');
  });

  it.each(['', 'two words', 'hello!', '👍👍', '<b>'])('says what to send instead of %j', (given) => {
    expect(() => emojiName(given)).toThrow('Send one emoji, or its short name');
  });
});
