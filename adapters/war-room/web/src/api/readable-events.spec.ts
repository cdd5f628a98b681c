import { aMessage } from '../store/room.fixture.ts';
import { readableEvent, readableEvents } from './readable-events.ts';

describe('Reading what a newer server sends', () => {
  it('passes on what it knows', () => {
    expect(readableEvent(aMessage(1, 'one'))).toEqual(aMessage(1, 'one'));
  });

  it('keeps the number of an event of a kind it does not know, so that the room goes on', () => {
    expect(readableEvent({ ...aMessage(7, 'seven'), type: 'poll.opened' })).toMatchObject({ seq: 7, type: 'hidden' });
  });

  it('gives up on what has no number', () => {
    expect(readableEvent({ type: 'message.posted' })).toBeUndefined();
  });

  it('reads a page event by event', () => {
    const page = { events: [aMessage(1, 'one'), { ...aMessage(2, 'two'), type: 'poll.opened' }], next: 2, more: false };

    expect(readableEvents(page)).toMatchObject({ events: [{ type: 'message.posted' }, { type: 'hidden' }], next: 2 });
  });
});
