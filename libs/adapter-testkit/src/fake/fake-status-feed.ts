import type { StatusFeed } from '@musterhq/chat-port';

/** Each line is a trouble: its title, and after a bar where to read on. "All is well" alone is none. */
export const fakeStatusFeed = (address: string): StatusFeed => ({
  address: () => address,
  read(body) {
    const [head, ...lines] = body.trim().split('\n');
    if (head === 'All is well' && lines.length === 0) return [];
    if (head !== 'Trouble') return null;
    return lines.map((line) => {
      const [title = '', href] = line.split('|');
      return { title, ...(href === undefined ? {} : { href }) };
    });
  },
});
