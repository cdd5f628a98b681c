import type { Summary } from './backup.types.ts';

const STEPS = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const;

export function sizeOf(bytes: number): string {
  let [size, step] = [bytes, 0];
  for (; size >= 1000 && step < STEPS.length - 1; step++) size /= 1000;
  return `${step === 0 ? size : size.toFixed(1)} ${STEPS[step]}`;
}

/** "12 incidents, 3 files and 4512 rows in 31 tables". */
export const countsOf = ({ incidents, artifacts, rows, tables }: Summary): string =>
  `${count(incidents, 'incident')}, ${count(artifacts, 'file')} and ${count(rows, 'row')} in ${count(tables, 'table')}`;

/** When it was, as somebody wants to read it who is about to go back to then. */
export const when = (iso: string): string => `${iso.slice(0, 19).replace('T', ' ')} UTC`;

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;
