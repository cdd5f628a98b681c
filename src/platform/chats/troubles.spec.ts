import { ChatTrouble } from './chat-trouble.ts';
import { Troubles } from './troubles.ts';

const MINUTE = 60_000;

describe('When a chat that failed is tried again', () => {
  it('is seldomer and seldomer while it cannot be made, and at least every five minutes', () => {
    const troubles = new Troubles();
    const waits: number[] = [];
    for (let now = 0; waits.length < 10;) {
      troubles.notMade('irc', new ChatTrouble('It is not installed.'), now);
      let wait = 0;
      while (!troubles.mayTry('irc', now + wait)) wait += 1_000;
      waits.push(wait / 1_000);
      now += wait;
    }

    expect(waits).toEqual([5, 10, 20, 40, 80, 160, 300, 300, 300, 300]);
  });

  it('says since when', () => {
    const troubles = new Troubles();
    troubles.notMade('irc', new ChatTrouble('It is not installed.', 'its words'), 1_000);
    troubles.notMade('irc', new ChatTrouble('It is half installed.'), 9_000);

    expect(troubles.all()).toEqual([{ instance: 'irc', say: 'It is half installed.', detail: null, isOff: false, since: new Date(1_000) }]);
    troubles.made('irc');
    expect(troubles.all()).toEqual([]);
  });

  it('is at once after it ended, and never after the third time within ten minutes', () => {
    const troubles = new Troubles();
    troubles.ended('irc', new ChatTrouble('It ended.'), 0);
    expect(troubles.mayTry('irc', 0)).toBe(true);
    troubles.made('irc');
    troubles.ended('irc', new ChatTrouble('It ended.'), MINUTE);
    troubles.made('irc');
    expect(troubles.ended('irc', new ChatTrouble('It ended.'), 2 * MINUTE)).toMatchObject({ isOff: true });

    expect(troubles.mayTry('irc', 1_000 * MINUTE)).toBe(false);
    expect(troubles.mayTry('slack', 2 * MINUTE)).toBe(true);
    troubles.forget('irc');
    expect(troubles.mayTry('irc', 2 * MINUTE)).toBe(true);
  });

  it('goes on for one that ends now and then', () => {
    const troubles = new Troubles();
    for (let n = 0; n < 10; n++)
      expect(troubles.ended('irc', new ChatTrouble('It ended.'), n * 6 * MINUTE)).toMatchObject({ isOff: false });
  });

  it('leaves an adapter’s own words to whoever may read them', () => {
    expect(new Troubles().notMade('irc', new Error('password hunter2 is wrong'), 0)).toMatchObject({
      say: 'The chat "irc" could not be started.',
      detail: 'password hunter2 is wrong',
    });
  });
});
