import { nearest } from './nearest.ts';

describe('Finding the word that was meant', () => {
  const words = ['help', 'declare', 'severity', 'status', 'lead', 'resolve'];

  it.each([
    ['statsu', 'status'],
    ['sverity', 'severity'],
    ['sev', 'severity'],
    ['resolved', 'resolve'],
    ['laed', 'lead'],
  ])('sees that %s is %s', (word, meant) => {
    expect(nearest(word, words)[0]).toBe(meant);
  });

  it.each(['', 'payments', 'the', 'checkout'])('takes %p for none of them', (word) => {
    expect(nearest(word, words)).toEqual([]);
  });
});
