import { isIP } from 'node:net';
import { z } from 'zod';

export const ROLES = ['web', 'ingest', 'worker', 'clock', 'practice'] as const;

/** What a process does. One build plays any of them, alone or together. */
export type Role = (typeof ROLES)[number];

const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const port = 'must be a whole number from 1 to 65535';
const megabytes = 'must be a whole number from 1 to 1024';

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
);

const host = z.string().regex(/^[a-z0-9][a-z0-9.-]*(:\d{1,5})?$/i, 'must be hosts, with a port where it is not 443, such as example.com');

const isNetwork = (given: string): boolean => {
  const [address = '', bits] = given.split('/');
  const kind = isIP(address);
  return given === 'loopback' || (kind > 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (kind === 4 ? 32 : 128))));
};

const network = z.string().refine(isNetwork, 'must be addresses or networks, such as 10.0.0.7 or 10.0.0.0/8, or loopback');

/** Written as people write it: 1, true, yes or on; 0, false, no or off. */
const flag = z.stringbool({ error: 'must be 1 or 0' });

/**
 * Everything the core reads from its environment, with its default.
 *
 * `docs/configuration.md` is generated from this schema. An adapter keeps its own schema beside its code, and it
 * is read only when the adapter is switched on.
 */
export const configSchema = z.object({
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'must look like postgres://user:password@host:5432/name' })
    .optional()
    .describe('The PostgreSQL that keeps everything. Without it Muster starts one of its own inside MUSTER_DATA'),
  PORT: z.coerce.number(port).int(port).min(1, port).max(65_535, port).default(3000).describe('Where the war room is served'),
  HOST: z.string().default('127.0.0.1').describe('The address to listen on. The default serves this machine only'),
  MUSTER_PROXIES: list
    .pipe(z.array(network))
    .default(['loopback'])
    .describe(
      'The proxies in front of Muster, whose word counts on where a request comes from: each address may try the doors thirty times a minute',
    ),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'must be an address people can open, such as https://muster.example.com' })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional()
    .describe(
      'The address people open, used in links; https here makes cookies secure. Passkeys are made for its name and good for no other, so choose one that stays, and not of a provider that falls with your chat. By default http://localhost with the port',
    ),
  MUSTER_OTHER_URLS: list
    .pipe(
      z.array(
        z
          .url({ protocol: /^https?$/, error: 'must be addresses people can open, such as https://muster.example.net' })
          .transform((url) => new URL(url).origin),
      ),
    )
    .default([])
    .describe(
      'Further addresses at which people reach the same war room, for the day on which the name in PUBLIC_URL is dead; https where that is. They stand on every sheet, and who came by one invites by it',
    ),
  MUSTER_DATA: z
    .string()
    .optional()
    .describe(
      'The folder for the database of its own, logs and uploads. By default .data in the project; as root in a folder closed to others, one below /var/lib/muster',
    ),
  MUSTER_FILE_MB: z.coerce
    .number(megabytes)
    .int(megabytes)
    .min(1, megabytes)
    .max(1024, megabytes)
    .default(25)
    .describe('How large a file may be that people add to a room, in megabytes'),
  MUSTER_S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'must be the name of a bucket')
    .optional()
    .describe(
      'The bucket that keeps files, instead of MUSTER_DATA; needed when Muster runs on more than one machine. It stays private: people never get an address of it',
    ),
  MUSTER_S3_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'must be an address such as https://s3.eu-central-1.amazonaws.com' })
    .optional()
    .describe('Where the bucket is, for a store other than Amazon or a region of its own. By default Amazon in MUSTER_S3_REGION'),
  MUSTER_S3_REGION: z.string().default('us-east-1').describe('The region of the bucket'),
  MUSTER_S3_ACCESS_KEY_ID: z
    .string()
    .optional()
    .describe('The key for the bucket. It needs s3:GetObject, s3:PutObject, s3:DeleteObject and s3:ListBucket'),
  MUSTER_S3_SECRET_ACCESS_KEY: z.string().optional().describe('The secret that belongs to MUSTER_S3_ACCESS_KEY_ID'),
  CHAT_ADAPTERS: list
    .default([])
    .describe('Chat platforms to join besides the war room, of those that come with Muster, for example slack'),
  MUSTER_CHATS: z
    .string()
    .optional()
    .describe(
      'A JSON file of chats to join besides the war room: adapters from outside, by the name of their package, and several of one kind. [Chats from a file](chats.md) says what is in it',
    ),
  MUSTER_DEADMAN_URL: z
    .url({ protocol: /^https?$/, error: 'must be an address such as https://hc-ping.com/…' })
    .optional()
    .describe(
      'An address outside that is asked once a minute while chats are watched, so that somebody is told when Muster itself is down. It is a secret: whoever knows it can say that Muster lives',
    ),
  MUSTER_PROBE_HOSTS: list
    .pipe(z.array(host))
    .default([])
    .describe(
      'Hosts of others, two are enough, to which Muster opens a connection now and then, so that a line of its own that is cut is not taken for a chat that is down. Choose some that have nothing to do with your chats',
    ),
  LOG_LEVEL: z
    .enum(LEVELS, `must be one of ${LEVELS.join(', ')}`)
    .default('info')
    .describe('How much is logged'),
  MUSTER_BOOTSTRAP_TOKEN: z
    .string()
    .min(24, 'must be at least 24 characters long')
    .optional()
    .describe('Lets whoever knows it sign in as the first administrator, for machines without a terminal'),
  MUSTER_METRICS_TOKEN: z
    .string()
    .min(24, 'must be at least 24 characters long')
    .optional()
    .describe('Lets Prometheus read /metrics with it, and see nothing else. Without it there is no /metrics'),
  MUSTER_SECRET: z
    .string()
    .min(32, 'must be at least 32 characters long')
    .optional()
    .describe(
      'Encrypts the secrets of chats, webhooks and notices in the database and in backups. Keep it apart from both, and the same on every machine. Without it, a Muster with its own database makes one and keeps it in `secret` of MUSTER_DATA; with DATABASE_URL they are kept as they are. Secrets of webhooks made before it was set stay readable there until they are made anew, those of chats are encrypted at the next start',
    ),
  MUSTER_WEBHOOK_NETWORKS: list
    .pipe(z.array(network))
    .default([])
    .describe(
      'Networks of your own that webhooks and notices may be sent to besides the internet, such as that of your mail server, such as 10.0.0.0/8; loopback is this machine',
    ),
  MUSTER_INSECURE_HTTP: flag.default(false).describe('Serve plain http to other machines, where anyone on the way can read along'),
  MUSTER_PRINT_SIGN_IN: flag.default(false).describe('Print the one-time sign-in link even when the output is not a terminal'),
  MUSTER_ROLES: list
    .pipe(z.array(z.enum(ROLES, `must be some of ${ROLES.join(',')}`)))
    .default([...ROLES])
    .describe('What a single process does when it is run without the supervisor; npm start sets it for its children'),
});

type Parsed = z.infer<typeof configSchema>;

export type Config = Readonly<Parsed & { PUBLIC_URL: string }>;
