import { NotOpened, Vault } from './vault.ts';

const SECRET = 'a secret of Muster that is long enough for it';

describe('Keeping a secret that has to be read again', () => {
  it('gives back what was put in, and shows nothing of it meanwhile', () => {
    const vault = new Vault(SECRET);
    const kept = vault.seal('whsec_something', 'row 1');

    expect(kept).not.toContain('something');
    expect(vault.open(kept, 'row 1')).toBe('whsec_something');
    expect(vault.seal('whsec_something', 'row 1')).not.toBe(kept);
  });

  it('opens nothing that was moved to another row, changed, or sealed under another secret', () => {
    const vault = new Vault(SECRET);
    const kept = vault.seal('whsec_something', 'row 1');

    expect(() => vault.open(kept, 'row 2')).toThrow(NotOpened);
    expect(() => vault.open(`${kept.slice(0, -8)}AAAAAAA=`, 'row 1')).toThrow(NotOpened);
    expect(() => new Vault(`${SECRET}!`).open(kept, 'row 1')).toThrow(NotOpened);
    expect(() => new Vault(undefined).open(kept, 'row 1')).toThrow(NotOpened);
  });

  it('reads what was kept before there was a secret to seal it with', () => {
    expect(new Vault(SECRET).open(new Vault(undefined).seal('whsec_something', 'row 1'), 'row 1')).toBe('whsec_something');
  });
});
