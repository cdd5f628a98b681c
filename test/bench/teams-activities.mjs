import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dist, send } from './support.mjs';

const PATIENCE_MS = 60_000;

/** A pretend Teams whose activities are sent by hand, with one token for all of them as Teams does for an hour, to whoever is measured. */
export async function teamsWithActivities() {
  const { TeamsSimulator } = await import(dist('adapters/teams/simulator/teams-simulator.js').href);
  const teams = new TeamsSimulator(Date.now);
  await teams.open();
  const { id: room } = teams.conversations.add('bench', 'channel');
  const { authorization } = teams.told({});
  const folder = mkdtempSync(join(tmpdir(), 'muster-bench-teams-'));
  const chats = join(folder, 'chats.json');
  const { appId, tenant: tenantId, serviceUrl, url: loginUrl, openIdMetadataUrl } = teams;
  const config = { appId, tenantId, serviceUrl, loginUrl, openIdMetadataUrl };
  writeFileSync(
    chats,
    JSON.stringify([{ id: 'teams', plugin: 'teams', config, secrets: { client_secret: { env: 'BENCH_TEAMS_SECRET' } } }]),
  );

  let n = 0;
  const tell = async (port, path) => {
    const body = JSON.stringify(teams.say('ana', room, `Rollback at ${++n} %`).told);
    return send({ port, path, headers: { 'content-type': 'application/json', authorization }, body });
  };

  return {
    config,
    /** What makes Muster speak with it. */
    environment: { MUSTER_CHATS: chats, BENCH_TEAMS_SECRET: teams.secret },
    /** One message of a person's; resolves with the milliseconds until it was answered. */
    async deliver(port, path) {
      const { status, ms } = await tell(port, path);
      if (status !== 200) throw new Error(`${path} answered ${status}`);
      return ms;
    },
    /** Microsoft's SDK takes its time to load. */
    async untilLetIn(port, path) {
      const letIn = () =>
        tell(port, path).then(
          ({ status }) => status,
          ({ message }) => message,
        );
      for (const end = Date.now() + PATIENCE_MS; ; await new Promise((resolve) => setTimeout(resolve, 200))) {
        const answer = await letIn();
        if (answer === 200) return;
        if (Date.now() > end) throw new Error(`${path} answers ${answer}`);
      }
    },
    async close() {
      await teams.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
