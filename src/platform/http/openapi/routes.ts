import 'reflect-metadata';
import { RequestMethod, type Type } from '@nestjs/common';
import { type Description, descriptionOf } from './described.ts';

/** A route of a controller, as Nest has it. */
export interface Route {
  readonly method: string;
  /** As Express knows it: "/api/v1/incidents/:id". */
  readonly path: string;
  readonly status: number;
  /** "incidents.list": names a route for good, so that a generated client's functions do. */
  readonly name: string;
  readonly description: Description | undefined;
}

/** Every route of these controllers, by what Nest's own decorators left on them. */
export function routesOf(controllers: readonly Type[]): Route[] {
  return controllers.flatMap((controller) => {
    const prototype = controller.prototype as Record<string, object>;
    return Object.getOwnPropertyNames(prototype)
      .filter((name) => name !== 'constructor' && Reflect.hasMetadata('method', prototype[name] as object))
      .flatMap((name) => routesOfHandler(controller, name, prototype[name] as object));
  });
}

function routesOfHandler(controller: Type, name: string, handler: object): Route[] {
  const method = RequestMethod[meta<number>('method', handler) ?? 0] ?? 'ALL';
  const status = meta<number>('__httpCode__', handler) ?? (method === 'POST' ? 201 : 200);
  const paths = pathsOf(controller).flatMap((front) => pathsOf(handler).map((rest) => joined(front, rest)));
  const capability = controller.name.replace(/(Pages)?Controller$/, '').replace(/^\w/, (c) => c.toLowerCase());
  return paths.map((path) => ({ method, path, status, name: `${capability}.${name}`, description: descriptionOf(handler) }));
}

const meta = <T>(key: string, of: object): T | undefined => Reflect.getMetadata(key, of) as T | undefined;
const pathsOf = (of: object): string[] => [meta<string | string[]>('path', of) ?? '/'].flat();
const joined = (...parts: string[]): string =>
  `/${parts
    .flatMap((part) => part.split('/'))
    .filter((part) => part !== '')
    .join('/')}`;
