import * as z from 'zod/mini';
import { person } from './vocabulary.ts';

/** So many, and the sheet is one page. */
export const MOST_SHEET_NUMBERS = 12;
export const LONGEST_SHEET_NUMBER = 120;

/** Whom to call and which bridge to dial into, a line each, as it is to stand on everybody's sheet. */
const numbers = z
  .array(z.string().check(z.trim(), z.minLength(1), z.maxLength(LONGEST_SHEET_NUMBER)))
  .check(z.maxLength(MOST_SHEET_NUMBERS));

/** `PUT /api/v1/sheet` */
export const sheetNumbers = z.object({ numbers });

/** `GET /api/v1/sheet`: what is the same on everybody's sheet. `addresses`: where the war room is, the usual one first. */
export const sheet = z.object({ addresses: z.array(z.string()), numbers });

/** `GET /api/v1/me/codes`: how many codes of one's sheet are still good, and when and by whom they were printed. */
export const codesStanding = z.object({
  person,
  left: z.number(),
  printedAt: z.nullable(z.string()),
  printedBy: z.nullable(z.string()),
});

/** `POST /api/v1/me/codes`: `codes` are shown this once, and those printed before are good no more. */
export const codesPrinted = z.extend(codesStanding, { codes: z.array(z.string()) });
