import type { LostGesture, PretendChat } from '#src/platform/chats/plugins';
import type { Database } from '#src/platform/database/database';

export interface Exchanged {
  readonly fromChat: number;
  readonly fromHere: number;
  readonly lost: number;
  readonly twice: number;
  readonly unrecovered: number;
  readonly sentence: string;
  readonly again: string[];
}

interface Sides {
  /** People's messages as the pretend chat shows them, by its own ids. */
  readonly chat: readonly { readonly id: string }[];
  /** Keys of our posts as the pretend chat shows them. */
  readonly keys: readonly string[];
  /** What the room's log has from the chat: the chat's id of each message event. */
  readonly heard: readonly string[];
  /** Messages of the log that were written here: the key the chat must show. */
  readonly told: readonly string[];
}

/**
 * Counts what an outage cost, from the two histories themselves and not from what either side believes it did: what the
 * chat shows against what the log has, both ways.
 */
export function compare({ chat, keys, heard, told }: Sides): { lost: number; twice: number } {
  const inLog = countBy(heard);
  const inChat = countBy(keys);
  const lost = chat.filter(({ id }) => !inLog.has(id)).length + told.filter((key) => !inChat.has(key)).length;
  const twice = [...inLog.values(), ...inChat.values()].reduce((sum, times) => sum + times - 1, 0);
  return { lost, twice };
}

export async function exchange(
  database: Database,
  chat: PretendChat,
  incidentId: string,
  { instance, room }: { readonly instance: string; readonly room: string },
  gestures: readonly LostGesture[],
  /** What the chats beside it are called: what was said there waited for it, too. */
  beside: readonly string[],
): Promise<Exchanged> {
  const shown = chat.shown(room);
  const heard = await database.query<{ native_id: string }>(
    `select c.native_id from event e join message_copy c on c.message_id = (e.data ->> 'messageId')::uuid join mirror m on m.id = c.mirror_id
      where e.stream_id = $1 and e.type = 'message.posted' and m.instance = $2 and e.via ->> 'id' = m.instance`,
    [incidentId, instance],
  );
  const told = await database.query<{ key: string }>(
    `select coalesce(g.id, d.id) || '.0' as key from event e
       join delivery d on d.message_id = (e.data ->> 'messageId')::uuid and d.operation = 'send' and d.status <> 'canceled'
       join mirror m on m.id = d.mirror_id and m.instance = $2
       left join delivery g on g.id = d.digest_id and g.status <> 'canceled'
      where e.stream_id = $1 and e.type = 'message.posted'`,
    [incidentId, instance],
  );
  const [gap] = await database.query<{ inbound: number; outbound: number }>(
    `select (data ->> 'inbound')::int as inbound, (data ->> 'outbound')::int as outbound from event
      where stream_id = $1 and type = 'gap.closed' and data -> 'surface' ->> 'id' = $2 order by seq desc limit 1`,
    [incidentId, instance],
  );
  const { lost, twice } = compare({
    chat: shown.filter(({ byPerson }) => byPerson),
    keys: shown.flatMap(({ key }) => (key ? [key] : [])),
    heard: heard.map(({ native_id }) => native_id),
    told: told.map(({ key }) => key),
  });
  const facts = { fromChat: gap?.inbound ?? 0, fromHere: gap?.outbound ?? 0, lost, twice };
  return {
    ...facts,
    unrecovered: gestures.length,
    sentence: sentence(facts, gestures, chat.name, beside),
    again: gestures.map((gesture) => again(gesture, chat.name)),
  };
}

export function sentence(
  { fromChat, fromHere, lost, twice }: Pick<Exchanged, 'fromChat' | 'fromHere' | 'lost' | 'twice'>,
  gestures: readonly LostGesture[],
  chat: string,
  beside: readonly string[] = [],
): string {
  const here = ['here', ...beside].join(' and ');
  const exchanged = `${fromChat} from ${chat} and ${fromHere} from ${here} exchanged. ${lost} lost, ${twice} twice.`;
  const kinds = (['press', 'command', 'form'] as const)
    .map((kind) => ({ kind, n: gestures.filter((gesture) => gesture.kind === kind).length }))
    .filter(({ n }) => n > 0);
  if (kinds.length === 0) return exchanged;
  return `${exchanged} ${kinds.map(({ kind, n }) => `${n} ${n === 1 ? WORDS[kind][0] : WORDS[kind][1]}`).join(' and ')} could not be recovered.`;
}

/** By name: what the chat will not send again, and who has to do it again. */
export function again({ kind, who, isYou, what }: LostGesture, chat: string): string {
  const does = isYou ? 'Do it again if it still matters' : `Only ${who} can do it again`;
  if (kind === 'press') return `${who} pressed “${what}” in ${chat}. ${does}.`;
  if (kind === 'command') return `${who} wrote “${what}” in ${chat}. ${does}.`;
  return `${who} sent a form in ${chat}. ${does}.`;
}

const WORDS: Record<LostGesture['kind'], readonly [string, string]> = {
  press: ['button press', 'button presses'],
  command: ['command', 'commands'],
  form: ['form', 'forms'],
};

function countBy(items: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}
