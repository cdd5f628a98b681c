import { SlackProofs } from './slack-proofs.ts';

describe('What only Slack can prove', () => {
  const written: string[] = [];
  const kept = new Map<string, string>();
  const clock = { now: 1_000_000 };
  const proofs = new SlackProofs({
    kv: {
      get: (key) => Promise.resolve(kept.get(key) ?? null),
      set: (key, value) => {
        written.push(key);
        kept.set(key, value);
        return Promise.resolve();
      },
    },
    now: () => clock.now,
  });
  beforeEach(() => written.splice(0));

  it('is written down once in twenty seconds, however much arrives', async () => {
    for (let n = 0; n < 1_000; n++) proofs.refused('a secret');
    expect(written).toHaveLength(1);

    clock.now += 20_000;
    for (let n = 0; n < 1_000; n++) proofs.refused('a secret');

    expect(written).toHaveLength(2);
    expect(await proofs.of('a token', 'a secret')).toEqual({ signed: null, refused: clock.now, heard: null });
  });

  it('is of this secret and this token, and names neither', async () => {
    proofs.signed('a secret');
    proofs.heard('a token');

    expect(await proofs.of('another token', 'another secret')).toEqual({ signed: null, refused: null, heard: null });
    expect(await proofs.of('a token', 'a secret')).toMatchObject({ signed: clock.now, heard: clock.now });
    expect(JSON.stringify([...kept])).not.toMatch(/a secret|a token/);
  });
});
