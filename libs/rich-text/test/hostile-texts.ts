/** Texts made to keep a Markdown parser busy, each of about `size` characters. */
export function hostileTexts(size: number): Record<string, string> {
  const rep = (part: string): string => part.repeat(Math.ceil(size / part.length)).slice(0, size);
  const many = (count: number, line: (n: number) => string, by = '\n'): string => Array.from({ length: count }, (_, n) => line(n)).join(by);
  return {
    'open brackets': rep('['),
    'brackets in brackets': rep('[').slice(0, size / 2) + rep(']').slice(0, size / 2),
    'empty brackets': rep('[]'),
    'open pictures': rep('!['),
    stars: rep('*'),
    'opening stars': rep('*a '),
    'closing stars': rep('a* '),
    'stars and underscores': rep('*a_ '),
    'stars in words': rep('a*b_'),
    tildes: rep('~a '),
    'quotes in quotes': rep('>'),
    'spaced quotes': rep('> '),
    'lists in lists': rep('- '),
    'numbers in numbers': rep('1. '),
    'backtick runs of every length': many(280, (n) => '`'.repeat(n + 1), ' ').slice(0, size),
    'open tags': rep('<a '),
    'open autolinks': rep('<http:'),
    'open links': rep('[a](<'),
    references: rep('&amp;'),
    addresses: rep('a@b.c '),
    'dotted words': rep('a.a@'),
    'bare links': rep('http://a.b('),
    table: `|a|b|\n|-|-|\n${rep('|x|y|\n')}`,
    'a wide table': `${rep('a|').slice(0, size / 2)}\n${rep('-|').slice(0, size / 2)}`,
    'short lines': rep('*\na\n'),
    'short paragraphs': rep('*a*\n\n'),
    fences: rep('```\na\n```\n'),
    'open fences': rep(' ```\n'),
    spaces: `a*${rep(' ')}b`,
    'an ever deeper list': many(190, (n) => `${'  '.repeat(n)}- a`),
    'lazy lines under deep quotes': `${'>'.repeat(30)} a\n${rep('b\n')}`,
    'many middling paragraphs': many(44, () => `a ${'*a_ '.repeat(225)}`, '\n\n'),
  };
}
