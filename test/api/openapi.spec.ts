import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Validator } from '@seriousme/openapi-schema-validator';
import { apiTypes } from '../../scripts/docs/api-types.mjs';
import { useApp } from '#test/support/app';
import { routesOf } from './routes-of.ts';

type Operation = { summary?: string; operationId?: string; responses: Record<string, { content?: object; $ref?: string }> };
interface Document {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
}

describe('What the API says of itself, at /api/openapi.json', () => {
  const app = useApp();
  const read = async (): Promise<Document> => (await app.api('GET', '/api/openapi.json', undefined, { authorization: '' })).body;

  it('names every route of /api that the process answers, and no other', async () => {
    const { paths } = await read();
    const said = Object.entries(paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const answered = routesOf(app)
      .filter((route) => route.includes(' /api/'))
      .map((route) => route.replace(/:(\w+)/g, '{$1}'));

    expect(answered.length).toBeGreaterThan(25);
    // Missing here? Put @Described (src/platform/http/openapi/described.ts) above its handler, and run `npm run docs`.
    expect(answered.filter((route) => !said.includes(route))).toEqual([]);
    expect(said.filter((route) => !answered.includes(route))).toEqual([]);
  });

  it('is valid OpenAPI 3.1', async () => {
    const { openapi, ...rest } = await read();
    expect(openapi).toBe('3.1.0');
    expect(await new Validator().validate(structuredClone({ openapi, ...rest }))).toEqual({ valid: true });
    expect((await new Validator().validate({ openapi, ...rest, paths: { x: 1 } })).valid).toBe(false);
  });

  it('says of every route what it does, under a name of its own, and how it refuses', async () => {
    const operations = Object.values((await read()).paths).flatMap((methods) => Object.values(methods));

    expect(operations.filter(({ summary = '' }) => summary.length < 10)).toEqual([]);
    expect(operations.filter(({ responses }) => responses['default']?.$ref !== '#/components/responses/Refusal')).toEqual([]);
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
  });

  it('has every list in pages that are asked for in one way', async () => {
    const document = await read();
    const parameters = (path: string): unknown =>
      (document.paths[path]?.['get'] as unknown as { parameters: { name: string; in: string }[] }).parameters
        .filter(({ in: where }) => where === 'query')
        .map(({ name }) => name)
        .filter((name) => name !== 'open');

    for (const list of [
      '/api/v1/incidents',
      '/api/v1/incidents/{id}/events',
      '/api/v1/incidents/{id}/files',
      '/api/v1/people',
      '/api/v1/audit',
      '/api/v1/operations/quarantine',
    ])
      expect({ list, parameters: parameters(list) }).toEqual({ list, parameters: ['after', 'limit'] });
  });

  it('is what the types of the client were made from', async () => {
    const committed = readFileSync(fileURLToPath(new URL('api-types.ts', import.meta.url)), 'utf8');
    // Different? `npm run docs`.
    expect(committed).toBe(await apiTypes(await read()));
  }, 30_000);
});
