import { uuidv7 } from 'uuidv7';
import type { Tx } from '#src/platform/database/database';
import { MUSTER } from '#src/platform/log/event.types';
import type { StreamLog } from '#src/platform/log/log';
import { organisationStream } from '#src/platform/log/organisation-stream';
import type { MirrorTrouble } from '#src/rooms/gaps/mirror-trouble.service';
import { type Seen, keepStanding, takeWord } from './health-rows.ts';
import type { OutageEvents, SurfaceChanged } from './outage.events.ts';
import type { Decision, Standing, Transition } from './outage.types.ts';
import { worstAdmittedNow } from './status-feed.queries.ts';

/**
 * Writes down what was decided of a chat, and does to its mirrors what follows from it, in one transaction: no room ever
 * shows what was not decided. False, and nothing done, when another watcher decided in the meantime.
 */
export class WriteDecision {
  constructor(
    private readonly log: StreamLog,
    private readonly trouble: MirrorTrouble,
  ) {}

  async write(tx: Tx, name: string, seen: Seen, { state, transition }: Decision): Promise<boolean> {
    if (!(await keepStanding(tx, seen, seen.standing, state))) return false;
    if (seen.said) await takeWord(tx, seen, seen.said);
    if (transition) await this.tellMirrors(tx, seen, transition, state);
    else if (isStray(seen, state.state)) await this.trouble.catchUp(tx, seen, new Date(seen.now));
    if (transition) await this.announce(tx, name, seen, transition, state);
    return true;
  }

  private async tellMirrors(tx: Tx, seen: Seen, { to, why, saidBy }: Transition, { goodAt, cutOff }: Standing): Promise<void> {
    switch (to) {
      case 'suspect':
        return this.trouble.suspect(tx, seen, new Date(goodAt), why);
      case 'down':
        return this.trouble.park(tx, seen, new Date(goodAt), why, saidBy, cutOff === true);
      case 'recovering':
      case 'ok':
        return this.trouble.catchUp(tx, seen, new Date(seen.now), saidBy);
    }
  }

  private async announce(tx: Tx, name: string, seen: Seen, { from, to, why, saidBy }: Transition, state: Decision['state']): Promise<void> {
    // Behind a cut line nobody was asked.
    const admits = state.cutOff ? null : await worstAdmittedNow(tx, seen.instance);
    const data: SurfaceChanged = {
      instance: seen.instance,
      tenant: seen.tenant,
      name,
      from,
      why,
      ...(state.half ? { half: state.half } : {}),
      ...(state.cutOff ? { cutOff: true } : {}),
      ...(admits ? { admits } : {}),
      strikes: state.strikes,
      ...(saidBy ? { saidBy } : {}),
      goodAt: new Date(state.goodAt).toISOString(),
      fell: momentOf(state.fellAt ?? seen.standing?.fellAt ?? null),
      calls: { bad: seen.calls.filter(({ good }) => !good).length, all: seen.calls.length },
    };
    await this.log.append<keyof OutageEvents, SurfaceChanged>(tx, await organisationStream(tx), {
      id: uuidv7(),
      type: `surface.${to}`,
      by: saidBy ?? null,
      via: (saidBy && seen.said?.via) ?? MUSTER,
      data,
    });
  }
}

const momentOf = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** A mirror that was parked while the chat was already returning: nobody else would tell it. */
const isStray = ({ unread }: Seen, state: Decision['state']['state']): boolean => unread > 0 && (state === 'ok' || state === 'recovering');
