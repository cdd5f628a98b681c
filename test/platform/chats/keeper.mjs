// An adapter from outside, as a package: it keeps a secret for itself, and says which it sees. Needs nothing.
const health = { state: 'ready', since: Date.now(), tenant: 'T' };

export default {
  chatport: 1,
  id: 'keeper',
  name: 'Keeper',
  config: { type: 'object', properties: {} },
  create: async ({ instance, secrets }) => {
    await secrets.get('password');
    return {
      capabilities: () => ({
        rev: '1',
        features: {},
        threads: 'none',
        limits: { textChars: 400 },
        rates: [],
        reconcile: 'none',
        echo: 'none',
        formsFrom: [],
      }),
      messages: {
        render: ({ summary }) => ({ parts: [{ body: summary, chars: summary.length, bytes: summary.length }], losses: [] }),
        send: async ({ part: { body } }) => {
          const [word, name, value, tenant] = body.split(' ');
          if (word === 'keep') await secrets.put(name, value, tenant);
          const id = word === 'say' ? await secrets.get(name, value).catch(() => 'none') : 'kept';
          return { outcome: 'done', settled: true, value: { message: { room: { adapter: instance, tenant: 'T', room: 'r' }, id }, at: 1 } };
        },
      },
      webhooks: { receive: async () => ({ envelopes: [], out: { status: 202 } }) },
      health$: { subscribe: ({ next }) => (next(health), { unsubscribe: () => undefined }) },
      close: () => Promise.resolve(),
    };
  },
};
