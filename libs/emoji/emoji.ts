import { SHORT_NAMES } from './short-names.ts';

const SKIN_TONES = /[\u{1f3fb}-\u{1f3ff}]/gu;

/** The sign that asks for colour is left out by some, and tells no two emoji apart. */
const plain = (sign: string): string => sign.replaceAll('\ufe0f', '').replace(SKIN_TONES, '');

let tables: { readonly signs: ReadonlyMap<string, string>; readonly names: ReadonlyMap<string, string> } | undefined;

/** Made when first asked for: most processes never are. */
function read(): NonNullable<typeof tables> {
  const signs = new Map<string, string>();
  const names = new Map<string, string>();
  for (const line of SHORT_NAMES.trim().split('\n')) {
    const [sign = '', ...known] = line.split(' ');
    names.set(plain(sign) || sign, known[0] ?? '');
    for (const name of known) signs.set(name, sign);
  }
  return (tables ??= { signs, names });
}

/** The sign of a short name; undefined for an emoji that somebody made for their own chat. */
export const signOf = (name: string): string | undefined => (tables ?? read()).signs.get(name);

/** The short name of a sign, in whatever colour; undefined for what is no emoji that the table knows. */
export const nameOf = (sign: string): string | undefined => (tables ?? read()).names.get(plain(sign) || sign);
