import { AsyncLocalStorage } from 'node:async_hooks';

/** What is waited for in vain, because a mistake was planted, is not waited for as long as what only takes its time. */
const IN_HASTE = 0.2;

const share = new AsyncLocalStorage<number>();

/** How long to wait for something that would take so long at most. */
export const patient = (ms: number): number => ms * (share.getStore() ?? 1);

/** Runs it where waiting is most likely in vain. */
export const inHaste = <T>(run: () => Promise<T>): Promise<T> => share.run(IN_HASTE, run);
