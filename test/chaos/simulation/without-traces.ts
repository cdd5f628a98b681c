import { AsyncLocalStorage } from 'node:async_hooks';

const TRACE = '0'.repeat(32);

/**
 * Lets everything in this thread belong to one trace, until the answer is called. Nobody reads the lines of simulated nights, and
 * carrying a trace from promise to promise takes a third of their time.
 */
export function withoutTraces(): () => void {
  const { getStore, run } = AsyncLocalStorage.prototype;
  AsyncLocalStorage.prototype.getStore = () => TRACE;
  AsyncLocalStorage.prototype.run = (_trace: unknown, work: (...args: unknown[]) => unknown, ...args: unknown[]) => work(...args);
  return () => Object.assign(AsyncLocalStorage.prototype, { getStore, run });
}
