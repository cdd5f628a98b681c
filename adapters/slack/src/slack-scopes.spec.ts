import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { slackManifest } from './slack-manifest.ts';
import { EVENTS_FOR_ANY, SCOPES, missingScopes } from './slack-scopes.ts';
import { TIERS } from './slack-tiers.ts';

const HERE = new URL('.', import.meta.url).pathname;
/** Methods that any token may call, by Slack's pages of them. */
const FREE = ['auth.test', 'apps.connections.open', 'views.open', 'views.publish', 'views.push', 'views.update'];
const METHOD = /'((?:apps|auth|bookmarks|chat|conversations|files|pins|reactions|usergroups|users|views)\.[a-zA-Z.]+)'/g;

const called = new Set(
  readdirSync(HERE, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts') && !['slack-scopes.ts', 'slack-tiers.ts'].includes(name))
    .flatMap((name) => [...readFileSync(join(HERE, name), 'utf8').matchAll(METHOD)].map(([, method = '']) => method)),
);
// By its family; see reactions in outbound/messages.ts.
const methodsOfScopes = new Set(SCOPES.flatMap(({ methods = [] }) => methods));

describe('What the app is allowed', () => {
  it('is enough for every method that is called', () => {
    expect(called.size).toBeGreaterThan(20);
    expect([...called].filter((method) => !methodsOfScopes.has(method) && !FREE.includes(method))).toEqual([]);
  });

  it('is no more than what is called or subscribed to', () => {
    const idle = SCOPES.filter(
      ({ name, methods = [], events = [] }) => name !== 'commands' && events.length === 0 && !methods.some((method) => called.has(method)),
    );

    expect(idle).toEqual([]);
    expect([...methodsOfScopes].filter((method) => !called.has(method))).toEqual([]);
  });

  it('says of every method that is called how often it may be', () => {
    const counted = Object.values(TIERS).flatMap((methods) => Object.keys(methods));

    expect([...called].filter((method) => !counted.includes(method) && !FREE.includes(method))).toEqual(['chat.postMessage']);
    expect(counted.filter((method) => !called.has(method))).toEqual([]);
  });

  it('has a reason each, for whoever has to grant it', () => {
    for (const { to } of SCOPES) expect(to).toMatch(/^[a-z].{2,}[a-z]$/);
    expect(new Set(SCOPES.map(({ name }) => name)).size).toBe(SCOPES.length);
  });

  it('is what the manifest asks for, with the events that come of it', () => {
    const manifest = slackManifest({ name: 'Muster', socketMode: true });
    const events = [...new Set([...SCOPES.flatMap(({ events = [] }) => events), ...EVENTS_FOR_ANY])].sort();

    expect(listIn(manifest, 'bot:')).toEqual(SCOPES.map(({ name }) => name));
    expect(listIn(manifest, 'bot_events:')).toEqual(events);
  });

  it('is compared with what Slack says that it was given', () => {
    const all = SCOPES.map(({ name }) => name);

    expect(missingScopes([...all, 'team:read'])).toEqual([]);
    expect(missingScopes(all.filter((name) => name !== 'files:write'))?.map(({ name }) => name)).toEqual(['files:write']);
    expect(missingScopes(undefined)).toBeNull();
  });
});

function listIn(manifest: string, heading: string): string[] {
  const lines = manifest.split('\n');
  const first = lines.findIndex((line) => line.trim() === heading) + 1;
  const end = lines.findIndex((line, at) => at >= first && !line.trim().startsWith('- '));
  return lines.slice(first, end).map((line) => JSON.parse(line.trim().slice(2)) as string);
}
