import { Refused } from '../api/errors.ts';
import { retryDelay } from './backoff.ts';
import { RoomConnection, type Connection } from './room-connection.ts';

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A connection to a server whose every line is opened, ended and refused by the test. */
function aConnection({ online = true } = {}) {
  const network = { online };
  const lines: { open: () => void; end: () => void; fail: (error: Error) => void }[] = [];
  const states: Connection[] = [];
  const pauses: { attempt: number; over: () => void }[] = [];
  const connection = new RoomConnection({
    read: (signal, onOpen) =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => resolve());
        lines.push({ open: onOpen, end: resolve, fail: reject });
      }),
    onState: (state) => states.push(state),
    pause: (attempt, wake) =>
      new Promise((resolve) => {
        pauses.push({ attempt, over: resolve });
        wake.addEventListener('abort', () => resolve());
      }),
    online: () => network.online,
    now: () => '2026-11-21T03:11:00.000Z',
  });
  connection.start();
  return { connection, network, lines, states, pauses, names: () => states.map((state) => state.name) };
}

describe('Keeping the line open', () => {
  it('comes back after a dropped connection without a word about it', async () => {
    const { lines, pauses, names } = aConnection();
    lines[0]!.open();
    lines[0]!.end();
    await settled();

    pauses[0]!.over();
    await settled();
    lines[1]!.open();

    expect(names()).toEqual(['live', 'live']);
  });

  it('says since when it is lost once the quick retry fails too', async () => {
    const { lines, pauses, states } = aConnection();
    lines[0]!.open();
    lines[0]!.end();
    await settled();
    pauses[0]!.over();
    await settled();
    lines[1]!.fail(new Error('refused'));
    await settled();

    expect(states.at(-1)).toEqual({ name: 'lost', since: '2026-11-21T03:11:00.000Z', online: true });
  });

  it('says at once that it is lost when the browser knows that it is offline', async () => {
    const { connection, network, lines, states } = aConnection();
    lines[0]!.open();
    network.online = false;

    connection.drop();
    await settled();

    expect(states.at(-1)).toMatchObject({ name: 'lost', online: false });
  });

  it('does not wait any longer when the network is back', async () => {
    const { connection, lines } = aConnection();
    lines[0]!.end();
    await settled();

    connection.wake();
    await settled();

    expect(lines).toHaveLength(2);
  });

  it('waits longer each time, and hardly at all after it was live again', async () => {
    const { lines, pauses } = aConnection();
    lines[0]!.end();
    await settled();
    pauses[0]!.over();
    await settled();
    lines[1]!.end();
    await settled();
    pauses[1]!.over();
    await settled();
    lines[2]!.open();
    lines[2]!.end();
    await settled();

    expect(pauses.map(({ attempt }) => attempt)).toEqual([0, 1, 0]);
  });

  it('stops at being signed out, and tries again when the page is looked at', async () => {
    const { connection, lines, names } = aConnection();
    lines[0]!.fail(new Refused(401, 'Sign in.'));
    await settled();
    expect(names()).toEqual(['signed-out']);

    connection.wake();
    await settled();

    expect(lines).toHaveLength(2);
  });

  it('stops at a room that does not exist, with the reason', async () => {
    const { lines, states } = aConnection();
    lines[0]!.fail(new Refused(404, 'There is no incident INC-9.'));
    await settled();

    expect(states).toEqual([{ name: 'refused', status: 404, why: 'There is no incident INC-9.' }]);
  });

  it('ends for good when the room is left', async () => {
    const { connection, lines, pauses } = aConnection();
    lines[0]!.open();

    connection.stop();
    await settled();

    expect(pauses).toEqual([]);
    expect(lines).toHaveLength(1);
  });
});

describe('Choosing when to try again', () => {
  it('tries within a quarter of a second first, and at least every fifteen seconds', () => {
    expect(retryDelay(0, 1)).toBe(250);
    expect(retryDelay(50, 1)).toBe(15_000);
  });

  it('spreads people over half of the wait, so that a room does not come back all at once', () => {
    expect(retryDelay(3, 0)).toBe(1_000);
    expect(retryDelay(3, 1)).toBe(2_000);
  });
});
