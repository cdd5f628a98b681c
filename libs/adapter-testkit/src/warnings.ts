import type { Declared } from './case.ts';

/** What keeps the contract, and leaves an adapter of little use: its author may not have meant it. */
export function warningsOf({ facets, namesTenant }: Declared): string[] {
  return [
    ...(namesTenant
      ? []
      : [
          'No value of health$ names a tenant. Muster opens rooms in the tenants that were named there, and in no other: it would say nothing here.',
        ]),
    ...(facets.has('rooms')
      ? []
      : [
          'It makes no rooms (rooms.create). Muster has a room of its own in each chat for every incident: there will be none in this one, and each incident says so.',
        ]),
  ];
}
