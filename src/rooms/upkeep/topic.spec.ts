import { TOPIC_CHARS, topicOf } from './topic.ts';

const facts = { title: 'Checkout is failing', severity: 'SEV1', status: 'investigating', category: 'active', lead: 'Ana' } as const;
const warRoom = 'https://muster.test/i/INC-7';

describe('The topic of a chat’s room', () => {
  it('says how bad it is, who leads, what it is about, and where the war room is', () => {
    expect(topicOf(facts, warRoom)).toBe('SEV1 · led by Ana · Checkout is failing · war room: https://muster.test/i/INC-7');
  });

  it('says that nobody leads, while that is so', () => {
    expect(topicOf({ ...facts, lead: null }, warRoom)).toMatch(/^SEV1 · nobody leads · /);
  });

  it('says the status in place of both, once it is over', () => {
    expect(topicOf({ ...facts, category: 'closed', status: 'closed' }, warRoom)).toMatch(/^closed · Checkout is failing · /);
  });

  it('shortens a long title, never the address, and nothing inside a sign', () => {
    const topic = topicOf({ ...facts, title: '👩‍🚒'.repeat(200) }, warRoom);

    expect(topic.length).toBeLessThanOrEqual(TOPIC_CHARS);
    expect(topic).toMatch(/👩‍🚒… · war room: https:\/\/muster\.test\/i\/INC-7$/);
  });
});
