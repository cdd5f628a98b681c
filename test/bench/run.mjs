import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { commandToCard } from './command-to-card.mjs';
import { deliveries } from './deliveries.mjs';
import { firstPages } from './first-pages.mjs';
import { inboundCpu } from './inbound-cpu.mjs';
import { logAppend } from './log-append.mjs';
import { postVisible } from './post-visible.mjs';
import { slackAck } from './slack-ack.mjs';
import { durableDatabase } from './support.mjs';
import { teamsAck } from './teams-ack.mjs';
import { threeSurfaces } from './three-surfaces.mjs';

/** Each number stands beside the limit measured in the same run on the same machine: ratios travel, milliseconds do not. */
const benches = {
  'log.append': logAppend,
  'post-visible': postVisible,
  'slack-ack': slackAck,
  'teams-ack': teamsAck,
  'inbound-cpu': inboundCpu,
  deliveries,
  'command-to-card': commandToCard,
  'three-surfaces': threeSurfaces,
  'first-pages': firstPages,
};
const wanted = process.argv.slice(2);
const results = [];
for (const [name, bench] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const database = await durableDatabase();
  try {
    const result = await bench(database.url);
    results.push(result);
    console.log(`${result.met ? 'met ' : 'MISS'}  ${String(result.ratio).padStart(5)}  (${result.goal})  ${result.name}`);
  } finally {
    await database.stop();
  }
}

const report = { at: new Date().toISOString(), node: process.version, cpus: cpus().length, results };
if (wanted.length === 0) writeFileSync(fileURLToPath(new URL('./results.json', import.meta.url)), `${JSON.stringify(report, null, 2)}\n`);
console.log(JSON.stringify(report));
process.exit(results.every(({ met }) => met) ? 0 : 1);
