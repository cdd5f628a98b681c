import { randomBytes, randomInt } from 'node:crypto';
import { Draw } from './draw.ts';
import { Simulator } from './simulator.ts';
import type { SlackApp, SlackSimulator, SlackSimulatorOptions, SlackTeam } from './types.ts';

/** Starts a pretend Slack on the loopback, and resolves when it can be reached. */
export async function startSlackSimulator(o: SlackSimulatorOptions = {}): Promise<SlackSimulator> {
  const draw = new Draw(o.seed ?? randomInt(2 ** 32));
  const team: SlackTeam = o.team ?? { id: draw.id('T'), name: 'Pretend' };
  const simulator = new Simulator({ ...o, draw, team, app: withSecrets(o.app ?? {}, draw) });
  await simulator.start();
  return simulator;
}

/** Secrets come from the system's chance, never from the seed: a seed is printed in test reports. */
function withSecrets(given: Partial<SlackApp>, draw: Draw): SlackApp {
  const id = given.id ?? draw.id('A');
  return {
    id,
    name: given.name ?? 'Muster',
    botToken: given.botToken ?? `xoxb-${randomBytes(24).toString('hex')}`,
    appToken: given.appToken ?? `xapp-1-${id}-${randomBytes(24).toString('hex')}`,
    signingSecret: given.signingSecret ?? randomBytes(16).toString('hex'),
    botUserId: given.botUserId ?? draw.id('U'),
    botId: given.botId ?? draw.id('B'),
  };
}
