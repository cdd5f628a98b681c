// An adapter from outside, as a package: it keeps what it says in a file, and does whatever it is told to, as its settings or the
// words of a message have it. Needs nothing, not even rxjs.
import { appendFileSync } from 'node:fs';

const WAYS = {
  throw() {
    throw new Error('words of the adapter');
  },
  reject: () => Promise.reject(new Error('words of the adapter')),
  wait: () => new Promise(() => undefined),
  loop() {
    for (;;);
  },
  exit: () => process.exit(3),
  nonsense: () => ({ outcome: 'perhaps' }),
  nothing: () => undefined,
  'of another chat': () => ({
    outcome: 'done',
    settled: true,
    value: { message: { room: { adapter: 'good', tenant: 'T', room: 'r' }, id: '1' }, at: 1 },
  }),
  long: () => ({ outcome: 'done', settled: true, value: 'x'.repeat(20 * 1024 * 1024) }),
  leak() {
    for (const all = []; ;) all.push(Array.from({ length: 10_000 }, () => ({})));
  },
  'throw later'() {
    setTimeout(() => WAYS.throw(), 10);
    return new Promise(() => undefined);
  },
  'reject later'() {
    setTimeout(() => void WAYS.reject(), 10);
    return new Promise(() => undefined);
  },
};

class Health {
  #listeners = new Set();
  #last = { state: 'ready', since: Date.now(), tenant: 'T' };

