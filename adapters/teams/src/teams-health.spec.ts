import { type Attempt, type Fault, type Health, done, refused } from '@musterhq/chat-port';
import { TeamsHealth } from './teams-health.ts';

const AWAY: Fault = { code: 'unavailable', scope: 'tenant' };
const REVOKED: Fault = { code: 'auth', scope: 'tenant', remedy: 'reauthorize' };

/** The login answers these in turn, and the last of them from then on. */
async function statesAfter(...answers: Attempt<unknown>[]): Promise<Health['state'][]> {
  const states: Health['state'][] = [];
  const end = answers.at(-1)!;
  await new Promise<void>((over) => {
    const look = (): Promise<Attempt<unknown>> => {
      const answer = answers.shift();
      if (!answer) over();
      return Promise.resolve(answer ?? end);
    };
    const health = new TeamsHealth(look, () => 0, undefined, 1);
    health.health$.subscribe({ next: ({ state }) => states.push(state), complete: () => over() });
    void health.watch().then(() => (end.outcome === 'done' ? undefined : over()));
    if (end.outcome === 'done') health.health$.subscribe(({ state }) => state === 'ready' && health.stop());
  });
  return states;
}

describe('How Teams is', () => {
  it('is ready when the bot has its token, and not before', async () => {
    expect(await statesAfter(done('token'))).toEqual(['starting', 'ready', 'stopped']);
  });

  it('is offline while there is no token to be had, and back by itself', async () => {
    expect(await statesAfter(refused(AWAY), refused(AWAY), done('token'))).toEqual(['starting', 'offline', 'ready', 'stopped']);
  });

  it('says when the secret is refused', async () => {
    expect(await statesAfter(refused(REVOKED))).toEqual(['starting', 'unauthorized']);
  });

  it('says nothing more once it is stopped', () => {
    const health = new TeamsHealth(
      () => Promise.resolve(done('token')),
      () => 0,
    );
    const states: Health['state'][] = [];
    health.health$.subscribe(({ state }) => states.push(state));

    health.stop();
    health.notice(done('sent'));
    health.stop();

    expect(states).toEqual(['starting', 'stopped']);
  });
});
