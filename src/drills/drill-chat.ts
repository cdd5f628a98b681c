import { type Tx, rows } from '#src/platform/database/database';
import type { DrillSettings } from '#src/platform/chats/drill/drill-fault.types';
import type { Drill } from './drill-rows.ts';
import { nameInDrill } from './drill-words.ts';

type Of = Pick<Drill, 'instance' | 'chat' | 'tenant' | 'chatName'>;

/** Makes the drill's own view of a chat. Every process finds it in the table, as it finds every chat. */
export async function openChat(tx: Tx, { instance, chat, tenant, chatName }: Of): Promise<void> {
  await tx.query(
    `insert into chat_instance (id, plugin, name, config, pretend, pace, drill_of)
     select $1, c.plugin, $3, $4, true, c.pace, c.id from chat_instance c where c.id = $2`,
    [instance, chat, nameInDrill(chatName), settings({ tenant, fault: null })],
  );
  await tx.query('insert into chat_tenant (instance, tenant) values ($1, $2)', [instance, tenant]);
}

/** From here on it fails so; null: all is well. */
export async function breakChat(tx: Tx, { instance, tenant }: Of, fault: DrillSettings['fault']): Promise<void> {
  await tx.query('update chat_instance set config = $2 where id = $1 and drill_of is not null', [instance, settings({ tenant, fault })]);
}

/** Ends it for good: nothing is told there any more, and nothing of it is heard. The room in Muster stays readable. */
export async function closeChat(tx: Tx, { instance }: Of): Promise<void> {
  await tx.query(
    `update delivery d set status = 'canceled', ended_at = clock_timestamp() from mirror m
      where m.id = d.mirror_id and m.instance = $1 and d.status in ('pending', 'gathered', 'sending', 'unknown')`,
    [instance],
  );
  await tx.query(`update gap g set state = 'closed' from mirror m where m.id = g.mirror_id and m.instance = $1 and g.state <> 'closed'`, [
    instance,
  ]);
  await tx.query('delete from unswept u using mirror m where m.id = u.mirror_id and m.instance = $1', [instance]);
  await tx.query(`update mirror set state = 'closed' where instance = $1`, [instance]);
  for (const table of ['surface_health', 'canary', 'chat_call', 'chat_heard', 'chat_memory', 'chat_lease', 'chat_word', 'drill_unheard'])
    await tx.query(`delete from ${table} where instance = $1`, [instance]);
  await tx.query('delete from chat_instance where id = $1 and drill_of is not null', [instance]);
}

/** The chat that somebody means, and how it is; those there are, where that is not one. */
export async function chatCalled(tx: Tx, called: string): Promise<{ chats: Called[]; one: Called | null }> {
  const chats = await rows<Called>(
    tx,
    `select c.id, c.name, c.pace, t.tenant, coalesce(h.state, 'ok') as state from chat_instance c
       join lateral (select tenant from chat_tenant where instance = c.id order by tenant limit 1) t on true
       left join surface_health h on h.instance = c.id and h.tenant = t.tenant
      where not c.pretend order by c.name, c.id`,
  );
  const wanted = called.trim().toLowerCase();
  const meant = wanted === '' ? chats : chats.filter(({ id, name }) => id === wanted || name.toLowerCase() === wanted);
  return { chats, one: meant.length === 1 ? (meant[0] ?? null) : null };
}

export interface Called {
  readonly id: string;
  readonly name: string;
  readonly pace: number;
  readonly tenant: string;
  readonly state: 'ok' | 'suspect' | 'down' | 'recovering';
}

const settings = (value: DrillSettings): string => JSON.stringify(value);
