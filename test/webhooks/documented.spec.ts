import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newSecret, signed } from '#src/platform/outgoing/signature';
import { useApp } from '#test/support/app';
import { curlsOf } from '#test/api/curls';
import { blocksOf } from '#test/repository/documents/blocks';
import { ROOT } from '#test/repository/rules/planted';
import { TOKEN } from '#test/support/app';

const PAGE = readFileSync(join(ROOT, 'docs/webhooks.md'), 'utf8');

type IsFromMuster = (headers: Record<string, string>, body: string, secret: string, now?: number) => boolean;

describe('What docs/webhooks.md tells a receiver', () => {
  const app = useApp({ roles: ['web'] });
  const at = new Date();
  const body = JSON.stringify({ type: 'incident.declared', data: { title: 'Kasse: "ä"' } });

  it('to check a signature by is right', async () => {
    const [block] = blocksOf('docs/webhooks.md', PAGE).filter(({ language }) => language === 'js');
    const { isFromMuster } = (await import(`data:text/javascript,${encodeURIComponent(block?.code ?? '')}`)) as {
      isFromMuster: IsFromMuster;
    };
    const [fresh, old] = [newSecret(), newSecret()];
    const headers = signed({ id: 'msg_1', at, body }, [fresh, old]);

    expect([isFromMuster(headers, body, fresh), isFromMuster(headers, body, old)]).toEqual([true, true]);
    expect(isFromMuster(headers, body, newSecret())).toBe(false);
    expect(isFromMuster(headers, body.replace('Kasse', 'Kiosk'), fresh)).toBe(false);
    expect(isFromMuster({ ...headers, 'webhook-id': 'msg_2' }, body, fresh)).toBe(false);
    expect(isFromMuster(headers, body, fresh, at.getTime() + 3_600_000)).toBe(false);
  });

  it('to make one with is answered', async () => {
    const [making] = curlsOf(PAGE);
    const response = await fetch(new URL(making?.path ?? '', app.url), {
      method: making?.method ?? '',
      headers: { ...making?.headers, Authorization: `Bearer ${TOKEN}` },
      body: making?.body ?? '',
    });

    expect([response.status, await response.json()]).toEqual([
      201,
      expect.objectContaining({ name: 'Status board', secret: expect.stringMatching(/^whsec_/) as string }),
    ]);
  });
});
