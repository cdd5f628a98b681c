import fc from 'fast-check';
import { isStorable, storable, storableJson } from './storable.ts';

const anyText = fc.string({ unit: 'binary' }).map((text) => text.replaceAll('a', '\0').replaceAll('b', '\ud800').replaceAll('c', '\\'));

describe('Keeping text that a database refuses', () => {
  it('replaces what cannot be kept, and nothing else', () => {
    expect(storable('a\0b \ud800 \ud83d\ude80')).toBe('a\ufffdb \ufffd \ud83d\ude80');
  });

  it('leaves nothing that cannot be kept', () => {
    fc.assert(fc.property(anyText, (text) => isStorable(storable(text))));
  });

  it('does the same to every text in a value, however deep, to its keys, and to text that looks like an escape', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const value = { deep: [{ [`key ${text}`]: text, literal: `\\u0000 ${text} \\ud800` }] };
        expect(JSON.parse(storableJson(value))).toEqual({
          deep: [{ [`key ${storable(text)}`]: storable(text), literal: `\\u0000 ${storable(text)} \\ud800` }],
        });
      }),
    );
  });
});
