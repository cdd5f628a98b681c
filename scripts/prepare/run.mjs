import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { ROOT } from './project.mjs';

/** A step that did not work, told to the person who started it. */
export class Failed extends Error {}

const LINES_SHOWN = 40;

const running = new Set();

/** Until the returned function is called, a signal that ends us ends what we have started as well. */
export function endTogether() {
  const end = (signal) => {
    for (const child of running) child.kill(signal);
    process.exit(1);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, end);
  return () => signals.forEach((signal) => process.off(signal, end));
}

/** Runs a program with its output kept in a file, and shows the end of that file only when it fails. */
export function quietly(what, command, args, { logFile, env = process.env, hint = '' }) {
  const log = openSync(logFile, 'w');
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, env, stdio: ['ignore', log, log] });
    running.add(child);
    child.once('close', () => running.delete(child));
    const fail = (how) => reject(new Failed(`${lastLines(logFile)}\n\n${what} failed (${how}).${hint} All it said is in ${logFile}`));
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code, signal) => (code === 0 ? resolve() : fail(signal ?? `exit code ${code}`)));
  }).finally(() => closeSync(log));
}

function lastLines(file) {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-LINES_SHOWN).join('\n');
}
