import { presentable } from './admitted.ts';

describe('Repeating what a platform says of itself', () => {
  it('makes one line of it, that ends with our own full stop', () => {
    expect(presentable([{ title: ' Some people\r\n cannot\u0000 connect. ' }])).toEqual([{ title: 'Some people cannot connect' }]);
  });

  it('cuts what is longer than a notice can carry, and no character in half', () => {
    const [cut] = presentable([{ title: '🙂'.repeat(300) }]);

    expect(cut?.title).toBe(`${'🙂'.repeat(200)}…`);
  });

  it('leads only to where a browser can look', () => {
    const led = (href: string) => presentable([{ title: 'Trouble', href }])[0]?.href;

    expect([led('https://slack-status.com/1'), led('javascript:alert(1)'), led('mailto:a@example.com'), led('/here')]).toEqual([
      'https://slack-status.com/1',
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('names trouble that has no name', () => {
    expect(presentable([{ title: ' . ' }])).toEqual([{ title: 'trouble that it gives no name' }]);
  });

  it('keeps the first five of many', () => {
    expect(presentable(Array.from({ length: 9 }, (_, i) => ({ title: String(i) })))).toHaveLength(5);
  });
});
