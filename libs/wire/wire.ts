/** What comes over the wire is believed only as far as it was looked at. */
export type Wire = Readonly<Record<string, unknown>>;

export const isWire = (value: unknown): value is Wire => typeof value === 'object' && value !== null && !Array.isArray(value);
export const wireOf = (value: unknown): Wire => (isWire(value) ? value : {});
export const wiresOf = (value: unknown): Wire[] => (Array.isArray(value) ? value.filter(isWire) : []);
export const stringOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
export const numberOf = (value: unknown): number | undefined => (typeof value === 'number' && Number.isFinite(value) ? value : undefined);
