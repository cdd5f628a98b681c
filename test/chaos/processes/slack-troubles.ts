import type { DeliveryFault, Fault } from '#adapters/slack/simulator/types';
import type { EventFault, Trouble } from './schedule.ts';
import { faultyCalls } from './slack-faults.ts';
import type { Fleet } from './slack-fleet.ts';
import type { TeamsFault } from './teams-faults.ts';
import { sendMalformed } from './slack-malformed.ts';

const LATE_MS = 1_500;

/** What one trouble is in each chat; in one of them nothing, when it strikes the other. */
interface ChatFaults {
  readonly slack: readonly Fault[];
  readonly teams: readonly TeamsFault[];
}

const EVENT_FAULTS: Readonly<Record<EventFault, DeliveryFault>> = {
  late: { kind: 'events-late', byMs: LATE_MS },
  'out of order': { kind: 'events-out-of-order', size: 5 },
  repeated: { kind: 'events-repeated', copies: 5 },
  twinned: { kind: 'events-twinned' },
  silent: { kind: 'events-silent' },
};

/** Lets trouble strike a fleet, and mends it when its time is over. */
export class Troubles {
  /** What was answered to bodies that nobody could have meant, and should not be answered so. */
  readonly badAnswers: string[] = [];
  private readonly faults = new Set<ChatFaults>();
  private readonly running = new Set<Promise<void>>();
  private databaseAway: Promise<void> = Promise.resolve();

  constructor(private readonly fleet: Fleet) {}

  /** Resolves when it is whole again. */
  strike(trouble: Trouble): Promise<void> {
    const running = this.suffer(trouble).finally(() => this.running.delete(running));
    this.running.add(running);
    return running;
  }

  async over(): Promise<void> {
    await Promise.all(this.running);
  }

  private async suffer(trouble: Trouble): Promise<void> {
    const { fleet } = this;
    switch (trouble.what) {
      case 'kill':
        return fleet.kill(trouble.whom);
      case 'stop':
        fleet.signal(trouble.whom, 'SIGSTOP');
        await lasting(trouble);
        return fleet.signal(trouble.whom, 'SIGCONT');
      case 'kill the database':
        return (this.databaseAway = this.databaseAway.then(() => fleet.killDatabase(trouble.forMs)));
      case 'line':
        return this.sever(trouble);
      case 'clock':
        await fleet.kill(trouble.whom, trouble.offMs);
        await lasting(trouble);
        return fleet.kill(trouble.whom);
      case 'calls':
        return this.with(trouble, { slack: faultyCalls(trouble.share), teams: [{ kind: 'calls', share: trouble.share }] });
      case 'events':
        return this.with(trouble, { slack: [EVENT_FAULTS[trouble.how]], teams: [{ kind: 'events', how: trouble.how }] });
      case 'chat away':
        return this.with(trouble, { slack: [{ kind: 'all', api: trouble.how }], teams: [{ kind: 'away', how: trouble.how }] });
      case 'malformed':
        this.badAnswers.push(...(await sendMalformed(fleet, trouble.which)));
    }
  }

  private async sever(trouble: Extract<Trouble, { what: 'line' }>): Promise<void> {
    const line = this.fleet.line(trouble.line);
    if (trouble.how === 'cut') return line.cut();
    if (trouble.how === 'half-open') return line.halfOpen();
    await line.fail(trouble.how);
    await lasting(trouble);
    await line.mend();
  }

  /** Of one chat, beside what is broken already. */
  private async with(trouble: Trouble & { readonly chat: string }, { slack, teams }: ChatFaults): Promise<void> {
    const faults: ChatFaults = trouble.chat === 'teams' ? { slack: [], teams } : { slack, teams: [] };
    this.faults.add(faults);
    this.fleet.slack.addFault(faults.slack);
    this.fleet.teams.setFaults([...this.faults].flatMap((one) => one.teams));
    await lasting(trouble);
    this.faults.delete(faults);
    this.fleet.slack.clearFaults();
    this.fleet.slack.addFault([...this.faults].flatMap((one) => one.slack));
    this.fleet.teams.setFaults([...this.faults].flatMap((one) => one.teams));
  }
}

const lasting = ({ forMs }: Trouble): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, forMs));
