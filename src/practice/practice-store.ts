import type { PracticeView } from '#libs/war-room-protocol/practice';
import { type Database, type Tx, rows } from '#src/platform/database/database';
import type { ActorFact } from '#src/platform/log/event.types';
import type { People } from '#src/people/people.service';
import type { PretendChat } from '#src/platform/chats/plugins';
import type { Wanted, WantedBeside } from './practice.types.ts';

export interface PracticeRow {
  readonly id: string;
  readonly owner: string;
  readonly instance: string | null;
}

/** A pretend chat that runs, under the name it has among the chats. */
export interface Opened {
  readonly instance: string;
  readonly platform: string;
  readonly chat: PretendChat;
}

/** More than anybody declares while practising. */
const MOST_DRILLS = 20;

type ChatState = PracticeView['chat']['state'];

/** What practice keeps, and what it reads of the product to play its part: it looks, and changes nothing of a room. */
export class PracticeStore {
  constructor(
    readonly database: Database,
    private readonly people: People,
  ) {}

  asked(): Promise<PracticeRow[]> {
    return this.database.query<PracticeRow>('select id, owner, instance from practice where ended_at is null order by created_at');
  }

  /** Its chats are joined, the one that the story is about first. `platform` names each in addresses too. */
  async open(row: PracticeRow, chats: readonly Opened[], pace: number): Promise<void> {
    const [main, ...beside] = chats;
    if (!main) throw new Error('a practice has a chat');
    await this.database.transaction(async (tx) => {
      for (const { instance, platform, chat } of chats) {
        await tx.query(
          `insert into chat_instance (id, plugin, name, config, secrets, pretend, pace, beside) values ($1, $2, $3, $4, $5, true, $6, $7)`,
          [
            instance,
            platform,
            chat.name,
            JSON.stringify(chat.instance.config),
            JSON.stringify(chat.instance.secrets),
            pace,
            instance === main.instance ? null : main.instance,
          ],
        );
        await tx.query('insert into chat_tenant (instance, tenant) values ($1, $2) on conflict do nothing', [instance, chat.tenant]);
        await tx.query(
          'insert into account (instance, tenant, native_user, person_id, profile_at) values ($1, $2, $3, $4, clock_timestamp())',
          [instance, chat.tenant, chat.you, row.owner],
        );
      }
      const ports = Object.fromEntries(beside.map(({ platform, chat }) => [platform, chat.port]));
      await tx.query('update practice set instance = $2, port = $3, ports = $4 where id = $1', [
        row.id,
        main.instance,
        main.chat.port,
        JSON.stringify(ports),
      ]);
    });
  }

  /** Ends it for good: its chat is gone, and nothing tries to reach it any more. The drill's room stays readable. */
  async end(id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const [ended] = await rows<{ instance: string | null }>(
        tx,
        `update practice set ended_at = coalesce(ended_at, clock_timestamp()), view = jsonb_set(coalesce(view, '{}'), '{step}', '"ended"') where id = $1 returning instance`,
        [id],
      );
      if (!ended?.instance) return;
      const all = await rows<{ id: string }>(tx, 'select id from chat_instance where id = $1 or beside = $1', [ended.instance]);
      for (const chat of all) await this.forget(tx, chat.id);
    });
  }

  async takeWanted(id: string): Promise<Wanted | WantedBeside | null> {
    return this.database.transaction(async (tx) => {
      const [row] = await rows<{ wanted: Wanted | WantedBeside | null }>(tx, 'select wanted from practice where id = $1 for update', [id]);
      if (row?.wanted) await tx.query('update practice set wanted = null where id = $1', [id]);
      return row?.wanted ?? null;
    });
  }

  async show(id: string, view: PracticeView): Promise<void> {
    await this.database.query('update practice set view = $2 where id = $1 and view is distinct from $2::jsonb', [
      id,
      JSON.stringify(view),
    ]);
  }

  async incidentOf(instance: string): Promise<{ id: string; reference: string } | null> {
    const [found] = await this.database.query<{ id: string; reference: string }>(
      'select id, reference from incident where practice_instance = $1 order by declared_at limit 1',
      [instance],
    );
    return found ?? null;
  }

  /** Those whose room is open in the pretend chat. */
  drillsOf(instance: string): Promise<PracticeView['drills']> {
    return this.database.query<PracticeView['drills'][number]>(
      `select i.reference as number, i.title, m.room from mirror m join incident i on i.id = m.incident_id
        where m.instance = $1 and m.room is not null order by i.declared_at limit $2`,
      [instance, MOST_DRILLS],
    );
  }

  async roomOf(incidentId: string, instance: string): Promise<string | null> {
    const [found] = await this.database.query<{ room: string | null }>('select room from mirror where incident_id = $1 and instance = $2', [
      incidentId,
      instance,
    ]);
    return found?.room ?? null;
  }

  /** From here on the person's session sees this drill, if it sees nothing else. */
  async letIn(id: string, owner: string, incidentId: string): Promise<void> {
    await this.database.query('update practice set incident_id = $2 where id = $1', [id, incidentId]);
    await this.database.query(
      `update session s set incident_id = $2 from person p where s.person_id = p.id and p.id = $1 and p.role = 'guest'`,
      [owner, incidentId],
    );
  }

  async healthOf(instance: string): Promise<Exclude<ChatState, 'starting'>> {
    const [found] = await this.database.query<{ state: Exclude<ChatState, 'starting'> }>(
      'select state from surface_health where instance = $1',
      [instance],
    );
    return found?.state ?? 'ok';
  }

  /** Since then an outage of this chat was closed, and nothing waits in either direction. */
  async isMerged(incidentId: string, instance: string, since: Date): Promise<boolean> {
    const [found] = await this.database.query<{ merged: boolean }>(
      `select exists (select 1 from event where stream_id = $1 and type = 'gap.closed' and data -> 'surface' ->> 'id' = $3 and at > $2)
          and not exists (select 1 from gap g join mirror m on m.id = g.mirror_id where m.incident_id = $1 and m.instance = $3 and g.state <> 'closed')
          and not exists (select 1 from delivery d join mirror m on m.id = d.mirror_id where m.incident_id = $1 and m.instance = $3 and d.status in ('pending', 'sending', 'unknown')) as merged`,
      [incidentId, since, instance],
    );
    return found?.merged ?? false;
  }

  /** A colleague who sits in the war room. */
  async colleague(instance: string, name: string): Promise<ActorFact> {
    return this.database.transaction(async (tx) => {
      const known = await this.people.ofAccount(tx, { adapter: instance, tenant: 'war-room', user: name });
      if (known) return known;
      const person = await this.people.add(tx, name, 'guest');
      await tx.query(
        `insert into account (instance, tenant, native_user, person_id, profile_at) values ($1, 'war-room', $2, $3, clock_timestamp())`,
        [instance, name, person.id],
      );
      return person;
    });
  }

  private async forget(tx: Tx, instance: string): Promise<void> {
    await tx.query(
      `update delivery d set status = 'canceled', ended_at = clock_timestamp() from mirror m
      where m.id = d.mirror_id and m.instance = $1 and d.status in ('pending', 'sending', 'unknown')`,
      [instance],
    );
    await tx.query(`update gap g set state = 'closed' from mirror m where m.id = g.mirror_id and m.instance = $1`, [instance]);
    for (const table of ['surface_health', 'canary', 'chat_call', 'chat_memory', 'chat_lease'])
      await tx.query(`delete from ${table} where instance = $1`, [instance]);
    await tx.query('delete from chat_instance where id = $1 and pretend', [instance]);
  }
}
