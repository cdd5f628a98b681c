import { Counter, Gauge, Histogram, Registry } from 'prom-client';

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * What this process counts of itself, for Prometheus. Labels hold patterns and states, of which there are as many as we
 * wrote: never an id, a name or a word of a person.
 */
export class Metrics {
  readonly registry = new Registry();

  private readonly requests = new Histogram({
    name: 'muster_http_request_seconds',
    help: 'How long requests took, by the pattern of their route',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers: [this.registry],
  });

  private readonly visible = new Histogram({
    name: 'muster_post_visible_seconds',
    help: 'From the moment a message is kept until it is written to the pages that watch',
    buckets: SECONDS,
    registers: [this.registry],
  });

  private readonly streams = new Gauge({ name: 'muster_open_streams', help: 'Pages that watch a room live', registers: [this.registry] });

  private readonly failures = new Counter({
    name: 'muster_metrics_failed_total',
    help: 'Scrapes for which the database did not answer: then only what the process counts itself is there',
    registers: [this.registry],
  });

  request(method: string, route: string, status: number, ms: number): void {
    this.requests.observe({ method: METHODS.has(method) ? method : 'other', route, status: String(status) }, ms / 1_000);
  }

  postVisible(ms: number): void {
    // Two machines' clocks differ by a little; nothing is visible before it is kept.
    this.visible.observe(Math.max(0, ms) / 1_000);
  }

  scrapeFailed(): void {
    this.failures.inc();
  }

  openStreams(count: number): void {
    this.streams.set(count);
  }
}

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
