import { Misunderstood } from './command/misunderstood.ts';
import type { Harness, RareAct, Stunt } from './harness.ts';

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
  'put-out': true,
  rename: true,
  archive: true,
  'open-home': true,
  unfamiliar: true,
  signature: true,
  'no-signature': true,
  stale: true,
  future: true,
  body: true,
};

const RARE: Readonly<Record<RareAct['do'], true>> = {
  'fall-behind': true,
  'app-speaks': true,
  move: true,
  'make-public': true,
  'make-private': true,
  share: true,
  'speak-to-us': true,
  'speak-of-us': true,
  'speak-alone': true,
};

/** A name that nobody asks for would excuse nothing and try nothing, and whoever wrote it believes that it does. */
export function checkStunts({ cannot = {}, also = [] }: Pick<Harness, 'cannot' | 'also'>): void {
  checkNames('cannot', Object.keys(cannot), ALL);
  checkNames('also', also, RARE);
}

function checkNames(member: string, names: readonly string[], known: object): void {
  const unheardOf = names.filter((name) => !Object.hasOwn(known, name));
  if (unheardOf.length === 0) return;
  throw new Misunderstood(
    `The harness says in \`${member}\` what no case asks for: ${unheardOf.join(', ')}. There are: ${Object.keys(known).join(', ')}.`,
  );
}
