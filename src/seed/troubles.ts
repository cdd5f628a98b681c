/** What breaks, and how people talk of it. `{…}` is filled in. */
export interface Trouble {
  readonly title: string;
  readonly kind?: 'near_miss' | 'planned';
  /** Those that it comes with, one drawn as likely as any other. */
  readonly severities: readonly ('SEV1' | 'SEV2' | 'SEV3')[];
  readonly seen: readonly string[];
  readonly found: readonly string[];
  readonly done: readonly string[];
  readonly learned: readonly string[];
}

export const SERVICES = [
  ...['checkout', 'payments', 'search', 'login', 'billing', 'mobile-api', 'notifications', 'catalogue', 'shipping', 'image-resizer'],
  ...['recommendations', 'warehouse-sync', 'invoices', 'gateway', 'reporting'],
] as const;

export const REGIONS = ['eu-north', 'eu-west', 'us-east', 'us-west', 'ap-south'] as const;

export const TROUBLES: readonly Trouble[] = [
  {
    title: '{Service} is slow in {region}',
    severities: ['SEV2', 'SEV3', 'SEV3'],
    seen: ['p99 of {service} is at {n} s since {time}, it was 0.4 s before', 'Dashboards agree: only {region}, the others are fine'],
    found: [
      'The connection pool of {service} is used up: `pool_wait {n}.2s`',
      'One replica does a sequential scan: the planner lost an index after the analyze',
    ],
    done: ['Pool size doubled, waiting is down to 20 ms', 'Index is back, latency falls'],
    learned: ['We alert on pool saturation, not only on latency', 'The index is checked by the migration test now'],
  },
  {
    title: '{Service} answers 5xx after a deploy',
    severities: ['SEV1', 'SEV2', 'SEV2'],
    seen: ['5xx of {service} went from 0 to {n} % right after the deploy of {time}', 'Every second request fails, retries hide some of it'],
    found: [
      'The new build reads a setting that {region} does not have',
      'A null in the response of `/v2/quote` is not handled, stack trace is in the log',
    ],
    done: ['Rolled back {service} to the build of yesterday', 'Setting added, new instances come up healthy'],
    learned: ['A missing setting ends the start instead of the first request', 'Deploys go to one region first and wait ten minutes'],
  },
  {
    title: 'Queue of {service} grows',
    severities: ['SEV2', 'SEV3'],
    seen: ['{n}0,000 jobs are waiting, oldest is from {time}', 'Workers look busy, but nothing gets done'],
    found: ['One poisonous job is retried for ever and holds its lane', 'Workers wait for a lock that a forgotten transaction holds'],
    done: ['Job put aside by hand, lanes move again', 'Transaction ended, queue drains at 900 a second'],
    learned: ['A job that fails three times is put aside by itself', 'Idle transactions end after five seconds'],
  },
  {
    title: 'Certificate of {service} runs out tonight',
    kind: 'near_miss',
    severities: ['SEV3'],
    seen: [
      'The check of certificates says six hours left for {service}.example.com',
      'Renewal has been failing for {n} days, nobody was told',
    ],
    found: ['The renewal lost its permission on the DNS zone when we moved it'],
    done: ['Renewed by hand, valid for 90 days', 'Permission given back, renewal ran through'],
    learned: ['A renewal that fails tells somebody the same day'],
  },
  {
    title: 'Disk of the {service} database fills up',
    kind: 'near_miss',
    severities: ['SEV3', 'SEV2'],
    seen: ['The disk grows by {n} GB an hour, full at about {time}', 'Write-ahead log is not removed'],
    found: ['A replication slot nobody reads keeps the log', 'A debug flag writes every query to disk'],
    done: ['Slot dropped, 140 GB free', 'Flag off, old files removed'],
    learned: ['Slots have a limit now', 'An alert at six hours left, not at 90 %'],
  },
  {
    title: 'Failover of {service} to {region}',
    kind: 'planned',
    severities: ['SEV3'],
    seen: ['We start at {time} as announced', 'Traffic is drained, replica lag 0'],
    found: ['Two clients have the old address pinned, we call them'],
    done: ['{region} serves everything, errors below 0.01 %', 'Old primary is a replica now'],
    learned: ['The list of pinned clients is checked a week before'],
  },
  {
    title: 'Customers are charged twice',
    severities: ['SEV1', 'SEV2'],
    seen: ['Support has {n} tickets of double charges since {time}', 'Both charges have different idempotency keys'],
    found: [
      'The retry makes a new key instead of sending the old one again',
      'The gateway answers late, our time-out is shorter than theirs',
    ],
    done: ['Retry switched off for charges, refunds are prepared', 'The key is kept over retries, deployed everywhere'],
    learned: ['A retry sends the same key: a test replays a late answer'],
  },
  {
    title: 'Nobody can sign in with single sign-on',
    severities: ['SEV1', 'SEV2'],
    seen: ['Sign-in answers "invalid audience" for everybody with single sign-on', 'Passwords and passkeys still work'],
    found: ['The provider rotated its signing key, we cached the old one for a day'],
    done: ['Cache emptied on all {n} instances, sign-ins go through'],
    learned: ['An unknown key makes us fetch the keys again, once a minute at most'],
  },
  {
    title: 'Mails of {service} land in spam',
    severities: ['SEV3'],
    seen: ['Delivery to two large providers fell to {n} %', 'It began after the change of the sending address'],
    found: ['The DKIM record of the new domain has a typing error'],
    done: ['Record corrected, test mails arrive'],
    learned: ['New sending domains are tested from outside before they are used'],
  },
  {
    title: '{Service} shows prices of yesterday',
    severities: ['SEV2', 'SEV3'],
    seen: ['Prices in {region} are {n} hours old', 'The import ran, the cache was not told'],
    found: ['Invalidation goes to a topic that was renamed last week'],
    done: ['Cache emptied by hand, prices are right', 'Topic corrected and tested with one product'],
    learned: ['A topic is renamed by reading both for a while'],
  },
  {
    title: 'DNS of {service} does not resolve for some',
    severities: ['SEV2', 'SEV1'],
    seen: ['Some resolvers answer SERVFAIL for {service}.example.com', 'About {n} % of users, mostly mobile networks'],
    found: ['DNSSEC signatures ran out at {time}: the signer was stopped with the old cluster'],
    done: ['Zone signed again, resolvers recover as caches run out'],
    learned: ['Signatures are watched from outside'],
  },
  {
    title: 'Memory of {service} grows until it is killed',
    severities: ['SEV3', 'SEV2'],
    seen: ['{service} restarts every {n} minutes in {region}', 'The kernel ends it: out of memory'],
    found: ['The new report keeps every row in memory', 'A leak in the client for images, fixed upstream last week'],
    done: ['Report switched off, memory is flat', 'Client updated, memory is flat for an hour'],
    learned: ['Reports are streamed, and a limit ends those that are not'],
  },
];

/** Said in any incident. */
export const TALK: readonly string[] = [
  'I am looking',
  'Joining, what do we know?',
  'Anything changed in the last hour?',
  'Deploys are stopped until we know more',
  'Support sees {n} new tickets',
  'Can somebody check {region}?',
  '{region} looks fine from here',
  'I have the logs open, one moment',
  'Trying it on one instance first',
  'One instance is healthy with it, going on with the rest',
  'Error rate is at {n} %, it was 0.02 %',
  'Next look in ten minutes',
  'That graph is in UTC, mind the hour',
  'I call the provider',
  'The provider says that they see it too',
  'Ticket with the provider is open, they answer within the hour',
  'No change after the restart',
  'Please nobody restart anything without saying so here',
  'Sales asks whether the demo at {time} is safe. I told them to wait',
  'Numbers are coming down',
  'Half of the fleet is done',
  'I write the update for support',
  'Customers in {region} confirm that it works again',
  'Let us watch it for a quarter of an hour',
  'Getting coffee, back in five',
  'We had this in spring, look for "{service}" in the old incidents',
];

export const WHY_NOT = [
  'Planned work, announced last week',
  'One customer only, support goes on with it',
  'A test environment',
  'The check was wrong, not the service',
];
