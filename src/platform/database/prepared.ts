/** PostgreSQL plans a statement anew each time it is asked, unless it was prepared: for most of ours that costs as much as the work. */
const USES_BEFORE = 5;
/** Each connection keeps each of them. We have some four hundred; a text that is put together anew each time must not fill the server. */
const MOST = 500;

const seen = new Map<string, { uses: number; readonly name: string }>();

/** The name under which a statement is kept on each connection, once it has been asked a few times. */
export function preparedName(text: string): string | undefined {
  const known = seen.get(text);
  if (known) return ++known.uses > USES_BEFORE ? known.name : undefined;
  if (seen.size < MOST) seen.set(text, { uses: 1, name: `often-${seen.size}` });
  return undefined;
}
