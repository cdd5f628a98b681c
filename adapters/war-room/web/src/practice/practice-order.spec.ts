import { practiceButtons } from './practice-order.ts';

const reasons = (step: Parameters<typeof practiceButtons>[0]): (string | null)[] => practiceButtons(step).map(({ reason }) => reason);

describe('Practising', () => {
  it('offers one button at a time and says why the others wait', () => {
    expect(reasons('talk')).toEqual([null, 'After “Say something”', 'After “Break Slack”']);
    expect(reasons('break')).toEqual(['Done', null, 'After “Break Slack”']);
    expect(reasons('broken')).toEqual(['Done', 'Done', null]);
  });

  it('offers nothing while the pretend chat starts or comes back', () => {
    expect(reasons('starting')[0]).toBe('Slack is starting');
    expect(reasons('returning')).toEqual(['Done', 'Done', 'Coming back']);
  });
});
