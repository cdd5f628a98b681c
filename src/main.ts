import { fileURLToPath } from 'node:url';
import { ConfigError, readConfig, unknownVariables } from '#src/platform/config/config';
import { environment } from '#src/platform/config/environment';
import { createLog } from '#src/platform/logging/logging';
import { RecentLines } from '#src/platform/logging/recent-lines';
import { dataFolder, PROJECT } from '#src/platform/processes/data-folder';
import { sayLastWords } from '#src/platform/processes/last-words';
import { forTerminal } from '#src/platform/processes/log-file';
import { Refusal } from '#src/platform/processes/refusal';
import { Supervisor } from '#src/platform/processes/supervisor';
import { Terminal } from '#src/platform/processes/terminal';

const PROGRAM = fileURLToPath(new URL('./process.js', import.meta.url));

/** npm passes a Ctrl-C on that the terminal has already delivered; only a later one means "hurry". */
const SAME_KEYPRESS_MS = 1_000;

/**
 * `npm start`: Muster on this machine, until it is told to stop. `began` is when the person pressed Enter.
 *
 * What they can put right is said in one line, with exit code 1 and nothing left half-started.
 */
export async function main(began?: number): Promise<void> {
  const terminal = new Terminal(began);
  let supervisor: Supervisor | undefined;
  try {
    const config = readConfig(environment);
    for (const warning of unknownVariables(environment)) terminal.complain(warning);
    const { path: dataDir, note } = await dataFolder(config.MUSTER_DATA, PROJECT);
    if (note) terminal.complain(note);

    const recent = new RecentLines(toTerminal(terminal));
    sayLastWords({
      log: createLog('error', ['supervisor'], recent, NOWHERE),
      dataDir,
      about: { roles: 'supervisor' },
      recent: () => recent.all(),
    });
    supervisor = new Supervisor({ config, dataDir, program: PROGRAM, terminal });
    stopOnSignals(supervisor, terminal, dataDir);
    const { signIn, practice } = await supervisor.start();

    const mayShow = terminal.isInteractive || config.MUSTER_PRINT_SIGN_IN;
    terminal.say(`\nMuster is ready (${terminal.elapsed()})`);
    terminal.say(`See it in two minutes: ${practice}`);
    terminal.say(`Start for real: ${mayShow ? signIn : 'run "npm run sign-in" for a one-time link'}`);
    terminal.say(`Stop: Ctrl-C. Your data: ${dataDir}`);
  } catch (error) {
    if (supervisor?.isStopping) return;
    const isForPeople = error instanceof Refusal || error instanceof ConfigError;
    terminal.complain(isForPeople ? error.message : String((error as Error).stack ?? error));
    process.exit(1);
  }
}

const toTerminal = (terminal: Terminal) => ({ write: (line: string): void => terminal.complain(forTerminal(line)) });
const NOWHERE = { write: (): void => undefined };

function stopOnSignals(supervisor: Supervisor, terminal: Terminal, dataDir: string): void {
  let pressed = 0;
  let lastAt = 0;
  const stop = (): void => {
    if (Date.now() - lastAt < SAME_KEYPRESS_MS) return;
    lastAt = Date.now();
    pressed++;
    if (pressed === 2) supervisor.hurry();
    if (pressed > 2) process.exit(1);
    void supervisor.stop().then(() => {
      terminal.say(`\nStopped. Everything is kept in ${dataDir}.`);
      process.exit(0);
    });
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
}
