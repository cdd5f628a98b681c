import { useEffect, useState } from 'react';
import { type CategoryName, openStatuses, type StatusName } from '#libs/war-room-protocol/vocabulary';
import { api } from '../../api/api.ts';

interface Choosable {
  readonly name: StatusName;
  readonly category: CategoryName;
}

const SHIPPED: readonly Choosable[] = openStatuses.map((name) => ({ name, category: 'active' }));

/**
 * Where an open incident can be moved, and which of them close it. An organisation's own are there as soon as they are known;
 * without an answer, those that everybody has.
 */
export function useStatuses(): { readonly open: readonly StatusName[]; readonly closing: readonly StatusName[] } {
  const [statuses, setStatuses] = useState(SHIPPED);
  useEffect(() => void api.statuses().then(setStatuses, () => undefined), []);
  const named = (closes: boolean): readonly StatusName[] =>
    statuses.filter(({ category }) => (category === 'canceled') === closes).map(({ name }) => name);
  return { open: named(false), closing: named(true) };
}
