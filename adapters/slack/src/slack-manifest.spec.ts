import { readFileSync } from 'node:fs';
import { slackManifest } from './slack-manifest.ts';

const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

describe('The manifest to paste into Slack', () => {
  it('needs no address with sockets', () => {
    const manifest = slackManifest({ name: 'Muster', socketMode: true });
    expect(manifest).not.toContain('url');
  });

  it('gives one address for everything without them', () => {
    const manifest = slackManifest({ name: 'Muster "EU"', requestUrl: 'https://muster.example.test/hooks/slack', socketMode: false });
    expect(manifest.match(/https:\/\/muster\.example\.test\/hooks\/slack/g)).toHaveLength(3);
    expect(manifest).toContain('name: "Muster \\"EU\\""');
    expect(manifest).toContain('socket_mode_enabled: false');
  });

  it('is the one that the README shows', () => {
    expect(README).toContain(slackManifest({ name: 'Muster', socketMode: true }));
  });

  it('asks Slack for the metadata by which we know our own posts', () => {
    expect(slackManifest({ name: 'Muster', socketMode: true })).toMatch(/metadata_subscriptions:\n.*\n\s+event_type: "muster_delivery"/);
  });
});
