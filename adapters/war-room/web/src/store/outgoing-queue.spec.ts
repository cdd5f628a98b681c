import type { RoomCommand } from '#libs/war-room-protocol/commands';
import { KeptEntries } from './kept-entries.ts';
import type { Outgoing } from './outgoing.ts';
import { OutgoingQueue, type Answer } from './outgoing-queue.ts';
import { at } from './room.fixture.ts';
import { deviceShelf } from './shelf.ts';

const ids = [
  '01979c6e-0000-7000-8000-000000000001',
  '01979c6e-0000-7000-8000-000000000002',
  '01979c6e-0000-7000-8000-000000000003',
] as const;
const message = (id: string, text: string): RoomCommand => ({ id, type: 'message', body: { text } });
const done: Answer = { kind: 'done', done: { seq: 1 } };
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A queue whose server answers from a list, whose pauses last until woken, and whose shelf outlives it. */
function aQueue(answers: Answer[], shelf = deviceShelf(undefined)) {
  const posted: string[] = [];
  const pauses: number[] = [];
  const said: string[] = [];
  let entries: readonly Outgoing[] = [];
  const queue = new OutgoingQueue({
    kept: new KeptEntries(shelf, 'p-ana', 'i-1'),
    post: async (command) => {
      posted.push(command.type === 'message' ? command.body.text : command.type);
      return answers.shift() ?? done;
    },
    onChange: (next) => {
      entries = next;
    },
    onAnswer: (_, { say }) => say !== undefined && said.push(say),
    pause: (attempt, wake) => {
      pauses.push(attempt);
      return new Promise((resolve) => wake.addEventListener('abort', () => resolve()));
    },
    now: () => at(1),
  });
  queue.start();
  return { queue, shelf, posted, pauses, said, states: () => entries.map((entry) => entry.state), entries: () => entries };
}

describe('Sending what was written', () => {
  it('sends one at a time, in the order written', async () => {
    const { queue, posted, states } = aQueue([]);

    queue.add(message(ids[0], 'one'));
    queue.add(message(ids[1], 'two'));
    await settled();

    expect(posted).toEqual(['one', 'two']);
    expect(states()).toEqual(['sent', 'sent']);
  });

  it('keeps asking while nobody answers, and lets nothing overtake', async () => {
    const { queue, posted, pauses, states } = aQueue([{ kind: 'unreachable' }, { kind: 'unreachable' }]);
    queue.add(message(ids[0], 'one'));
    queue.add(message(ids[1], 'two'));
    await settled();
    expect(states()).toEqual(['waiting', 'waiting']);

    queue.wake();
    await settled();
    queue.wake();
    await settled();

    expect(posted).toEqual(['one', 'one', 'one', 'two']);
    expect(pauses).toEqual([0, 1]);
  });

  it('puts aside what is refused, with the reason, and lets the next one pass', async () => {
    const { queue, entries, posted } = aQueue([{ kind: 'refused', why: 'The incident is resolved.', after: 4 }]);

    queue.add(message(ids[0], 'one'));
    queue.add(message(ids[1], 'two'));
    await settled();

    expect(posted).toEqual(['one', 'two']);
    expect(entries()).toMatchObject([{ state: 'failed', why: 'The incident is resolved.', after: 4 }, { state: 'sent' }]);
  });

  it('forgets what was refused once the same is done, by whichever way, and nothing else', async () => {
    const no: Answer = { kind: 'refused', why: 'no', after: 4 };
    const { queue, entries } = aQueue([no, no, no, no, done]);
    const line = (id: string, text: string): RoomCommand => ({ id, type: 'command', body: { text } });
    queue.add(line('a', '/severity sev9'));
    queue.add(line('b', '/incident severity sev8'));
    queue.add(line('c', '/status fixd'));
    queue.add(message('d', 'too long'));

    queue.add({ id: 'e', type: 'severity', body: { to: 'SEV1' } });
    await settled();

    expect(entries().map(({ command, state }) => [command.id, state])).toEqual([
      ['c', 'failed'],
      ['d', 'failed'],
      ['e', 'sent'],
    ]);
  });

  it('keeps what was refused of another message', async () => {
    const edit = (id: string, messageId: string): RoomCommand => ({ id, type: 'edit', body: { messageId, text: 'so' } });
    const { queue, entries } = aQueue([{ kind: 'refused', why: 'no', after: 4 }, done]);
    queue.add(edit('a', 'm1'));
    queue.add(edit('b', 'm2'));
    await settled();

    expect(entries().map(({ state }) => state)).toEqual(['failed', 'sent']);
  });

  it('sends a refused one again under the same id when asked to', async () => {
    const { queue, states, entries } = aQueue([{ kind: 'refused', why: 'no', after: 4 }]);
    queue.add(message(ids[0], 'one'));
    await settled();

    queue.retry(ids[0]);
    await settled();

    expect(states()).toEqual(['sent']);
    expect(entries()[0]?.command.id).toBe(ids[0]);
  });

  it('waits for the person to sign in, and then goes on', async () => {
    const { queue, posted } = aQueue([{ kind: 'signed-out' }]);
    queue.add(message(ids[0], 'one'));
    await settled();

    queue.wake();
    await settled();

    expect(posted).toEqual(['one', 'one']);
  });

  it('passes on what the server says to the sender', async () => {
    const { queue, said } = aQueue([{ kind: 'done', done: { seq: null, say: 'Write /help.' } }]);

    queue.add({ id: ids[0], type: 'command', body: { text: '/help' } });
    await settled();

    expect(said).toEqual(['Write /help.']);
  });
});

describe('Coming back after a reload', () => {
  it('still has what was not sent, in order, and sends it once', async () => {
    const before = aQueue([{ kind: 'unreachable' }]);
    before.queue.add(message(ids[0], 'one'));
    before.queue.add(message(ids[1], 'two'));
    await settled();
    before.queue.stop();

    const after = aQueue([], before.shelf);
    await settled();

    expect(after.posted).toEqual(['one', 'two']);
    expect(aQueue([], before.shelf).entries()).toEqual([]);
  });

  it('still shows what was refused, and why', async () => {
    const before = aQueue([{ kind: 'refused', why: 'too long', after: 4 }]);
    before.queue.add(message(ids[0], 'one'));
    await settled();

    expect(aQueue([], before.shelf).entries()).toMatchObject([{ state: 'failed', why: 'too long', after: 4 }]);
  });

  it('forgets what was discarded', async () => {
    const before = aQueue([{ kind: 'refused', why: 'no', after: 4 }]);
    before.queue.add(message(ids[0], 'one'));
    await settled();

    before.queue.discard(ids[0]);

    expect(aQueue([], before.shelf).entries()).toEqual([]);
  });

  it('passes over what it cannot read', () => {
    const shelf = deviceShelf(undefined);
    shelf.write(`muster.outgoing.p-ana.i-1.${ids[2]}`, { state: 'waiting', command: 'not a command' });

    expect(aQueue([], shelf).entries()).toEqual([]);
  });
});
