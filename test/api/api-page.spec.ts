import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { TOKEN, useApp } from '#test/support/app';
import { curlsOf } from './curls.ts';

const PAGE = readFileSync(fileURLToPath(new URL('../../docs/api.md', import.meta.url)), 'utf8');

describe('What docs/api.md shows', () => {
  const app = useApp();

  it('is done, one after the other', async () => {
    const answers = [];
    for (const { method, path, headers, body } of curlsOf(PAGE)) {
      const response = await fetch(new URL(path, app.url), {
        method,
        headers: { ...headers, Authorization: `Bearer ${TOKEN}` },
        ...(body === '' ? {} : { body }),
      });
      answers.push([response.status, await response.json()]);
    }

    expect(answers).toHaveLength(PAGE.match(/^curl /gm)?.length ?? 0);
    expect(answers).toEqual([
      [201, expect.objectContaining({ number: 'INC-1', title: 'Payments are slow' })],
      [200, { seq: expect.any(Number) as number, say: expect.stringContaining('You lead now') as string }],
      [
        200,
        {
          incidents: [expect.objectContaining({ number: 'INC-1', lead: expect.anything() as object })],
          next: expect.any(String) as string,
          more: false,
        },
      ],
      [
        200,
        expect.objectContaining({
          events: expect.arrayContaining([expect.objectContaining({ type: 'incident.role-changed' })]) as object,
          more: false,
        }),
      ],
    ]);
  });
});
