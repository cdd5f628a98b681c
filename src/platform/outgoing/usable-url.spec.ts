import { Addresses } from './addresses.ts';
import { usableUrl } from './usable-url.ts';

describe('Giving an address to send to', () => {
  const refused = (url: string, own: readonly string[] = []): string => {
    try {
      return usableUrl(url, new Addresses(own));
    } catch (error) {
      return (error as Error).message;
    }
  };

  it('takes a name on the internet, in its usual form', () => {
    expect(refused('https://Example.com/muster#top')).toBe('https://example.com/muster');
    expect(refused('https://localhost.example.com/')).toBe('https://localhost.example.com/');
  });

  it.each(['https://localhost', 'https://localhost:8443/hook', 'https://board.localhost/'])('refuses %s, which is this machine', (url) => {
    expect(refused(url)).toMatch(/That is this machine\. If it is meant, start Muster with MUSTER_WEBHOOK_NETWORKS=loopback/);
    expect(refused(url, ['loopback'])).toBe(new URL(url).href);
  });
});
