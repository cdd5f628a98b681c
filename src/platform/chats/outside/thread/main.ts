import { parentPort, workerData } from 'node:worker_threads';
import { describeError } from '#src/platform/logging/describe-error';
import type { Assignment, FromThread } from '../wire.types.ts';
import { CoreLine } from './core-line.ts';
import { contextOf } from './context.ts';
import { pluginOf } from './plugin.ts';
import { serveAdapter, serveSetup } from './serve.ts';
import { Unfit, mustFit } from './unfit.ts';

/** One thread, one adapter that came from outside. What it throws, holds or never ends stays in here; the core ends the thread. */
const assignment = workerData as Assignment;
const line = parentPort;
if (!line) throw new Error('This is the program of a thread.');
const say = (message: FromThread): void => line.postMessage(message);

process.on('uncaughtException', (error: unknown) => {
  say({ t: 'dying', error: describeError(error) });
  process.exit(1);
});
// Its output would stand between the lines of our log, and may hold what people wrote. There is `ctx.log`.
for (const stream of [process.stdout, process.stderr]) stream.write = () => true;

const core = new CoreLine(line, assignment);
try {
  const plugin = await pluginOf(assignment);
  say({ t: 'loaded' });
  const context = contextOf(assignment, core);
  if (assignment.purpose === 'setup') {
    const setup = plugin.setup?.(context);
    serveSetup(core, setup ?? null);
    say({ t: 'ready', has: setup ? ['setup'] : [] });
  } else {
    await mustFit(plugin, assignment);
    const { has } = serveAdapter(core, await plugin.create(context));
    say({ t: 'ready', has });
  }
} catch (error) {
  if (error instanceof Unfit) say({ t: 'unfit', say: error.message, detail: error.detail });
  else
    say({
      t: 'unfit',
      say: `The adapter of "${assignment.instance}" could not ${assignment.purpose === 'chat' ? 'be made' : 'say how it is set up'}: ${assignment.package} says that something is wrong.`,
      detail: wordsOf(error),
    });
}

function wordsOf(error: unknown): string {
  return String(error instanceof Error ? error.message : error).slice(0, 500);
}
