import type { Pinned, Reacted } from '@musterhq/chat-port';
import { type KnownCopy, type LastPin, type LastReaction, pinsLearnt, reactionsLearnt } from './marks-learnt.ts';

const ROOM = { adapter: 'chat', tenant: 'T', room: 'C' };
const by = (user: string) => ({ adapter: 'chat', tenant: 'T', user });
const eyes = (...users: readonly string[]): Reacted => ({ emoji: 'eyes', users: users.map(by) });
const copy = (more: Partial<KnownCopy> = {}): KnownCopy => ({ id: '1', messageId: 'm1', isWhole: true, ...more });
const last = (more: Partial<LastReaction> = {}): LastReaction => ({
  ...{ messageId: 'm1', emoji: 'eyes', on: true, seq: 1, wasThere: true, users: ['mia'] },
  ...more,
});
const learnt = (reactedBy: readonly Reacted[], known: readonly LastReaction[], of: Partial<KnownCopy> = {}) =>
  reactionsLearnt([{ id: '1', reactedBy }], { copies: [copy(of)], last: known });

describe('Learning from a chat’s history who reacted', () => {
  it('learns what was given and what was taken back', () => {
    expect(learnt([eyes('mia', 'bo')], [last()])).toEqual([{ id: '1', emoji: 'eyes', user: 'bo', on: true }]);
    expect(learnt([], [last()])).toEqual([{ id: '1', emoji: 'eyes', user: 'mia', on: false }]);
    expect(learnt([eyes('mia')], [last({ on: false })])).toEqual([{ id: '1', emoji: 'eyes', user: 'mia', on: true }]);
  });

  it('learns all of a message that nobody knows yet', () => {
    expect(reactionsLearnt([{ id: '2', reactedBy: [eyes('mia')] }], { copies: [], last: [] })).toHaveLength(1);
  });

  it('does not bring back what somebody took back elsewhere, nor take away what they gave elsewhere', () => {
    expect(learnt([eyes('mia')], [last({ on: false, wasThere: false })])).toEqual([]);
    expect(learnt([], [last({ wasThere: false })])).toEqual([]);
  });

  it('counts one person’s accounts as one, by the last that any of them did', () => {
    const joined = ['mia', 'mia-too'];

    expect(learnt([eyes('mia-too')], [last({ users: joined })])).toEqual([]);
    expect(learnt([], [last({ users: joined }), last({ users: joined, on: false, seq: 2 })])).toEqual([]);
  });

  it('takes nobody for gone where the chat names some of many', () => {
    expect(learnt([{ ...eyes('bo'), more: true }], [last(), last({ users: ['bo'] })])).toEqual([]);
  });

  it('counts a sign by its one name, whatever the chat calls it', () => {
    expect(learnt([{ emoji: 'thumbsup::skin-tone-3', users: [by('mia')] }], [last({ emoji: '+1' })])).toEqual([]);
    expect(learnt([{ emoji: 'two words', users: [by('mia')] }], [])).toEqual([]);
  });

  it('leaves out our cards and lines, and does not take for gone what may be on another part', () => {
    expect(learnt([eyes('mia')], [], { messageId: null })).toEqual([]);
    expect(learnt([], [last()], { isWhole: false })).toEqual([]);
  });
});

describe('Learning from a chat’s history what is pinned', () => {
  const pinned = (...ids: readonly string[]): Pinned[] => ids.map((id) => ({ message: { room: ROOM, id }, by: by('mia') }));
  const pin = (more: Partial<LastPin> = {}): LastPin => ({ messageId: 'm1', on: true, seq: 1, wasThere: true, ...more });
  const pins = (now: readonly Pinned[], known: readonly LastPin[], met = ['1'], of: Partial<KnownCopy> = {}) =>
    pinsLearnt(now, new Set(met), { copies: [copy(of)], last: known });

  it('learns what was pinned, by whom, and what was unpinned by nobody knows whom', () => {
    expect(pins(pinned('1'), [])).toEqual([{ id: '1', pin: true, on: true, by: by('mia') }]);
    expect(pins([], [pin()])).toEqual([{ id: '1', pin: true, on: false }]);
    expect(pins(pinned('1'), [pin({ on: false })])).toHaveLength(1);
    expect(pins(pinned('1'), [pin()])).toEqual([]);
  });

  it('waits for what was pinned and unpinned elsewhere to come there', () => {
    expect(pins([], [pin({ wasThere: false })])).toEqual([]);
    expect(pins(pinned('1'), [pin({ on: false, wasThere: false })])).toEqual([]);
  });

  it('keeps on the timeline what was deleted there with its pin', () => {
    expect(pins([], [pin()], [])).toEqual([]);
  });

  it('leaves out our card', () => {
    expect(pins(pinned('1'), [], ['1'], { messageId: null })).toEqual([]);
  });
});
