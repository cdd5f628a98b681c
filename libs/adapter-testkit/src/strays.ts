import { setImmediate as turn } from 'node:timers/promises';

/** Errors that nobody caught. Watched, they do not end the process, and with it the report of everything before them. */
export interface Strays {
  /** What has come since it was asked last, those of this moment included. */
  taken(): Promise<unknown[]>;
  ignore(): void;
}

export function watchStrays(): Strays {
  let come: unknown[] = [];
  const keep = (error: unknown): void => void come.push(error);
  process.on('unhandledRejection', keep);
  process.on('uncaughtException', keep);
  return {
    async taken() {
      await turn();
      const taken = come;
      come = [];
      return taken;
    },
    ignore() {
      process.off('unhandledRejection', keep);
      process.off('uncaughtException', keep);
    },
  };
}
