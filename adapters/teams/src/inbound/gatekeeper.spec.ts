import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseConfig } from '../teams-config.ts';
import { Gatekeeper } from './gatekeeper.ts';

const SERVICE = 'https://smba.trafficmanager.net/emea/';

/** Nobody signed it: nobody gets as far as looking. */
const token = (): string => {
  const parts = [{ alg: 'RS256', kid: 'a-key' }, { iss: 'https://api.botframework.com', aud: 'our-app' }, 'signature'];
  return `Bearer ${parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}`;
};

describe('Who keeps the gate for Teams', () => {
  it('does not wait for ever for keys that do not come, nor let those behind wait', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((listening) => silent.listen(0, '127.0.0.1', listening));
    const { port } = silent.address() as AddressInfo;
    const config = parseConfig({
      appId: 'our-app',
      tenantId: 'contoso',
      openIdMetadataUrl: `http://127.0.0.1:${port}/${crypto.randomUUID()}`,
    });
    const gatekeeper = new Gatekeeper(config, 20);
    const activity = { type: 'message', channelId: 'msteams', serviceUrl: SERVICE };

    expect(await Promise.all([gatekeeper.verdict(activity, token()), gatekeeper.verdict(activity, token())])).toEqual([
      'no-keys',
      'no-keys',
    ]);

    silent.closeAllConnections();
    await new Promise((closed) => silent.close(closed));
  });
});
