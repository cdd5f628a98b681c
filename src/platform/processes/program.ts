import { ConfigError } from '#src/platform/config/config';
import { type DescribedError, describeError } from '#src/platform/logging/describe-error';
import { Refusal } from './refusal.ts';

/** Runs a command of the terminal: what a person can put right is said in one line, with exit code 1. */
export async function program(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const isForPeople = error instanceof Refusal || error instanceof ConfigError;
    console.error(isForPeople ? error.message : inLines(describeError(error)));
    process.exitCode = 1;
  }
}

/** Without its own words, which may quote what people wrote. */
const inLines = ({ name, code, says, at = [] }: DescribedError): string =>
  [[`It could not be done: ${name}`, code, says].filter(Boolean).join(', '), ...at.map((place) => `    at ${place}`)].join('\n');
