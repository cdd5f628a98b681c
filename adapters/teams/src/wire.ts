/** What comes over the wire is believed only as far as it was looked at. */
export type Wire = Readonly<Record<string, unknown>>;

const isWire = (value: unknown): value is Wire => typeof value === 'object' && value !== null && !Array.isArray(value);
export const wireOf = (value: unknown): Wire => (isWire(value) ? value : {});
export const wiresOf = (value: unknown): Wire[] => (Array.isArray(value) ? value.filter(isWire) : []);
export const stringOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
