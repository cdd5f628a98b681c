/** A server knows no reader's zone, so it names its own. */
export const clock = (at: Date): string => `${at.toISOString().slice(11, 16)} UTC`;