  subscribe(listener) {
    const one = typeof listener === 'function' ? { next: listener } : listener;
    this.#listeners.add(one);
    one.next(this.#last);
    return { unsubscribe: () => this.#listeners.delete(one) };
  }

  say(health) {
    this.#last = health;
    for (const { next } of this.#listeners) next(health);
  }

  fail(error) {
    for (const { error: told } of this.#listeners) told(error);
  }
}

class Unruly {
  health$ = new Health();
  #ctx;
  #inlet;

  constructor(ctx) {
    this.#ctx = ctx;
    WAYS['flood with health'] = () => {
      for (let n = 0; n < 100_000; n++) this.health$.say({ state: 'limited', since: n, tenant: 'T' });
      return { outcome: 'done', settled: true, value: this.#receipt('flooded') };
    };
    WAYS['end health'] = () => void this.health$.fail(new Error('words of the adapter'));
    WAYS['flood with events'] = async () => {
      const ends = await Promise.allSettled(
        Array.from({ length: 30_000 }, (_, n) => this.#inlet.admit([{ ...anEvent(ctx.instance), id: `flood:${n}` }])),
      );
      const refused = ends.filter(({ status }) => status === 'rejected').length;
      return { outcome: 'done', settled: true, value: this.#receipt(`refused:${refused}`) };
    };
    WAYS['tell of another chat'] = () => this.#inlet.admit([anEvent('good')]);
    WAYS['say what it sees'] = () => ({ outcome: 'done', settled: true, value: this.#receipt(Object.keys(process.env).sort().join()) });
    WAYS['print'] = () => {
      console.log('printed by the adapter');
      return { outcome: 'done', settled: true, value: this.#receipt('printed') };
    };
  }

  #receipt(id) {
    return { message: { room: { adapter: this.#ctx.instance, tenant: 'T', room: 'r' }, id }, at: Date.now() };
  }

  capabilities() {
    const { does = {} } = this.#ctx.config;
    if (does.capabilities) return WAYS[does.capabilities]();
    const limits = { textChars: 400 };
    return { rev: '1', features: {}, threads: 'none', limits, rates: [], reconcile: 'none', echo: 'none', formsFrom: [] };
  }

  messages = {
    render: ({ summary, blocks }) => {
      if (summary in WAYS) return WAYS[summary]();
      const body = summary || JSON.stringify(blocks);
      return { parts: [{ body, chars: body.length, bytes: body.length }], losses: [] };
    },
    send: async ({ part }) => {
      if (part.body in WAYS) return WAYS[part.body]();
      if (this.#ctx.config.said) appendFileSync(this.#ctx.config.said, `${this.#ctx.instance}: ${part.body}\n`);
      return { outcome: 'done', settled: true, value: this.#receipt(String(Date.now())) };
    },
  };

  answers = {
    give: async ({ id }, { t, content }) => {
      appendFileSync(this.#ctx.config.said, `${this.#ctx.instance} answers ${id}: ${t} ${content.summary}\n`);
      return { outcome: 'done', settled: true };
    },
  };

  rooms = {
    create: async ({ name }) => ({
      outcome: 'done',
      settled: true,
      value: { ref: { adapter: this.#ctx.instance, tenant: 'T', room: name }, name, archived: false },
    }),
    get: async (ref) => ({ outcome: 'done', settled: true, value: { ref, name: ref.room, archived: false } }),
    change: async (ref) => ({ outcome: 'done', settled: true, value: { ref, name: ref.room, archived: false } }),
  };

  webhooks = {
    receive: async ({ body }) => {
      const way = Buffer.from(body).toString();
      if (way in WAYS) return WAYS[way]();
      if (way === 'too many')
        return {
          envelopes: Array.from({ length: 1_001 }, (_, n) => ({ ...anEvent(this.#ctx.instance), id: `${n}` })),
          out: { status: 200 },
        };
      if (way === 'of another') return { envelopes: [anEvent('good')], out: { status: 200 } };
      if (way === 'garbled')
        return { envelopes: [{ ...anEvent(this.#ctx.instance), event: { type: 'message.created' } }], out: { status: 200 } };
      return { envelopes: [], out: { status: 202, body: 'thank you' } };
    },
  };

  async connect(inlet) {
    this.#inlet = inlet;
    const { does = {} } = this.#ctx.config;
    if (does.connect) await WAYS[does.connect]();
  }

  close() {
    const { does = {} } = this.#ctx.config;
    // Whoever forgets to take these away.
    setInterval(() => this.health$.say({ state: 'ready', since: 1 }), 1);
    return does.close ? WAYS[does.close]() : Promise.resolve();
  }
}

const anEvent = (adapter) => ({
  id: 'T:r:1',
  lane: 'r',
  at: Date.now(),
  redelivery: 0,
  event: { type: 'room', room: { adapter, tenant: 'T', room: 'r' }, change: 'created' },
});

export default {
  chatport: 1,
  id: 'unruly',
  name: 'Unruly',
  config: {
    type: 'object',
    properties: {
      said: { type: 'string' },
      port: { type: 'integer', minimum: 1 },
      tls: { enum: ['yes', 'no'] },
      secret: { type: 'string' },
      does: { type: 'object' },
    },
  },
  create: async (ctx) => {
    const { does = {}, secret, said } = ctx.config;
    if (secret) appendFileSync(said, `${ctx.instance} knows ${await ctx.secrets.get(secret)}\n`);
    if (does.create) return WAYS[does.create]();
    if (does.soon) setTimeout(() => WAYS[does.soon](), 300);
    return new Unruly(ctx);
  },
  setup: (ctx) => {
    const { does = {} } = ctx.config;
    if (does.setup) return WAYS[does.setup]();
    return {
      steps: async () => {
        if (does.steps) return WAYS[does.steps]();
        return [
          {
            id: 'one',
            title: `Tell ${ctx.instance} who we are`,
            done: false,
            say: 'Copy this.',
            give: { label: 'Name', text: '<Muster>' },
          },
          {
            id: 'two',
            title: 'Give it the file',
            done: true,
            say: 'See https://unruly.example/help.',
            give: { label: 'File', download: 'a file.txt' },
          },
        ];
      },
      artefact: async (name) => {
        if (name !== 'a file.txt') throw new Error('no such file');
        return { mime: 'text/plain', bytes: new TextEncoder().encode('from outside') };
      },
    };
  },
};
