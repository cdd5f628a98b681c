import fc from 'fast-check';
import { escapeText, escapeWithin, unescapeText } from './escape.ts';

describe('Escaping what must not be longer', () => {
  it('says what fits whole', () => {
    expect(escapeWithin('a < b', 8)).toBe('a &lt; b');
  });

  it('counts what escaping adds, and says that something is missing', () => {
    expect(escapeWithin('a < b', 7)).toBe('a &lt;…');
    expect(escapeWithin('<<<', 9)).toBe('&lt;&lt;…');
  });

  it('is never longer, never half an escape, and the beginning of the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('&', '<', '>', 'a', '👩‍🚀', 'é') }), fc.integer({ min: 1, max: 60 }), (text, max) => {
        const escaped = escapeWithin(text, max);

        expect(escaped.length).toBeLessThanOrEqual(max);
        const kept = unescapeText(escaped.endsWith('…') ? escaped.slice(0, -1) : escaped);
        expect(text.startsWith(kept)).toBe(true);
        if (!escaped.endsWith('…')) expect(escaped).toBe(escapeText(text));
      }),
    );
  });
});
