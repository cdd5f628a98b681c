import { isMissing, standing } from './standing.ts';

describe('Saying how far a message came', () => {
  it('says that it is sent, and then where else it is or waits', () => {
    expect(standing([], true)).toBe('Sent');
    expect(standing([{ name: 'Slack', state: 'there' }], true)).toBe('In Slack too');
    expect(
      standing(
        [
          { name: 'Slack', state: 'waiting' },
          { name: 'Teams', state: 'there' },
        ],
        true,
      ),
    ).toBe('Waiting for Slack, In Teams too');
  });

  it('does not claim what nobody knows', () => {
    expect(standing([{ name: 'Slack', state: 'doubtful' }], true)).toBe('Not known whether Slack has it');
  });

  it('tells what a chat refused from what nobody knows, and calls both missing', () => {
    expect(standing([{ name: 'Slack', state: 'refused' }], false)).toBe('Slack did not take it');
    const states = ['there', 'waiting', 'doubtful', 'refused'] as const;
    expect(states.filter((state) => isMissing({ name: 'Slack', state }))).toEqual(['doubtful', 'refused']);
  });

  it('does not say of each that goes on where it is too, but of each where it waits', () => {
    expect(standing([{ name: 'Slack', state: 'there' }], false, true)).toBeUndefined();
    expect(standing([{ name: 'Slack', state: 'there' }], true, true)).toBe('In Slack too');
    expect(standing([{ name: 'Slack', state: 'waiting' }], false, true)).toBe('Waiting for Slack');
  });

  it('stops saying that it is sent once something was said after it, but not where it is or waits', () => {
    expect(standing([], false)).toBeUndefined();
    expect(standing([{ name: 'Slack', state: 'waiting' }], false)).toBe('Waiting for Slack');
  });
});
