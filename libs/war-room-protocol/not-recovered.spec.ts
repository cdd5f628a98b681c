import { notRecovered } from './not-recovered.ts';

describe('Saying what a chat’s history told, and what it cannot tell', () => {
  it('counts the reactions and pins that were found, and still asks for commands and buttons again', () => {
    expect(notRecovered('Slack', { reactions: 2, pins: 1, mayLack: [] })).toBe(
      'Also found there: 2 reactions and 1 pin. A command or button used in Slack meanwhile may not have arrived, ' +
        'nor a reaction to what was said hours before: do it again.',
    );
    expect(notRecovered('Slack', { reactions: 1, pins: 0, mayLack: [] })).toContain('Also found there: 1 reaction. A command');
  });

  it('names what was not told, or not all of it, although some was found', () => {
    expect(notRecovered('Slack', { reactions: 3, pins: 0, mayLack: ['reactions'] })).toBe(
      'Also found there: 3 reactions. A command, button or reaction used in Slack meanwhile may not have arrived: do it again.',
    );
    expect(notRecovered('Slack', { reactions: 0, pins: 0, mayLack: ['pins'] })).toBe(
      'A command, button or pin used in Slack meanwhile may not have arrived, nor a reaction to what was said hours before: do it again.',
    );
  });

  it('promises nothing where nothing was asked for', () => {
    expect(notRecovered('Teams')).toBe('A command, button, reaction or pin used in Teams meanwhile may not have arrived: do it again.');
  });
});
