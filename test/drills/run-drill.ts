import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { TOKEN } from '#test/support/app';

const PROGRAM = fileURLToPath(new URL('../../dist/src/drill.js', import.meta.url));
const CALL = `import(process.argv[1]).then(({ drill }) => drill(process.argv.slice(2)))`;

/** What `npm run drill` does once everything is built, against a Muster that runs. */
export function runDrill(at: string, args: readonly string[]): Promise<{ code: number | null; out: string }> {
  const run = spawn(process.execPath, ['-e', CALL, PROGRAM, ...args, '--at', at], { env: { ...process.env, MUSTER_TOKEN: TOKEN } });
  let out = '';
  run.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  run.stderr.on('data', (chunk: Buffer) => (out += chunk.toString()));
  return new Promise((resolve) => run.on('close', (code) => resolve({ code, out })));
}
