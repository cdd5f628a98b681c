import type { ActorFact } from '#src/platform/log/event.types';
import { uuidFor } from '#src/platform/log/uuid-for';
import type { Role } from '#src/people/people.types';

export interface Member extends ActorFact {
  readonly role: Role;
}

const ADMINS = ['Ana Ruiz', 'Bo Lindqvist'];
const RESPONDERS = [
  ...['Cy Mbeki', 'Dee Okafor', 'Emil Novak', 'Farah Haddad', 'Goran Petrov', 'Hana Sato', 'Ivo Marek', 'Jun Park', 'Kofi Mensah'],
  ...['Lena Vogel', 'Mia Berg', 'Nils Holm', 'Oona Virtanen', 'Priya Nair', 'Quinn Doyle', 'Rosa Lima', 'Sven Dahl', 'Tara Walsh'],
  ...['Umar Aziz', 'Vera Kozlova', 'Wim de Boer', 'Xiu Chen', 'Yara Haddad', 'Zoe Papas'],
];
/** Support, sales, legal: they look, tell what customers say, and decide nothing for others. */
const MEMBERS = [
  ...['Amir Shah', 'Bea Conti', 'Carl Frost', 'Dina Levi', 'Eva Lund', 'Finn Byrne', 'Gina Rossi', 'Hugo Blanc', 'Iris Klein'],
  ...['Jack Moreno', 'Kim Tran', 'Lou Martin', 'Maya Cohen', 'Noel Grant'],
];

/** Forty people, the same for the same seed. */
export function castOf(seed: number): Member[] {
  const member =
    (role: Role) =>
    (name: string): Member => ({ id: uuidFor('seed', String(seed), name), name, role });
  return [...ADMINS.map(member('admin')), ...RESPONDERS.map(member('responder')), ...MEMBERS.map(member('member'))];
}
