import type * as z from 'zod/mini';
import { problem } from '#libs/war-room-protocol/views';
import { Refused, Unreachable } from './errors.ts';

/** 4xx answers that are about the moment, not about what was asked. */
const TRY_LATER: readonly number[] = [408, 425, 429];

/** Fetch that knows two ways to fail: `Refused`, where the server said why, and `Unreachable`, where asking again may work. */
export async function ask(url: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(url, { credentials: 'same-origin', ...init }).catch((cause: unknown) => {
    throw new Unreachable('Muster did not answer.', { cause });
  });
  if (response.ok) return response;
  const said = problem.safeParse(await response.json().catch(() => null));
  if (response.status >= 500 || TRY_LATER.includes(response.status)) throw new Unreachable(said.data?.detail ?? 'Muster did not answer.');
  throw new Refused(
    response.status,
    said.data?.detail ?? `Muster refused this (${response.status}) and did not say why. Reload the page and try again.`,
  );
}

/** What arrives is checked: a page and a server of different ages must notice it here and not somewhere on the screen. */
export async function askFor<S extends z.ZodMiniType>(schema: S, url: string, init: RequestInit = {}): Promise<z.output<S>> {
  const response = await ask(url, { signal: AbortSignal.timeout(15_000), ...init });
  const body = schema.safeParse(await response.json().catch(() => undefined));
  if (body.success) return body.data;
  throw unknownAnswer(response.status);
}

export function unknownAnswer(status: number): Refused {
  return new Refused(status, 'Muster answered in a way this page does not know. Reload the page to get the newest one.');
}

export function post(body: unknown, headers: Readonly<Record<string, string>> = {}): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}
