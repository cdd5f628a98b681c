import 'reflect-metadata';
import type * as z from 'zod/mini';

type Schema = z.ZodMiniType;
/** "text/csv": for what is no JSON. */
export type MediaType = `${string}/${string}`;

/** What the API's document says of a route. Method, path and status are read from the route itself. */
export interface Description {
  /** What it does for whoever asks, in a sentence or two. */
  readonly says: string;
  readonly query?: z.ZodMiniObject;
  readonly headers?: z.ZodMiniObject;
  readonly body?: Schema | MediaType;
  /** Null: an answer without a body. */
  readonly answer: Schema | MediaType | null;
  /** For somebody who is not signed in as well. */
  readonly isPublic?: boolean;
}

type Kept<T> = T extends readonly (infer U)[] ? readonly Kept<U>[] : T extends object ? { readonly [K in keyof T]: Kept<T[K]> } : T;
type Answered<A> = A extends Schema ? Kept<z.output<A>> : unknown;
// A handler that sends its answer itself returns nothing.
type Handler<A> = (...args: never[]) => Promise<Answered<A>> | Answered<A> | Promise<void>;

const KEY = 'muster:described';

/**
 * Puts a route into `/api/openapi.json`. The schemas are the ones that its requests are parsed with; that its answers are
 * what is said is for the compiler to check. A route of `/api` without it fails test/api/openapi.spec.ts.
 */
export const Described =
  <const D extends Description>(description: D) =>
  <H extends Handler<D['answer']>>(_of: object, _name: string | symbol, { value }: TypedPropertyDescriptor<H>): void =>
    Reflect.defineMetadata(KEY, description, value as object);

export const descriptionOf = (handler: object): Description | undefined => Reflect.getMetadata(KEY, handler) as Description | undefined;
