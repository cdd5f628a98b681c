import { type Kept, type WantedRoom, nextStep } from './next-step.ts';

const room = { adapter: 'slack', tenant: 'T1', room: 'C1' };
const wanted: WantedRoom = {
  name: 'INC-7 Checkout is failing',
  topic: 'SEV1 · Checkout is failing',
  card: '17.0001',
  bookmark: { title: 'War room', href: 'https://muster.test/i/INC-7' },
  archivedFor: null,
  isArchived: false,
  goesOn: true,
};

/** All that follows when each step is done, by what it is about. */
function done(to: WantedRoom, kept: readonly Kept[] = []): string[] {
  const step = nextStep(room, to, kept);
  if (!step) return [];
  const others = kept.filter(({ what }) => what !== step.what);
  return [step.what, ...done(to, [...others, { what: step.what, wanted: step.wanted, byHand: false }])];
}

const asNow: Kept[] = [
  { what: 'name', wanted: wanted.name, byHand: false },
  { what: 'topic', wanted: wanted.topic, byHand: false },
  { what: 'card', wanted: '17.0001', byHand: false },
  { what: 'bookmark', wanted: 'War room https://muster.test/i/INC-7', byHand: false },
];

describe('What is to be done about a chat’s room', () => {
  it('is each thing once, and then nothing', () => {
    expect(done(wanted)).toEqual(['name', 'topic', 'card', 'bookmark']);
    expect(nextStep(room, wanted, asNow)).toBeNull();
  });

  it('is to pin the card that took the place of the old one', () => {
    expect(nextStep(room, { ...wanted, card: '18.0001' }, asNow)).toMatchObject({ change: { pin: { room, id: '18.0001' } }, more: false });
  });

  it('is no pin while there is no card', () => {
    expect(done({ ...wanted, card: null })).not.toContain('card');
  });

  it('leaves a name that a person gave, until the incident is renamed after it', () => {
    const named = asNow.map((one) => (one.what === 'name' ? { ...one, byHand: true } : one));

    expect(nextStep(room, wanted, named)).toBeNull();
    expect(nextStep(room, { ...wanted, name: 'INC-7 Payments are down' }, named)?.change).toEqual({ name: 'INC-7 Payments are down' });
  });

  it('leaves a topic that a person wrote, whatever becomes of the incident', () => {
    const theirs = asNow.map((one) => (one.what === 'topic' ? { ...one, byHand: true } : one));

    expect(nextStep(room, { ...wanted, topic: 'SEV3 · Checkout is failing' }, theirs)).toBeNull();
  });

  it('archives last, and once for each time that it is over', () => {
    const over = { ...wanted, archivedFor: 'monday', goesOn: false };
    expect(done(over).at(-1)).toBe('archived');

    const archived: Kept[] = [...asNow, { what: 'archived', wanted: 'monday', byHand: false }];
    expect(nextStep(room, over, archived)).toBeNull();
    expect(nextStep(room, { ...over, archivedFor: 'friday' }, archived)).toMatchObject({ change: { archived: true } });
  });

  it('is nothing in an archived room, but to bring it back once if we archived it and it goes on', () => {
    const archived = { ...wanted, name: 'INC-7 Payments are down', isArchived: true };
    const ours: Kept = { what: 'archived', wanted: 'monday', byHand: false };

    expect(nextStep(room, archived, asNow)).toBeNull();
    expect(nextStep(room, archived, [...asNow, { ...ours, byHand: true }])).toBeNull();
    expect(nextStep(room, { ...archived, goesOn: false }, [...asNow, ours])).toBeNull();
    expect(nextStep(room, archived, [...asNow, ours])).toMatchObject({ change: { archived: false }, more: false });
    expect(nextStep(room, archived, [...asNow, { ...ours, wanted: 'back' }])).toBeNull();
  });
});
