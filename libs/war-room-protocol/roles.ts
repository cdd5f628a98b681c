import type { HandOverCard } from './hand-over.ts';
import type { Person } from './vocabulary.ts';

/** The one role that Muster itself counts on. */
export const LEAD = 'lead';

/** Who had a role before and who has it now. */
export interface RoleChange {
  readonly role: string;
  readonly name: string;
  readonly from: Person | null;
  readonly to: Person | null;
  readonly card?: HandOverCard | undefined;
}

/** What an event says of a role, if it does: before there were others, the lead had an event of its own. */
export function roleChangeOf(event: { readonly type: string; readonly data: unknown }): RoleChange | null {
  if (event.type === 'incident.role-changed') return event.data as RoleChange;
  if (event.type === 'incident.lead-changed') return { role: LEAD, name: 'Lead', ...(event.data as Pick<RoleChange, 'from' | 'to'>) };
  return null;
}

/** "the lead", unless the organisation calls it something else; any other by its name. */
export const roleCalled = ({ role, name }: Pick<RoleChange, 'role' | 'name'>): string =>
  role === LEAD && name === 'Lead' ? 'the lead' : `the role ${name}`;

/** A change of a role as a sentence: whom it is about, and the rest. */
export function roleSentence(change: RoleChange, by: Person | null): readonly [who: string, what: string] {
  const { from, to } = change;
  const role = roleCalled(change);
  if (to === null)
    return from !== null && by?.id === from.id
      ? [from.name, ` gave ${role} back`]
      : ['Nobody', ` has ${role}${by === null ? '' : ` since ${by.name} changed it`}`];
  if (by === null || by.id === to.id) return [to.name, from === null ? ` took ${role}` : ` took over ${role} from ${from.name}`];
  return [to.name, by.id === from?.id ? ` has ${role}, handed over by ${by.name}` : ` has ${role}, asked by ${by.name}`];
}
