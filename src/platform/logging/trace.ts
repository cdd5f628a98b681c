import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';

const traces = new AsyncLocalStorage<string | undefined>();

/** W3C `traceparent`: version, trace id, parent id, flags. */
const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}(-.*)?$/;
const NONE = '0'.repeat(32);

/** 32 hexadecimal digits, as W3C Trace Context has them. */
export const newTrace = (): string => randomBytes(16).toString('hex');

/** The trace of whoever called, where it sent one that can be used; otherwise a new one. */
export function traceFrom(traceparent: string | string[] | undefined): string {
  const sent = typeof traceparent === 'string' ? TRACEPARENT.exec(traceparent)?.[1] : undefined;
  return sent && sent !== NONE ? sent : newTrace();
}

/** All that is done in `work`, and everything it waits for, belongs to this trace: its log lines, events and deliveries carry it. */
export const withTrace = <T>(trace: string | null, work: () => T): T => traces.run(trace ?? newTrace(), work);

/** What is done for nobody in particular, though somebody's request may have woken it: loops, timers. */
export const withoutTrace = <T>(work: () => T): T => traces.run(undefined, work);

export const currentTrace = (): string | null => traces.getStore() ?? null;
