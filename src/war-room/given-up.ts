import type { Switchboard } from '#src/platform/shedding/switchboard';
import type { WorkClass } from '#src/platform/shedding/work.types';

/** What somebody in a room would wait for in vain. */
const MISSED: readonly WorkClass[] = ['cards', 'nudges', 'mirrors', 'inbox', 'streams'];

/** What has been given up for now and is missed in a room, a sentence or two each. */
export class GivenUp {
  constructor(private readonly switchboard: Switchboard) {}

  lines(): string[] {
    return this.switchboard
      .all()
      .filter((work) => !work.on && MISSED.includes(work.class))
      .map(({ name, means, switch: said }) => `${name}: off. ${means}${said ? ` Why: ${said.why}` : ''}`);
  }

  /** The lines now, also when there are none, and again whenever they change. Returns how to stop. */
  watch(tell: (lines: readonly string[]) => void): () => void {
    let told: string | null = null;
    const look = (): void => {
      const lines = this.lines();
      const now = JSON.stringify(lines);
      if (now === told) return;
      told = now;
      tell(lines);
    };
    look();
    return this.switchboard.watch(look);
  }
}
