import { request as plain } from 'node:http';
import { request as secure } from 'node:https';
import type { Addresses } from './addresses.ts';
import { problemOf, retryAfter, wordsFor } from './send.ts';

const TIMEOUT_MS = 10_000;

/** What was answered to a question; else why there is nothing, in words without anything of the answer. */
export type Got =
  | { readonly body: string; readonly problem: null }
  | { readonly problem: string; /** How long it wants to be left alone, where it says so. */ readonly retryAfterMs?: number };

/**
 * Asks for what is there for anybody, with nothing of ours in it. It never throws: whatever happens is an outcome. A redirect is not
 * followed, nothing is connected to that `addresses` does not let through, and an answer of more than `mostBytes` is none.
 */
export async function get(url: string, addresses: Addresses, stop: AbortSignal, mostBytes: number, timeoutMs = TIMEOUT_MS): Promise<Got> {
  const late = AbortSignal.timeout(timeoutMs);
  try {
    const target = new URL(url);
    addresses.mustBeAllowed(target);
    return await ask(target, addresses, mostBytes, AbortSignal.any([late, stop]));
  } catch (error) {
    if (stop.aborted) return { problem: 'Muster was stopped meanwhile.' };
    if (late.aborted) return { problem: `There was no answer within ${timeoutMs / 1_000} seconds.` };
    return { problem: wordsFor(error) };
  }
}

function ask(target: URL, addresses: Addresses, mostBytes: number, signal: AbortSignal): Promise<Got> {
  return new Promise((done, fail) => {
    const request = (target.protocol === 'https:' ? secure : plain)(target, {
      headers: { accept: 'application/json, */*;q=0.5', 'user-agent': 'Muster/1' },
      lookup: addresses.lookupFor(target),
      signal,
      // A connection of its own for each: one that is kept open would go on to an address that was good once.
      agent: false,
    });
    request.on('error', fail);
    request.on('response', (response) => {
      const problem = problemOf(response.statusCode ?? 0);
      if (problem !== null) {
        const retryAfterMs = retryAfter(response.headers['retry-after']);
        response.destroy();
        return done({ problem, ...(retryAfterMs === null ? {} : { retryAfterMs }) });
      }
      const pieces: Buffer[] = [];
      let bytes = 0;
      response.on('data', (piece: Buffer) => {
        bytes += piece.length;
        pieces.push(piece);
        if (bytes <= mostBytes) return;
        response.destroy();
        done({ problem: 'Its answer is longer than such an answer is.' });
      });
      response.on('error', fail);
      response.on('end', () => done({ body: Buffer.concat(pieces).toString('utf8'), problem: null }));
    });
    request.end();
  });
}
