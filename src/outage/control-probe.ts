import { connect } from 'node:net';

const WHILE_WELL_MS = 60_000;
const IN_TROUBLE_MS = 5_000;
const WAIT_MS = 3_000;
/** What was found out longer ago says nothing of now. */
const GOOD_FOR_MS = 15_000;

/**
 * Tells our own line from theirs: whether anything outside can be reached, by a connection to hosts that have nothing to do with a
 * chat. Only a line that has worked can be cut: where it never did, a proxy stands between, and nothing is claimed.
 */
export class ControlProbe {
  private hasWorked = false;
  private latest = { at: -Infinity, reached: true };
  private asking = false;

  /** `hosts`: "example.com:443". None, and nothing is ever claimed. */
  constructor(
    private readonly hosts: readonly string[],
    private readonly reach: (host: string) => Promise<boolean> = isReached,
  ) {}

  /** What the last connections say. Makes the next ones beside, when it is time for them; never waits. */
  isCutOff(inTrouble: boolean, now = performance.now()): boolean {
    if (this.hosts.length > 0 && !this.asking && now - this.latest.at >= (inTrouble ? IN_TROUBLE_MS : WHILE_WELL_MS)) void this.ask(now);
    return this.hasWorked && !this.latest.reached && now - this.latest.at < GOOD_FOR_MS;
  }

  private async ask(now: number): Promise<void> {
    this.asking = true;
    const reached = (await Promise.all(this.hosts.map((host) => this.reach(host)))).some(Boolean);
    this.hasWorked ||= reached;
    this.latest = { at: now, reached };
    this.asking = false;
  }
}

function isReached(host: string): Promise<boolean> {
  const { hostname, port } = new URL(`tcp://${host}`);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port || 443) });
    const end = (reached: boolean): void => {
      socket.destroy();
      resolve(reached);
    };
    socket.once('connect', () => end(true)).once('error', () => end(false));
    // A name that nobody looks up has no connection to be timed.
    setTimeout(() => end(false), WAIT_MS).unref();
  });
}
