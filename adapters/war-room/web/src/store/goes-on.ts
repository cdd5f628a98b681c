import type { Person } from '#libs/war-room-protocol/vocabulary';
import type { FlowItem } from './flow.ts';

const WITHIN_MS = 5 * 60_000;

/** Whether somebody goes on with what they said just before, in the same place: then their name need not be said again. */
export function goesOn(before: FlowItem | undefined, item: FlowItem, me: Person): boolean {
  const [one, other] = [before === undefined ? null : saidIn(before, me), saidIn(item, me)];
  if (one === null || other === null || isLate(item)) return false;
  return one.who === other.who && one.from === other.from && Math.abs(Date.parse(other.at) - Date.parse(one.at)) < WITHIN_MS;
}

/** What was said long ago and arrived only now tells so beside its name. */
const isLate = (item: FlowItem): boolean => item.kind === 'message' && item.event.late;

function saidIn(item: FlowItem, me: Person): { readonly who: string; readonly from: string; readonly at: string } | null {
  if (item.kind === 'message') return { who: item.event.by?.id ?? '', from: item.event.via.id, at: item.event.displayAt };
  if (item.kind === 'outgoing' && item.entry.command.type === 'message') return { who: me.id, from: 'web', at: item.entry.writtenAt };
  return null;
}
