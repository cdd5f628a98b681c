import { Misunderstood } from './command/misunderstood.ts';
import type { Harness, Stunt } from './harness.ts';

const ALL: Readonly<Record<Stunt, true>> = {
  'same-number': true,
  echo: true,
  bot: true,
  mention: true,
  say: true,
  edit: true,
  remove: true,
  react: true,
  pin: true,
  command: true,
  press: true,
  submit: true,
  join: true,
  leave: true,
  rename: true,
  archive: true,
  unfamiliar: true,
  signature: true,
  'no-signature': true,
  stale: true,
  future: true,
  body: true,
};

/** A name that nobody asks for would excuse nothing, and whoever wrote it believes that it does. */
export function checkStunts({ cannot = {} }: Pick<Harness, 'cannot'>): void {
  const unheardOf = Object.keys(cannot).filter((name) => !Object.hasOwn(ALL, name));
  if (unheardOf.length === 0) return;
  throw new Misunderstood(
    `The harness says in \`cannot\` what no case asks for: ${unheardOf.join(', ')}. There are: ${Object.keys(ALL).join(', ')}.`,
  );
}
