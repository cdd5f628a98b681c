const TOKEN = /<(\/?)([a-z0-9]+)((?: [a-z-]+="[^"<>]*")*)>|([^<>]+)/gy;
const REFERENCE = /&(?!(?:amp|lt|gt|quot|#39);)/;
const EMPTY = new Set(['br', 'hr']);

/**
 * The elements of a piece of HTML and their attributes. Stricter than a browser on purpose: everything has to be
 * quoted, closed in order and escaped, so there is nothing left for a browser to guess. Throws when it is not.
 */
export function markupOf(html: string): { element: string; attributes: [string, string][] }[] {
  const found: { element: string; attributes: [string, string][] }[] = [];
  const open: string[] = [];
  let at = 0;
  for (const token of html.matchAll(TOKEN)) {
    const [all, closing, element, attributes = '', words] = token;
    at += all.length;
    if (words !== undefined || element === undefined) {
      if (REFERENCE.test(all)) throw new Error(`An unescaped & in ${all}`);
    } else if (closing === '/') {
      if (open.pop() !== element) throw new Error(`</${element}> closes nothing in ${html}`);
    } else {
      found.push({ element, attributes: [...attributes.matchAll(/ ([a-z-]+)="([^"]*)"/g)].map(([, name, value]) => [name!, value!]) });
      if (!EMPTY.has(element)) open.push(element);
    }
  }
  if (at !== html.length || open.length > 0) throw new Error(`Not well formed after ${at} characters: ${html}`);
  return found;
}
