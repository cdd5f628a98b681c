import fc from 'fast-check';
import { TooDeep, refuseDeepJson } from './json-depth.ts';

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const refuse = (text: string): void => refuseDeepJson(Buffer.from(text));

describe('Refusing what is nested too deep', () => {
  it('takes 32 levels and not 33', () => {
    expect(() => refuse(nested(32))).not.toThrow();
    expect(() => refuse(nested(33))).toThrow(TooDeep);
    expect(() => refuse(`{"a":${nested(32)}}`)).toThrow(TooDeep);
  });

  it('does not count brackets in text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => refuse(JSON.stringify({ [text]: `${text}\\"${'['.repeat(50)}` }))));
  });

  it('does not count what is side by side', () => {
    refuse(JSON.stringify(Array.from({ length: 100 }, () => [{}])));
  });
});
