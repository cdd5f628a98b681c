import { type Database, type Tx, rows } from '#src/platform/database/database';
import { type PageOf, cut, mustBeKnown } from '#src/platform/http/paging';
import type { Cut, DrillFault, DrillList, DrillReport, DrillView, Phase } from './drills.types.ts';
import { wordsFor } from './drill-words.ts';

/** A drill as its row has it. */
export interface Drill {
  readonly id: string;
  readonly incidentId: string;
  readonly number: string;
  readonly title: string;
  readonly isOpen: boolean;
  /** The chat that is rehearsed with, and the drill's own view of it. */
  readonly chat: string;
  readonly tenant: string;
  readonly chatName: string;
  readonly instance: string;
  readonly fault: DrillFault;
  readonly minutes: number;
  readonly tells: boolean;
  readonly by: { readonly id: string; readonly name: string };
  readonly pace: number;
  readonly phase: Phase;
  readonly begunAt: Date;
  readonly brokenAt: Date | null;
  readonly healedAt: Date | null;
  readonly closingAt: Date | null;
  readonly overAt: Date | null;
  readonly stoppedBy: string | null;
  readonly cutShort: Cut | null;
  readonly people: readonly string[];
  readonly came: readonly string[];
  readonly report: DrillReport | null;
}

const SELECT = `select d.id, d.incident_id as "incidentId", i.reference as number, i.title, i.ended_at is null as "isOpen", d.chat, d.tenant, d.chat_name as "chatName", d.instance,
    d.fault, d.minutes, d.tells, jsonb_build_object('id', p.own_id, 'name', p.name) as by, d.pace, d.phase, d.begun_at as "begunAt", d.broken_at as "brokenAt",
    d.healed_at as "healedAt", d.closing_at as "closingAt", d.over_at as "overAt", d.stopped_by as "stoppedBy", d.cut_short as "cutShort", d.people, d.came, d.report
  from drill d join incident i on i.id = d.incident_id join one_person p on p.own_id = d.asked_by`;

/** The one that goes on. */
export async function goingOn(database: Database): Promise<Drill | null> {
  const [found] = await database.query<Drill>(`${SELECT} where d.phase <> 'over'`);
  return found ?? null;
}

/** The same, for somebody who changes it in turn with everybody else. */
export async function holdGoingOn(tx: Tx): Promise<Drill | null> {
  const [found] = await rows<Drill>(tx, `${SELECT} where d.phase <> 'over' for update of d`);
  return found ?? null;
}

/** The latest first. */
export async function lastDrills(database: Database, { after, limit }: PageOf): Promise<DrillList> {
  const found = await database.query<Drill>(
    `${SELECT} where $2::uuid is null or (d.begun_at, d.id) < (select last.begun_at, last.id from drill last where last.id = $2)
      order by d.begun_at desc, d.id desc limit $1`,
    [limit + 1, after ?? null],
  );
  await mustBeKnown(after, found, (id) => database.query('select 1 from drill where id = $1', [id]));
  const { shown, next, more } = cut(found, { after: after ?? null, limit }, ({ id }) => id);
  return { drills: shown.map(toView), next, more };
}

/** `called`: its id, or the number of its incident. */
export async function drillCalled(database: Database, called: { id: string } | { number: string }): Promise<Drill | null> {
  const [found] =
    'id' in called
      ? await database.query<Drill>(`${SELECT} where d.id = $1`, [called.id])
      : await database.query<Drill>(`${SELECT} where i.reference = $1`, [called.number.toUpperCase()]);
  return found ?? null;
}

/** By its id, or by its view of a chat. */
export async function drillWith(tx: Tx, by: { id: string } | { instance: string }): Promise<Drill | null> {
  const [found] = await rows<Drill>(tx, 'id' in by ? `${SELECT} where d.id = $1` : `${SELECT} where d.instance = $1`, Object.values(by));
  return found ?? null;
}

const STAMPS: Readonly<Partial<Record<Phase, string>>> = {
  broken: 'broken_at',
  returning: 'healed_at',
  closing: 'closing_at',
  over: 'over_at',
};

/** False when somebody else moved it on. A reason once given stays. */
export async function enterPhase(tx: Tx, { id, phase }: Drill, to: Phase, cut: Cut | null): Promise<boolean> {
  const stamp = STAMPS[to];
  const moved = await rows(
    tx,
    `update drill set phase = $3, cut_short = coalesce(cut_short, $4)${stamp ? `, ${stamp} = clock_timestamp()` : ''} where id = $1 and phase = $2 returning 1`,
    [id, phase, to, cut],
  );
  return moved.length > 0;
}

export function toView(drill: Drill): DrillView {
  return {
    id: drill.id,
    number: drill.number,
    chat: drill.chatName,
    fault: drill.fault,
    minutes: drill.minutes,
    tells: drill.tells,
    by: drill.by.name,
    phase: drill.phase,
    say: wordsFor({ ...drill, chat: drill.chatName, cut: drill.cutShort }),
    begunAt: drill.begunAt.toISOString(),
    brokenAt: drill.brokenAt?.toISOString() ?? null,
    healedAt: drill.healedAt?.toISOString() ?? null,
    overAt: drill.overAt?.toISOString() ?? null,
    cutShort: drill.cutShort,
    report: drill.report,
  };
}
