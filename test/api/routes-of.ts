import type { TestApp } from '#test/support/app';

interface Layer {
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
}

/** More methods than anybody writes down one by one. */
const EVERY_METHOD = 10;

/** Every route of the running app, as "GET /api/v1/incidents/:id". */
export function routesOf(app: TestApp): readonly string[] {
  const { stack } = app.http.router as unknown as { readonly stack: readonly Layer[] };
  const routes = stack.flatMap(({ route }) => {
    if (!route) return [];
    const methods = Object.keys(route.methods);
    return methods.length > EVERY_METHOD ? [`ALL ${route.path}`] : methods.map((method) => `${method.toUpperCase()} ${route.path}`);
  });
  return [...new Set(routes)];
}
