/** Every controller of a module and of those that it imports, without starting any of them. */
export function controllersOf(module, seen = new Set()) {
  if (!module || seen.has(module)) return [];
  seen.add(module);
  const of = module.module ?? module;
  const all = (key) => [...(module[key] ?? []), ...(Reflect.getMetadata(key, of) ?? [])];
  return [...all('controllers'), ...all('imports').flatMap((one) => controllersOf(one, seen))];
}
