import type { Type } from '@nestjs/common';
import * as z from 'zod/mini';
import { problem } from '#libs/war-room-protocol/views';
import { COMPONENTS } from './components.ts';
import type { Description } from './described.ts';
import { type Route, routesOf } from './routes.ts';

type Json = Record<string, unknown>;

const ABOUT = `Everything a person can do in Muster, for programs.

Send \`Authorization: Bearer <token>\`; /settings/tokens makes one. It needs the scope \`read\` for GET and \`write\` for everything else, and
\`admin\` besides for settings, people, tokens, webhooks, invitations, audit and operations; 403 names the one that is missing. Every error is
\`application/problem+json\`, and its \`detail\` says what happened and what to do next. 429 comes after 3,000 requests a minute in rooms,
or 600 elsewhere, and \`Retry-After\` says when to come back. Lists that grow come in pages: at most \`limit\`, and the rest from \`after\` with the \`next\` that came, while \`more\` is true. What a log
holds only grows, so its \`next\` stays good for ever.`;

/** OpenAPI 3.1 of every route below /api, from the schemas that its requests are parsed with. */
export function openApiDocument(controllers: readonly Type[]): Json {
  const schemas: Json = {};
  const paths: Record<string, Json> = {};
  const routes = routesOf(controllers).filter(({ path }) => path.startsWith('/api/'));
  for (const { description, ...route } of routes.sort((a, b) => order(a).localeCompare(order(b)))) {
    if (!description) continue;
    (paths[templateOf(route.path)] ??= {})[route.method.toLowerCase()] = operation(route, description, schemas);
  }
  const refusal = {
    description: 'What happened and what to do next',
    content: { 'application/problem+json': { schema: jsonOf(problem, 'output', schemas) } },
  };
  return {
    openapi: '3.1.0',
    info: { title: 'Muster', version: '1', description: ABOUT, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    security: [{ token: [] }, { session: [] }],
    paths,
    components: {
      schemas: Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => a.localeCompare(b))),
      responses: { Refusal: refusal },
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'A token of the API' },
        session: { type: 'apiKey', in: 'cookie', name: 'muster', description: 'A signed-in browser. Over https its name is __Host-muster' },
      },
    },
  };
}

const order = ({ path, method }: Pick<Route, 'path' | 'method'>): string => `${path} ${method}`;
const templateOf = (path: string): string => path.replace(/:(\w+)/g, '{$1}');

function operation({ path, status, name }: Omit<Route, 'description'>, description: Description, schemas: Json): Json {
  const { says, query, headers, body, answer, isPublic } = description;
  const parameters = [
    ...[...path.matchAll(/:(\w+)/g)].map(([, named]) => ({ name: named, in: 'path', required: true, schema: { type: 'string' } })),
    ...(query ? parametersOf('query', query, schemas) : []),
    ...(headers ? parametersOf('header', headers, schemas) : []),
  ];
  return {
    operationId: name,
    summary: says,
    tags: [path.split('/').find((part) => part !== '' && part !== 'api' && part !== 'v1')],
    ...(isPublic ? { security: [] } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body ? { requestBody: { required: true, content: contentOf(body, 'input', schemas) } } : {}),
    responses: {
      [status]: { description: 'Done', ...(answer ? { content: contentOf(answer, 'output', schemas) } : {}) },
      default: { $ref: '#/components/responses/Refusal' },
    },
  };
}

function contentOf(what: NonNullable<Description['answer']>, io: 'input' | 'output', schemas: Json): Json {
  if (typeof what !== 'string') return { 'application/json': { schema: jsonOf(what, io, schemas) } };
  return { [what]: { schema: what === 'application/octet-stream' ? { type: 'string', format: 'binary' } : { type: 'string' } } };
}

function parametersOf(where: 'query' | 'header', of: z.ZodMiniObject, schemas: Json): Json[] {
  const { properties = {}, required = [] } = jsonOf(of, 'input', schemas) as { properties?: Record<string, Json>; required?: string[] };
  return Object.entries(properties).map(([name, schema]) => ({ name, in: where, required: required.includes(name), schema }));
}

/** The schema as JSON Schema; what has a name goes to the components and is referred to. */
function jsonOf(schema: z.ZodMiniType, io: 'input' | 'output', schemas: Json): unknown {
  const {
    $schema: _dialect,
    $defs = {},
    ...own
  } = z.toJSONSchema(schema, { io, metadata: COMPONENTS, unrepresentable: 'any' }) as Json & { $defs?: Json };
  Object.assign(schemas, JSON.parse(referred($defs)));
  return JSON.parse(referred(own));
}

const referred = (json: Json): string => JSON.stringify(json).replaceAll('"#/$defs/', '"#/components/schemas/');
