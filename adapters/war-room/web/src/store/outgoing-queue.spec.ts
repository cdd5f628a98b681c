import type { RoomCommand } from '#libs/war-room-protocol/commands';
import { entriesFrom, type KeptEntries, type News } from './kept-entries.ts';
import type { Outgoing } from './outgoing.ts';
import { OutgoingQueue, type Answer } from './outgoing-queue.ts';
import { at } from './room.fixture.ts';

const ids = [
  '01979c6e-0000-7000-8000-000000000001',
  '01979c6e-0000-7000-8000-000000000002',
  '01979c6e-0000-7000-8000-000000000003',
] as const;
const message = (id: string, text: string): RoomCommand => ({ id, type: 'message', body: { text } });
const done: Answer = { kind: 'done', done: { seq: 1 } };
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** What the pages of one browser share: it takes turns, and tells the others. */
function aDevice() {
  const kept = new Map<string, unknown>();
  const pages = new Set<(news: News) => void>();
  let turn: Promise<unknown> = Promise.resolve();
  const device = {
    kept,
    takesNothing: false,
    page(): KeptEntries {
      let heard = (_news: News): void => {};
      return {
        read: async () => (device.takesNothing ? null : entriesFrom([...kept.values()])),
        write: async (entry) => {
          if (device.takesNothing) throw new Error('full');
          kept.set(entry.command.id, structuredClone(entry));
        },
        drop: async (ids) => ids.forEach((id) => kept.delete(id)),
        inTurn: <T>(work: () => Promise<T>): Promise<T> => {
          const mine = turn.then(work);
          turn = mine;
          return mine;
        },
        tell: (news) => [...pages].filter((page) => page !== heard).forEach((page) => page(news)),
        hear: (listener) => {
          heard = listener;
          pages.add(listener);
          return () => pages.delete(listener);
        },
      };
    },
  };
  return device;
}

/** A page's queue whose server answers from a list, whose pauses last until woken, on a device that outlives it. */
function aQueue(answers: Answer[] | ((text: string) => Answer), device = aDevice()) {
  const posted: string[] = [];
  const pauses: number[] = [];
  const said: string[] = [];
  let entries: readonly Outgoing[] = [];
  const queue = new OutgoingQueue({
    kept: device.page(),
    post: async (command) => {
      const text = command.type === 'message' ? command.body.text : command.type;
      posted.push(text);
      return typeof answers === 'function' ? answers(text) : (answers.shift() ?? done);
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
  return { queue, device, posted, pauses, said, states: () => entries.map((entry) => entry.state), entries: () => entries };
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

    const after = aQueue([], before.device);
    await settled();

    expect(after.posted).toEqual(['one', 'two']);
    expect(before.device.kept.size).toBe(0);
  });

  it('still shows what was refused, and why', async () => {
    const before = aQueue([{ kind: 'refused', why: 'too long', after: 4 }]);
    before.queue.add(message(ids[0], 'one'));
    await settled();

    const after = aQueue([], before.device);
    await settled();

    expect(after.entries()).toMatchObject([{ state: 'failed', why: 'too long', after: 4 }]);
  });

  it('forgets what was discarded', async () => {
    const before = aQueue([{ kind: 'refused', why: 'no', after: 4 }]);
    before.queue.add(message(ids[0], 'one'));
    await settled();

    before.queue.discard(ids[0]);
    await settled();

    expect(before.device.kept.size).toBe(0);
  });

  it('passes over what it cannot read', async () => {
    const device = aDevice();
    device.kept.set(ids[2], { state: 'waiting', command: 'not a command' });

    const { entries, posted } = aQueue([], device);
    await settled();

    expect([entries(), posted]).toEqual([[], []]);
  });
});

describe('Two pages of one browser in one room', () => {
  /** Of a server that is away until told otherwise. */
  function twoPages(refused?: Extract<Answer, { kind: 'refused' }>) {
    const server = { isAway: true, asked: [] as string[] };
    const device = aDevice();
    const answer = (text: string): Answer => {
      if (server.isAway) return { kind: 'unreachable' };
      server.asked.push(text);
      return refused ?? done;
    };
    return { server, device, one: aQueue(answer, device), other: aQueue(answer, device) };
  }

  it('send each thing once, in the order in which it was written', async () => {
    const { server, device, one, other } = twoPages();
    one.queue.add(message(ids[0], 'one'));
    await settled();
    other.queue.add(message(ids[1], 'two'));
    await settled();
    one.queue.add(message(ids[2], 'three'));
    await settled();

    server.isAway = false;
    other.queue.wake();
    one.queue.wake();
    await settled();

    expect(server.asked).toEqual(['one', 'two', 'three']);
    expect(device.kept.size).toBe(0);
  });

  it('show the same: what waits, and that it is sent', async () => {
    const { server, one, other } = twoPages();
    one.queue.add(message(ids[0], 'one'));
    await settled();
    expect([one.states(), other.states()]).toEqual([['waiting'], ['waiting']]);

    server.isAway = false;
    one.queue.wake();
    await settled();

    expect([one.states(), other.states()]).toEqual([['sent'], ['sent']]);
  });

  it('show the same of what was refused, and either can take it back', async () => {
    const { server, device, one, other } = twoPages({ kind: 'refused', why: 'too long', after: 4 });
    server.isAway = false;
    one.queue.add(message(ids[0], 'one'));
    await settled();
    expect(other.entries()).toMatchObject([{ state: 'failed', why: 'too long', after: 4 }]);

    other.queue.discard(ids[0]);
    await settled();

    expect([one.entries(), device.kept.size]).toEqual([[], 0]);
  });

  it('do not send what was taken back in the other one', async () => {
    const { server, one, other } = twoPages();
    one.queue.add(message(ids[0], 'one'));
    await settled();
    other.queue.discard(ids[0]);

    server.isAway = false;
    one.queue.wake();
    other.queue.wake();
    await settled();

    expect([server.asked, one.entries()]).toEqual([[], []]);
  });

  it('go on for each other: what was written in one that was closed is sent by the other', async () => {
    const { server, one, other } = twoPages();
    one.queue.add(message(ids[0], 'one'));
    await settled();
    one.queue.stop();

    server.isAway = false;
    other.queue.wake();
    await settled();

    expect(server.asked).toEqual(['one']);
  });
});

describe('Where the device takes nothing', () => {
  it('sends what is written all the same, for as long as the page is open', async () => {
    const device = aDevice();
    device.takesNothing = true;
    const { queue, posted, states } = aQueue([{ kind: 'unreachable' }], device);
    queue.add(message(ids[0], 'one'));
    await settled();
    expect(states()).toEqual(['waiting']);

    queue.wake();
    await settled();

    expect([posted, states()]).toEqual([['one', 'one'], ['sent']]);
  });
});
