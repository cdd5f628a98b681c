import { once } from 'node:events';
import { type AddressInfo, type Server, type Socket, connect, createServer } from 'node:net';
import { until } from '#test/support/until';
import { FaultProxy } from './fault-proxy.ts';

/** An end of a line, and what it was told: words, and how it ended. */
class End {
  heard = '';
  heardAt = 0;
  isOver = false;
  error: string | null = null;

  constructor(readonly socket: Socket) {
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => {
      this.heard += text;
      this.heardAt = performance.now();
    });
    socket.on('error', (error: NodeJS.ErrnoException) => (this.error = error.code ?? 'unknown'));
    socket.once('close', () => (this.isOver = true));
  }

  say(words: string): void {
    this.socket.write(words);
  }
}

/** Somebody who listens, and remembers each line that came. */
class Listener {
  readonly ends: End[] = [];
  readonly server: Server = createServer((socket) => this.ends.push(new End(socket)));

  static async open(): Promise<Listener> {
    const listener = new Listener();
    listener.server.listen(0, '127.0.0.1');
    await once(listener.server, 'listening');
    return listener;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    for (const { socket } of this.ends) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

describe('A line that fails', () => {
  const ways: End[] = [];
  let listener: Listener;
  let proxy: FaultProxy;

  beforeEach(async () => {
    listener = await Listener.open();
    proxy = await FaultProxy.before([listener.port]);
  });

  afterEach(async () => {
    for (const { socket } of ways.splice(0)) socket.destroy();
    await proxy.close();
    await listener.close();
  });

  const dial = async (port = proxy.port): Promise<End> => {
    const end = new End(connect(port, '127.0.0.1'));
    ways.push(end);
    await until('it is connected, or refused', () => !end.socket.connecting);
    return end;
  };

  /** Both ends of a line on which something has been said each way. */
  const talking = async (): Promise<{ near: End; far: End }> => {
    const near = await dial();
    near.say('hello');
    const far = await until('the far end heard it', () => listener.ends.find(({ heard }) => heard === 'hello'));
    far.say('hello');
    await until('the near end heard it', () => near.heard === 'hello');
    near.heard = far.heard = '';
    return { near, far };
  };

  /** What could have been on its way has come: the same machine has carried so much, there and back, past the proxy. */
  const meanwhile = async (): Promise<void> => {
    const near = await dial(listener.port);
    for (let n = 0; n < 20; n++) {
      near.say('x');
      const far = await until('it came', () => listener.ends.find(({ socket }) => socket.remotePort === near.socket.localPort));
      await until('it came whole', () => far.heard.length > n);
    }
  };

  it('carries everything both ways, in order, while it is whole', async () => {
    const { near, far } = await talking();
    const many = Array.from({ length: 2_000 }, (_, n) => `${n} `);

    for (const word of many) near.say(word);
    for (const word of many) far.say(word);

    await until('all of it came', () => far.heard.length === many.join('').length && near.heard.length === many.join('').length);
    expect([far.heard, near.heard]).toEqual([many.join(''), many.join('')]);
  });

  it('tells one end that the other has gone, while it is whole', async () => {
    const { near, far } = await talking();

    near.socket.destroy();

    await until('the far end is told', () => far.isOver);
  });

  it('is late, and keeps the order, where it is slow', async () => {
    const { near, far } = await talking();
    await proxy.fail('slow');

    const at = performance.now();
    near.say('one ');
    near.say('two');

    await until('it came', () => far.heard === 'one two');
    expect(far.heardAt - at).toBeGreaterThan(50);
  });

  it('cuts off who was connected, and takes nobody, where it is refused', async () => {
    const { near, far } = await talking();

    await proxy.fail('refused');

    await until('both ends are told', () => near.isOver && far.isOver);
    expect((await dial()).error).toBe('ECONNREFUSED');
  });

  it('takes people again when it is mended after it was refused', async () => {
    await talking();
    await proxy.fail('refused');

    await proxy.mend();

    await talking();
  });

  it('swallows what is said each way, and tells nobody, where it is a black hole; it comes when that is over', async () => {
    const { near, far } = await talking();
    await proxy.fail('black-hole');

    near.say('there?');
    far.say('here!');
    await meanwhile();

    expect([near, far].map(({ heard, isOver, error }) => ({ heard, isOver, error }))).toEqual([
      { heard: '', isOver: false, error: null },
      { heard: '', isOver: false, error: null },
    ]);
    await proxy.mend();
    await until('both came', () => far.heard === 'there?' && near.heard === 'here!');
  });

  it('does not tell one end of a black hole that the other has gone, before that is over', async () => {
    const { near, far } = await talking();
    await proxy.fail('black-hole');

    near.socket.destroy();
    await meanwhile();

    expect(far.isOver).toBe(false);
    await proxy.mend();
    await until('it is told', () => far.isOver);
  });

  it('leads whoever knocks at a black hole nowhere, before that is over', async () => {
    await proxy.fail('black-hole');

    const near = await dial();
    near.say('anybody?');
    await meanwhile();

    // The one that did not go through the proxy.
    expect(listener.ends).toHaveLength(1);
    expect(near.isOver).toBe(false);
    await proxy.mend();
    await until('somebody is there', () => listener.ends.some(({ heard }) => heard === 'anybody?'));
  });

  it('tells both ends when it is cut, and takes the next one at once', async () => {
    const { near, far } = await talking();

    proxy.cut();

    await until('both ends are told', () => near.isOver && far.isOver);
    expect(near.error).toBe('ECONNRESET');
    await talking();
  });

  it('tells only the far end when it is open at one end, and lets the near one talk on to nobody', async () => {
    const { near, far } = await talking();

    proxy.halfOpen();
    await until('the far end is told', () => far.isOver);
    near.say('are you there?');
    await meanwhile();

    expect([near.isOver, near.error, near.heard, far.heard]).toEqual([false, null, '', '']);
    await talking();
  });

  it('fails in one way at a time', async () => {
    const { near, far } = await talking();
    await proxy.fail('black-hole');

    near.say('late');
    await proxy.fail('slow');

    await until('what was swallowed came', () => far.heard === 'late');
  });

  it('leads to each of several in turn, and past one that is not there', async () => {
    const [other, gone] = await Promise.all([Listener.open(), Listener.open()]);
    const { port } = gone;
    await gone.close();
    const several = await FaultProxy.before([listener.port, port, other.port]);

    for (let n = 0; n < 4; n++) (await dial(several.port)).say(String(n));

    await until('all were heard', () =>
      [listener, other].every(({ ends }) => ends.length === 2 && ends.every(({ heard }) => heard !== '')),
    );
    await several.close();
    await other.close();
  });
});
