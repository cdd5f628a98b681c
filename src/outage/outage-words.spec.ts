import type { SurfaceChanged } from './outage.events.ts';
import { downNotice } from './outage-words.ts';

const fallen: SurfaceChanged = {
  instance: 'slack',
  tenant: 'T1',
  name: 'Slack',
  from: 'suspect',
  why: '3 looks in a row did not come back',
  strikes: 3,
  goodAt: '2026-03-01T03:00:00.000Z',
  calls: { bad: 0, all: 0 },
};

describe('Telling people that a chat is down', () => {
  it('says what the platform says of it, and leads there after the rooms', () => {
    const admits = { title: 'Some people cannot connect', href: 'https://slack-status.com/1' };
    const incident = { id: '1', reference: 'INC-1', title: 'Checkout', private: false };

    const { paragraphs, links } = downNotice({ ...fallen, admits }, [incident], 'https://muster.example');

    expect(paragraphs[1]).toBe('Slack says so too: Some people cannot connect.');
    expect(links).toEqual([
      { text: 'INC-1 Checkout', href: 'https://muster.example/i/INC-1' },
      { text: 'What Slack says', href: 'https://slack-status.com/1' },
    ]);
  });

  it('says nothing of a platform that says nothing', () => {
    const { paragraphs, links } = downNotice(fallen, [], 'https://muster.example');

    expect(paragraphs).toHaveLength(2);
    expect(links).toEqual([{ text: 'All incidents', href: 'https://muster.example/' }]);
  });
});
