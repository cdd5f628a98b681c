import { randomInt } from 'node:crypto';

/** None that is read as another one. */
const LETTERS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const LONG = 8;

/** A code that people carry from one place to the other. One of the usual length is good for minutes and a few tries only. */
export const newCode = (long = LONG): string => Array.from({ length: long }, () => LETTERS[randomInt(LETTERS.length)]).join('');

/** As it is shown, four letters at a time. */
export const spoken = (code: string): string => code.replace(/.{4}(?=.)/g, '$&-');

/** As it was made, however somebody wrote it. */
export const unspoken = (given: string): string => given.toUpperCase().replace(/[\s-]/g, '');
