import { ConfigError } from '#src/platform/config/config';
import { Refusal } from './refusal.ts';

/** Runs a command of the terminal: what a person can put right is said in one line, with exit code 1. */
export async function program(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Refusal || error instanceof ConfigError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
