import type { Envelope } from '@musterhq/chat-port';
import type { Database } from '#src/platform/database/database';
import { storableJson } from '#src/platform/database/storable';
import { isInteraction } from '#src/platform/inbox/inbox.types';
import { tenantOf } from '#src/platform/inbox/tenant-of';
import { ROOM_MARK } from './drill-adapter.ts';
import { type DrillChat, tellsNothing } from './drill-fault.types.ts';
import { readdress } from './readdress.ts';
import { roomIn } from './room-in.ts';

/** What a chat told, and which of the running chats it belongs to. Nobody hears what is `lost`, though it is written down that it was told. */
interface Told {
  readonly instance: string;
  readonly envelopes: readonly Envelope[];
  readonly lost: boolean;
}

interface DrillsOf {
  drillsOf(instance: string): readonly DrillChat[];
}

/**
 * What a chat tells belongs to it, but for the rooms of a drill: that belongs to the drill's own chat, and while that one is to tell
 * nothing it goes no further than here. Outside of a drill this asks nobody anything.
 */
export class Detours {
  constructor(
    private readonly database: Database,
    private readonly chats: DrillsOf,
  ) {}

  /** In the order in which it was told. Rejects when what is to be lost could not be written down. */
  async of(instance: string, envelopes: readonly Envelope[]): Promise<Told[]> {
    let rest = envelopes;
    const told: Told[] = [];
    for (const drill of this.chats.drillsOf(instance)) {
      const { tenant, fault } = drill.settings;
      const rooms = await this.roomsOf(drill.id);
      const isIts = ({ event }: Envelope): boolean => tenantOf(event) === tenant && rooms.has(roomIn(event) ?? '');
      const its = rest.filter(isIts).map((envelope) => readdress(envelope, instance, drill.id, false));
      rest = rest.filter((envelope) => !isIts(envelope));
      if (its.length === 0) continue;
      if (tellsNothing(fault)) await this.writeDown(drill.id, its);
      told.push({ instance: drill.id, envelopes: its, lost: tellsNothing(fault) });
    }
    return rest.length > 0 ? [{ instance, envelopes: rest, lost: false }, ...told] : told;
  }

  private async roomsOf(drill: string): Promise<Set<string>> {
    const found = await this.database.query<{ room: string }>(
      `select substr(key, length($2::text) + 1) as room from chat_memory where instance = $1 and starts_with(key, $2)`,
      [drill, ROOM_MARK],
    );
    return new Set(found.map(({ room }) => room));
  }

  private async writeDown(drill: string, lost: readonly Envelope[]): Promise<void> {
    await this.database.query(
      `insert into drill_unheard (instance, gesture, envelope) select $1, e.gesture, e.envelope
         from jsonb_to_recordset($2::jsonb) as e (gesture boolean, envelope jsonb)`,
      [drill, storableJson(lost.map((envelope) => ({ gesture: isInteraction(envelope.event), envelope: { ...envelope, raw: null } })))],
    );
  }
}
