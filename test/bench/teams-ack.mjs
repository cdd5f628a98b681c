import { fileURLToPath } from 'node:url';
import { atRate, child, freePort, median, muster, percentile, round } from './support.mjs';
import { teamsWithActivities } from './teams-activities.mjs';

const PER_SECOND = 300;
const SECONDS = 6;
const PAIRS = 3;
const BARE = fileURLToPath(new URL('./bare-cloud-adapter.mjs', import.meta.url));

/** How long Teams waits for its answer at 300 activities a second, each durable before it is answered. */
export async function teamsAck(url) {
  const teams = await teamsWithActivities();
  const { appId, tenantId, loginUrl, openIdMetadataUrl } = teams.config;
  const bare = (port, env = {}) =>
    child(BARE, {
      PORT: String(port),
      APP_ID: appId,
      TENANT_ID: tenantId,
      LOGIN_URL: loginUrl,
      OPEN_ID_METADATA_URL: openIdMetadataUrl,
      ...env,
    });
  const [barePort, durablePort, ourPort] = [await freePort(), await freePort(), await freePort()];
  const processes = [
    await bare(barePort, { DATABASE_URL: '' }),
    await bare(durablePort, { DATABASE_URL: url }),
    await muster(url, ourPort, teams.environment),
  ];
  await teams.untilLetIn(barePort, '/');
  await teams.untilLetIn(durablePort, '/');
  await teams.untilLetIn(ourPort, '/hooks/teams');

  const measure = async (port, path) => {
    await atRate(PER_SECOND, 2, () => teams.deliver(port, path));
    const took = await atRate(PER_SECOND, SECONDS, () => teams.deliver(port, path));
    return { p50: round(percentile(took, 50)), p99: round(percentile(took, 99)) };
  };

  const pairs = [];
  for (let turn = 0; turn < PAIRS; turn++)
    pairs.push({
      limit: await measure(barePort, '/'),
      withOneInsert: await measure(durablePort, '/'),
      mine: await measure(ourPort, '/hooks/teams'),
    });
  await Promise.all(processes.map((one) => one.stop()));
  await teams.close();

  const ratio = median(pairs.map(({ limit, mine }) => mine.p99 / limit.p99));
  return {
    name: 'answer to activities of Teams at 300/s, durable, p99, of a bare CloudAdapter that keeps nothing',
    unit: 'times the limit, less is better',
    ratio: round(ratio),
    goal: '<= 3',
    met: ratio <= 3,
    details: { perSecond: PER_SECOND, pairs },
  };
}
