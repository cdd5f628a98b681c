import { readFileSync } from 'node:fs';
import { type Colour, colourOf, contrast, distance, eyes, seenWith } from './colour.ts';

type Theme = 'light' | 'dark';

const css = readFileSync(new URL('../../../adapters/war-room/web/src/styles/tokens.css', import.meta.url), 'utf8');
const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g)].map(([, name = '', light = '', dark = '']) => [
    name,
    { light: colourOf(light), dark: colourOf(dark) },
  ]),
);
const severities = ['sev1', 'sev2', 'sev3'];
const surfaces = ['bg', 'surface-1', 'surface-2'];

function token(name: string, theme: Theme): Colour {
  const colour = tokens.get(name)?.[theme];
  if (!colour) throw new Error(`tokens.css has no --${name} of two colours.`);
  return colour;
}

/** The pairs of which the contrast is less than this, with what it is. */
function tooFaint(theme: Theme, words: readonly string[], grounds: readonly string[], least: number): readonly string[] {
  return words.flatMap((word) =>
    grounds.flatMap((ground) => {
      const has = contrast(token(word, theme), token(ground, theme));
      return has < least ? [`${word} on ${ground}: ${has.toFixed(2)}`] : [];
    }),
  );
}

describe.each<Theme>(['light', 'dark'])('The colours of the page, %s', (theme) => {
  it('show what was said at 7 to 1, on every surface', () => {
    expect(tooFaint(theme, ['text'], surfaces, 7)).toEqual([]);
  });

  it('show every other word at 4.5 to 1', () => {
    expect(tooFaint(theme, ['muted', 'accent', 'ok', 'warn', 'bad'], surfaces, 4.5)).toEqual([]);
    for (const ground of ['accent', 'warn', ...severities]) expect(tooFaint(theme, [`on-${ground}`], [ground], 4.5)).toEqual([]);
  });

  it('show where a control ends, and where the focus is, at 3 to 1', () => {
    expect(tooFaint(theme, ['control-border', 'focus'], surfaces, 3)).toEqual([]);
  });

  it.each(Object.entries(eyes))('tell the severities apart for eyes with %s', (_name, eye) => {
    const near = severities.flatMap((one, at) =>
      severities.slice(at + 1).flatMap((other) => {
        const apart = distance(seenWith(eye, token(one, theme)), seenWith(eye, token(other, theme)));
        return apart < 0.07 ? [`${one} and ${other}: ${apart.toFixed(3)}`] : [];
      }),
    );
    expect(near).toEqual([]);
  });
});
