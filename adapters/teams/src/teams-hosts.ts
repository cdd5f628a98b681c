import type { TeamsConfig } from './teams-config.ts';

/** Every region of the public cloud's Bot Connector is a path of this one host. */
const CONNECTOR = 'https://smba.trafficmanager.net';

/**
 * Whether an address is Teams' own, as far as this configuration goes: the public Bot Connector, in whatever region, or what stands in
 * its place in the configuration. Nothing that came with a request adds to that list.
 */
export function isServiceOf({ serviceUrl }: Pick<TeamsConfig, 'serviceUrl'>, url: string | undefined): boolean {
  if (url === undefined || !URL.canParse(url)) return false;
  const { origin, username, password } = new URL(url);
  return username === '' && password === '' && [CONNECTOR, new URL(serviceUrl).origin].includes(origin);
}
