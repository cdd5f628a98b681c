import type { LoggerService } from '@nestjs/common';
import type { Log } from './logging.ts';

/** What Nest says goes the same way as everything else; its start-up chatter is for us. */
export class NestLog implements LoggerService {
  constructor(private readonly to: Log) {}

  log(message: unknown): void {
    this.to.debug({ nest: String(message) }, 'nest');
  }
  warn(message: unknown): void {
    this.to.warn({ nest: String(message) }, 'nest');
  }
  error(message: unknown, ...rest: unknown[]): void {
    this.to.error({ nest: String(message), details: rest.map(String).join(' ').slice(0, 2_000) }, 'nest');
  }
}
