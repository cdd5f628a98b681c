import { type Marks, withEvents } from './marks.ts';
import { aMessage, ana, anEvent, bo } from './room.fixture.ts';

const first = (...events: Parameters<typeof withEvents>[1]): Marks => withEvents(new Map(), events).get('e1')!;
const reacted = (seq: number, emoji: string, on: boolean, by = ana) =>
  anEvent(seq, 'message.reacted', { messageId: 'e1', emoji, on }, { by });

describe('Knowing what people made of a message', () => {
  it('counts each person once for each reaction, and forgets what was taken back', () => {
    const { reactions } = first(
      aMessage(1, 'one'),
      reacted(2, '+1', true),
      reacted(3, '+1', true, bo),
      reacted(4, 'eyes', true),
      reacted(5, 'eyes', false),
    );
    expect([...reactions]).toEqual([['+1', [ana, bo]]]);
  });

  it('keeps every version of its words', () => {
    const { versions } = first(aMessage(1, 'one'), anEvent(2, 'message.edited', { messageId: 'e1', text: 'two', html: '' }));
    expect(versions.map(({ text }) => text)).toEqual(['one', 'two']);
  });

  it('knows whether it is on the timeline, and who took it away', () => {
    const pinned = anEvent(2, 'message.pinned', { messageId: 'e1', on: true });
    expect(first(aMessage(1, 'one'), pinned).pinned).toBe(true);
    expect(first(aMessage(1, 'one'), pinned, anEvent(3, 'message.deleted', { messageId: 'e1' }, { by: bo }))).toMatchObject({
      pinned: false,
      deletedBy: bo,
    });
  });

  it('leaves other messages as they were, so that only what changed is drawn again', () => {
    const before = withEvents(new Map(), [aMessage(1, 'one'), aMessage(2, 'two')]);
    expect(withEvents(before, [reacted(3, '+1', true)]).get('e2')).toBe(before.get('e2'));
  });
});
