import type { Feature } from '@musterhq/chat-port';
import type { Declared, Extra, Facet } from './case.ts';
import type { RareAct, Stunt, Transport } from './harness.ts';

type NotFor = (declared: Declared) => string | undefined;

/** Says the first reason that one of these gives. */
export const needs =
  (...reasons: readonly NotFor[]): NotFor =>
  (declared) => {
    for (const reason of reasons) {
      const why = reason(declared);
      if (why !== undefined) return why;
    }
    return undefined;
  };

export const facet =
  (name: Facet): NotFor =>
  ({ facets }) =>
    facets.has(name) ? undefined : `no ${name}`;

export const feature =
  (name: Feature): NotFor =>
  ({ capabilities }) =>
    (capabilities.features[name] ?? 'none') === 'none' ? `declares no ${name}` : undefined;

export const stunt =
  (...names: readonly Stunt[]): NotFor =>
  ({ cannot }) => {
    const lacking = names.find((name) => cannot[name] !== undefined);
    return lacking && `the simulator cannot do ${lacking}: ${cannot[lacking]}`;
  };

export const rare =
  (name: RareAct['do']): NotFor =>
  ({ also }) =>
    also.has(name) ? undefined : `the harness does not name ${name} in \`also\``;

export const transport =
  (...names: readonly Transport[]): NotFor =>
  ({ transports }) => {
    const lacking = names.find((name) => !transports.includes(name));
    return lacking && `no ${lacking}`;
  };

const EXTRAS: Readonly<Record<Extra, string>> = {
  advance: 'the harness has no `advance`, and time does not pass in it',
  outage: 'the harness has no `outage`, and its platform is always there',
  insideOf: 'the harness has no `insideOf`, and nobody sees who is in a room',
  homeOf: 'the harness has no `homeOf`, and nobody sees what is on a person’s page',
  shortPages: 'the harness has no `shortPages`, and pages are long',
};

export const extra =
  (name: Extra): NotFor =>
  ({ can }) =>
    can.has(name) ? undefined : EXTRAS[name];

export const threads: NotFor = ({ capabilities }) => (capabilities.threads === 'none' ? 'has no threads' : undefined);

export const echo =
  (...kinds: readonly Declared['capabilities']['echo'][]): NotFor =>
  ({ capabilities }) =>
    kinds.includes(capabilities.echo) ? undefined : `declares echo ${capabilities.echo}`;
