/** Microseconds of a Slack timestamp (`1503435956.000247`), or undefined when it is none. A bare number of seconds counts too, as history takes it. */
export function micros(ts: string): bigint | undefined {
  const match = /^(\d{1,12})(?:\.(\d{1,6})\d*)?$/.exec(ts.trim());
  if (!match) return undefined;
  return BigInt(match[1] ?? '0') * 1_000_000n + BigInt((match[2] ?? '').padEnd(6, '0'));
}

export function fromMicros(value: bigint): string {
  return `${value / 1_000_000n}.${String(value % 1_000_000n).padStart(6, '0')}`;
}

/** The next ts of a channel: the clock's, or one above the last when the clock has not moved on. Unique in its channel, and in no wider circle. */
export function nextTs(nowMs: number, last: string | undefined): string {
  const now = BigInt(Math.floor(nowMs)) * 1000n;
  const after = last === undefined ? -1n : (micros(last) ?? -1n);
  return fromMicros(now > after ? now : after + 1n);
}
