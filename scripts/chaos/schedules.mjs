// Bad minutes for real processes (test/chaos/processes): schedules of trouble, drawn from a seed and judged.
import { inProject } from '../prepare/project.mjs';

/** Waits of the schedules are divided by this. */
const PACE = 100;

/** Whether every promise held. Each that did not is printed with the command that repeats its troubles. */
export async function liveThrough({ seed, schedules }) {
  const { liveThroughChaos } = await import(inProject('dist/test/chaos/processes/slack-chaos.js'));
  let broken = 0;
  let unknown = 0;
  const began = Date.now();
  for await (const lived of liveThroughChaos({ seed, schedules, pace: PACE }, console.log)) {
    const { breaches, unjudged, memory, ...rest } = lived;
    broken += breaches.length;
    unknown += unjudged.length;
    console.log(JSON.stringify({ ...rest, memory: Object.fromEntries(memory) }));
    for (const { invariant, what } of breaches) console.log(`${invariant} does not hold: ${what}`);
    for (const what of unjudged) console.log(`nobody can say, the machine had no time: ${what}`);
    if (breaches.length > 0) console.log(`npm run chaos -- --seed ${lived.seed} --schedules ${lived.schedules}`);
  }
  console.log(
    `${schedules} schedules from seed ${seed} on in ${Math.round((Date.now() - began) / 1_000)} s: ${broken} promises broken, ${unknown} not to be judged.`,
  );
  return broken === 0;
}
