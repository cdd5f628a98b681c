import type { LoggerService } from '@nestjs/common';
import type { Log } from './logging.ts';

/** What Nest says goes the same way as everything else; its start-up chatter is for us. */
export class NestLog implements LoggerService {
  constructor(private readonly to: Log) {}

  log(message: unknown): void {
    this.to.debug({ nest: String(message) }, 'nest');
  }
  warn(message: unknown): void {
    this.to.warn({ nest: typeof message }, 'nest warns');
  }
  error(message: unknown, ...rest: unknown[]): void {
    const error = [message, ...rest].find((part) => part instanceof Error);
    this.to.error(error ? { error } : { nest: typeof message }, 'nest reports an error');
  }
}
