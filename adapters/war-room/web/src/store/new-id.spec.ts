import { newId } from './new-id.ts';

describe('The id of what a person sends', () => {
  const many = Array.from({ length: 20_000 }, newId);

  it('is a UUID of version 7, with the time in it', () => {
    for (const id of many) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(Math.abs(parseInt((many[0] ?? '').replace('-', '').slice(0, 12), 16) - Date.now())).toBeLessThan(60_000);
  });

  it('comes after all that were made before it', () => {
    expect(many).toEqual([...many].sort());
    expect(new Set(many).size).toBe(many.length);
  });

  it('does so also when the clock is set back', () => {
    const before = newId();
    const { now } = Date;
    Date.now = () => 1_000;

    const after = newId();

    Date.now = now;
    expect(after > before).toBe(true);
  });
});
