import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { whyLinkIsDead } from '#src/people/sign-in-link';
import { useApp } from '#test/support/app';

describe('Printing a sign-in link', () => {
  const app = useApp({ roles: ['web'] });

  it('says nothing more when Muster is there', async () => {
    expect(await whyLinkIsDead(app.url)).toBeNull();
  });

  it('says that somebody else is at the address, and after they left that nobody is', async () => {
    const stranger = createServer((_request, response) => response.end('<h1>It works</h1>'));
    await new Promise<void>((listening) => stranger.listen(0, '127.0.0.1', listening));
    const url = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`;

    expect(await whyLinkIsDead(url)).toContain(`What answers at ${url} is not Muster`);
    await new Promise((closed) => stranger.close(closed));
    expect(await whyLinkIsDead(url)).toContain(`Muster does not answer at ${url}. Start it first`);
  });
});
