import { standing } from './standing.ts';

describe('Saying how far a message came', () => {
  it('says that it is sent, and then where else it is or waits', () => {
    expect(standing([])).toBe('Sent');
    expect(standing([{ name: 'Slack', state: 'there' }])).toBe('In Slack too');
    expect(
      standing([
        { name: 'Slack', state: 'waiting' },
        { name: 'Teams', state: 'there' },
      ]),
    ).toBe('Waiting for Slack, In Teams too');
  });

  it('does not claim what nobody knows', () => {
    expect(standing([{ name: 'Slack', state: 'doubtful' }])).toBe('Not known whether Slack has it');
  });
});
