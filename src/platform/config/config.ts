import { type Config, configSchema } from './config.schema.ts';
import { nearest } from '#libs/words/nearest';
import type { Environment } from './environment.ts';
import { LOOPBACK, addressesOf } from './addresses-of.ts';

/** Thrown once, at start, naming every wrong variable: one restart should be enough to fix them all. Shows no values. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(
      problems.length === 1
        ? `The environment is not usable: ${problems[0]}`
        : ['The environment is not usable:', ...problems].join('\n  - '),
    );
    this.name = 'ConfigError';
  }
}

/** A variable set to nothing counts as not set. */
export function readConfig(environment: Environment): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
  const result = configSchema.safeParse(given);
  if (!result.success) throw new ConfigError(result.error.issues.map(({ path, message }) => `${String(path[0])} ${message}`));

  const config = { ...result.data, PUBLIC_URL: result.data.PUBLIC_URL ?? `http://localhost:${result.data.PORT}` };
  // Who signs in at one address would otherwise be out again at the other: a cookie over TLS goes nowhere else.
  if (addressesOf(config).some((address) => isSecure(address) !== isSecure(config.PUBLIC_URL))) {
    throw new ConfigError(['MUSTER_OTHER_URLS must be https where PUBLIC_URL is, and http where that is']);
  }
  if (servesPlainHttpToOthers(config) && !config.MUSTER_INSECURE_HTTP) {
    throw new ConfigError([
      'HOST and PUBLIC_URL together would serve plain http to other machines. Put https in front and set PUBLIC_URL to its address, or accept it with MUSTER_INSECURE_HTTP=1',
    ]);
  }
  if (config.MUSTER_S3_BUCKET && !(config.MUSTER_S3_ACCESS_KEY_ID && config.MUSTER_S3_SECRET_ACCESS_KEY)) {
    throw new ConfigError(['MUSTER_S3_BUCKET needs MUSTER_S3_ACCESS_KEY_ID and MUSTER_S3_SECRET_ACCESS_KEY too']);
  }
  return config;
}

/** Variables that look like ours and are not: a typo would otherwise be obeyed by nobody, in silence. */
export function unknownVariables(environment: Environment): readonly string[] {
  const known = Object.keys(configSchema.shape);
  const ours = known.filter((name) => name.startsWith('MUSTER_'));
  return Object.keys(environment)
    .filter((name) => name.startsWith('MUSTER_') && !known.includes(name))
    .map((name) => {
      const [meant] = nearest(name, ours);
      return `${name} is not a variable that Muster knows, and was ignored. ${meant ? `Did you mean ${meant}?` : `It knows ${ours.join(', ')}.`}`;
    });
}

const isSecure = (address: string): boolean => address.startsWith('https:');

function servesPlainHttpToOthers(config: Config): boolean {
  const isHere = [config.HOST, ...addressesOf(config).map((address) => new URL(address).hostname)].every((host) => LOOPBACK.test(host));
  return !isSecure(config.PUBLIC_URL) && !isHere;
}
