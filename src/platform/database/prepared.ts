/** PostgreSQL plans a statement anew each time it is asked, unless it was prepared: for most of ours that costs more than the work. */
const USES_BEFORE = 5;
/** Each connection keeps each of them. */
const MOST_NAMES = 500;
/** A text that is put together anew each time must fill neither the server nor us, nor keep others from being counted. */
const MOST_COUNTED = 1_000;

const names = new Map<string, string>();
const uses = new Map<string, number>();

/** The name under which a statement is kept on each connection, once it has been asked a few times. */
export function preparedName(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= MOST_NAMES) return known;
  const used = (uses.get(text) ?? 0) + 1;
  if (used <= USES_BEFORE) {
    if (uses.size >= MOST_COUNTED) uses.clear();
    uses.set(text, used);
    return undefined;
  }
  uses.delete(text);
  const name = `often-${names.size}`;
  names.set(text, name);
  return name;
}
