/**
 * A copy of anything that the port hands over in which rooms of one chat have the address of another. `withPeople`: people as well.
 * Everything else is as it was.
 */
export function readdress<T>(value: T, from: string, to: string, withPeople: boolean): T {
  return changed(value, (one) =>
    one['adapter'] === from && (typeof one['room'] === 'string' || (withPeople && typeof one['user'] === 'string'))
      ? { ...one, adapter: to }
      : one,
  ) as T;
}

type Plain = Readonly<Record<string, unknown>>;

function changed(value: unknown, change: (one: Plain) => Plain): unknown {
  if (Array.isArray(value)) return value.map((each) => changed(each, change));
  if (!isPlain(value)) return value;
  return change(Object.fromEntries(Object.entries(value).map(([key, each]) => [key, changed(each, change)])));
}

/** What came out of JSON or an object's braces: bytes, streams and the like are handed on as they are. */
const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value) as null);
