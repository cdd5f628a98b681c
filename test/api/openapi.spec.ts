import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Validator } from '@seriousme/openapi-schema-validator';
import { apiTypes } from '../../scripts/docs/api-types.mjs';
import { useApp } from '#test/support/app';
import { routesOf } from './routes-of.ts';

type Operation = {
  summary?: string;
  operationId?: string;
  parameters?: Parameter[];
  responses: Record<string, { content?: object; $ref?: string }>;
};
interface Document {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
}

/** What an organisation sets up, or what one thing has: few, and of no use in parts. Search goes on in its own way. */
const COMES_WHOLE = [
  '/api/v1/announcements',
  '/api/v1/chats',
  '/api/v1/incidents/{id}/addable',
  '/api/v1/incidents/{id}/messages/{messageId}/heard',
  '/api/v1/incidents/{id}/snapshot',
  '/api/v1/me',
  '/api/v1/notices/ways',
  '/api/v1/operations',
  '/api/v1/practice/{id}',
  '/api/v1/roles',
  '/api/v1/search',
  '/api/v1/sheet',
  '/api/v1/statuses',
  '/api/v1/teams',
  '/api/v1/webhooks',
];

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

  it('has every list that grows in pages that are asked for in one way', async () => {
    const { paths } = await read();
    const lists = Object.entries(paths).flatMap(([path, { get }]) => (get && isList(get) ? [{ path, get }] : []));
    const paged = ({ get }: (typeof lists)[number]): boolean => ['after', 'limit'].every((name) => asksFor(get, name));

    expect(lists.filter((list) => !paged(list)).map(({ path }) => path)).toEqual(COMES_WHOLE);
    expect(lists.filter(paged).length).toBeGreaterThan(6);
  });

  it('is what the types of the client were made from', async () => {
    const committed = readFileSync(fileURLToPath(new URL('api-types.ts', import.meta.url)), 'utf8');
    // Different? `npm run docs`.
    expect(committed).toBe(await apiTypes(await read()));
  });
});

const asksFor = (get: Operation, name: string): boolean => get.parameters?.some((one) => one.in === 'query' && one.name === name) ?? false;

/** Its answer has a list at its top. */
function isList(get: Operation): boolean {
  const content = get.responses['200']?.content as
    Record<string, { schema: { properties?: Record<string, { type?: string }> } }> | undefined;
  return Object.values(content?.['application/json']?.schema.properties ?? {}).some(({ type }) => type === 'array');
}
