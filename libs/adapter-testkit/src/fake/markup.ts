/**
 * The fake chat's own markup, so that there is something to get wrong.
 *
 * `<@user>` and `<!group>` notify, `<#room>` names a room, `<address|label>` is a link, `<b> <i> <s> <c>` and their
 * ends are decoration; `&lt; &gt; &amp;` stand for the three characters with a meaning. Nothing else means anything.
 */
export interface Shown {
  readonly text: string;
  readonly pinged: readonly string[];
  readonly links: readonly string[];
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const CHARACTERS: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };
const TOKEN = /<([^<>]*)>|&(?:amp|lt|gt);/g;
const DECORATION = /^\/?[bisc]$/;

export const escape = (text: string): string => text.replace(/[&<>]/g, (c) => ESCAPES[c] ?? c);

/** What a person sees, whom it notifies, and where its links lead. */
export function parse(markup: string): Shown {
  const pinged: string[] = [];
  const links: string[] = [];
  const text = markup.replace(TOKEN, (token, tag?: string) => {
    if (tag === undefined) return CHARACTERS[token] ?? token;
    if (DECORATION.test(tag)) return '';
    if (tag.startsWith('@') || tag.startsWith('!')) {
      const who = tag.slice(1);
      pinged.push(who);
      return `@${who}`;
    }
    if (tag.startsWith('#')) return tag;
    const [href = '', label] = tag.split('|');
    links.push(unescape(href));
    return unescape(label ?? href);
  });
  return { text, pinged, links };
}

const unescape = (markup: string): string => markup.replace(/&(?:amp|lt|gt);/g, (token) => CHARACTERS[token] ?? token);
