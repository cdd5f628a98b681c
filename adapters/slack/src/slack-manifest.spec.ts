import { slackManifest } from './slack-manifest.ts';

describe('The manifest to paste into Slack', () => {
  it('needs no address with sockets', () => {
    const manifest = slackManifest({ name: 'Muster', socketMode: true });
    expect(manifest).toMatchSnapshot();
    expect(manifest).not.toContain('url');
  });

  it('gives one address for everything without them', () => {
    const manifest = slackManifest({ name: 'Muster "EU"', requestUrl: 'https://muster.example.test/hooks/slack', socketMode: false });
    expect(manifest.match(/https:\/\/muster\.example\.test\/hooks\/slack/g)).toHaveLength(3);
    expect(manifest).toContain('name: "Muster \\"EU\\""');
    expect(manifest).toContain('socket_mode_enabled: false');
  });

  it('asks Slack for the metadata by which we know our own posts', () => {
    expect(slackManifest({ name: 'Muster', socketMode: true })).toMatch(/metadata_subscriptions:\n.*\n\s+event_type: "muster_delivery"/);
  });
});
