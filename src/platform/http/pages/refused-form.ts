import type { Request, Response } from 'express';
import { problemOf } from '../problems.ts';
import { type Html, html } from './html.ts';

/** A form of a settings page that could not be used: shown again with why, and with what was typed. */
export interface RefusedForm {
  /** Where it was sent: the `action` of the form that it is. */
  readonly action: string;
  readonly why: string;
  readonly status: number;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Done: to `back`. Refused, by what can be put right in the form: the page `again`. */
export async function afterForm(
  request: Request,
  response: Response,
  change: Promise<unknown>,
  { back, again }: { readonly back: string; readonly again: (refused: RefusedForm) => Promise<void> },
): Promise<void> {
  try {
    await change;
    response.redirect(303, back);
  } catch (error) {
    const { status, detail } = problemOf(error);
    if (status !== 400 && status !== 409) throw error;
    await again({ action: request.path, why: detail, status, fields: (request.body ?? {}) as RefusedForm['fields'] });
  }
}

/** Above the fields of the form that is sent there. */
export const whyRefused = (refused: RefusedForm | null, action: string): Html =>
  html`${refused?.action === action && html`<p class="problem" role="alert">${refused.why}</p>`}`;

/** What was typed into it, or what stands there otherwise. */
export function typed(refused: RefusedForm | null, action: string, field: string, otherwise = ''): string {
  const given = refused?.action === action ? refused.fields[field] : undefined;
  return typeof given === 'string' ? given : otherwise;
}
