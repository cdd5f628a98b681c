import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { TOKEN, useApp } from '#test/support/app';

const README = readFileSync(fileURLToPath(new URL('../../README.md', import.meta.url)), 'utf8');

describe('What the README says of the API and of commands', () => {
  const app = useApp({ roles: ['web', 'ingest', 'worker'] });

  it('is answered as it says, when its curl is sent', async () => {
    const request = curlOf(README);
    const send = () =>
      fetch(new URL(request.path, app.url), {
        method: request.method,
        headers: { ...request.headers, Authorization: `Bearer ${TOKEN}` },
        body: request.body,
      });

    const first = await send();
    const incident: unknown = await first.json();

    expect([first.status, incident]).toEqual([
      201,
      expect.objectContaining({ number: 'INC-1', url: `${app.url}/i/INC-1`, severity: 'SEV2', title: 'Checkout is failing' }),
    ]);
    expect(await (await send()).json()).toEqual(incident);
  });

  it('is understood, each command of its table', async () => {
    const { number } = await app.anIncident();
    const commands = [...README.matchAll(/^\| `\/incident ([^`]+)`/gm)].map(([, text]) => text ?? '');
    expect(commands.length).toBeGreaterThanOrEqual(5);

    for (const text of commands) {
      const { status, body } = await app.does(number, 'command', { text: `/${text}` });
      expect({ text, status, body }).toEqual({
        text,
        status: 200,
        body: expect.objectContaining({ say: expect.not.stringMatching(/not know|unknown/i) }),
      });
    }

    const { body } = await app.api('GET', `/api/v1/incidents/${number}`);
    expect(body).toMatchObject({ severity: 'SEV1', status: 'resolved', learned: 'We alert on pool saturation now' });
  });
});

interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** The one curl of the README. A shell is not asked to run it: curl is not on every machine that tests. */
function curlOf(text: string): Request {
  const [, method = '', path = ''] = /^curl -X (\w+) http:\/\/localhost:3000(\S+)/m.exec(text) ?? [];
  const headers = [...text.matchAll(/^ +-H '([^:]+): ([^']+)'/gm)].map(([, name = '', value = '']) => [name, value] as const);
  const [, body = ''] = /^ +-d '([^']+)'/m.exec(text) ?? [];
  return { method, path, headers: Object.fromEntries(headers), body };
}
