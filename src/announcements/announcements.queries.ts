import type { Content } from '@musterhq/chat-port';
import type { Audience } from '#libs/war-room-protocol/announcements';
import { isOpenCategory } from '#libs/war-room-protocol/vocabulary';
import { nextUpdateDue } from '#libs/war-room-protocol/waiting';
import type { IncidentId } from '#src/incidents/incidents.types';
import { type Database, type Tx, rows } from '#src/platform/database/database';
import { UpdateQueries } from '#src/updates/updates.queries';
import { type AnnouncedFacts, type Room, announcement, farewell, overOrAgain } from './announcement-words.ts';
import type { Rule } from './announcements.types.ts';
import { type Announceable, isAnnounced, mayBeAnnounced } from './decide.ts';

export const RULES = `select r.instance, r.tenant, c.name, r.audience, r.room, r.room_name as "roomName", r.severity, r.kinds, r.trouble
  from announcement_rule r join chat_instance c on c.id = r.instance`;

/** A room in which an incident is to be announced, or may be. */
export interface Place extends Pick<Rule, 'instance' | 'tenant' | 'name' | 'audience' | 'room' | 'roomName'> {
  /** By the rule, without being asked. */
  readonly byItself: boolean;
}

/** Where an incident may be announced as things are now; nowhere where it is nothing to announce. */
export async function placesFor(tx: Tx, incidentId: IncidentId): Promise<Place[]> {
  const [incident] = await rows<Announceable>(
    tx,
    `select severity, kind, category, private as "isPrivate", practice_instance is not null or heard_in is not null as "isPractice" from incident where id = $1`,
    [incidentId],
  );
  if (!incident || !mayBeAnnounced(incident)) return [];
  const rules = await rows<Rule>(tx, `${RULES} order by r.instance, r.tenant, r.audience`);
  return rules.map((rule) => ({ ...rule, byItself: isAnnounced(rule, incident) }));
}

interface Post {
  readonly incidentId: IncidentId;
  readonly audience: Audience;
  readonly instance: string;
  readonly tenant: string;
  readonly isShown: boolean;
  readonly isPrivate: boolean;
  readonly isSaid: boolean;
}

/** What a post says, as things are at this moment; null where nothing is there to be changed and nothing may be said. */
export async function announcementOf(database: Database, mirrorId: string, publicUrl: string): Promise<Content | null> {
  const [post] = await database.query<Post>(
    `select a.incident_id as "incidentId", a.audience, a.instance, a.tenant, a.shown as "isShown", i.private as "isPrivate", m.card is not null as "isSaid"
       from announcement a join mirror m on m.id = a.mirror_id join incident i on i.id = a.incident_id where a.mirror_id = $1`,
    [mirrorId],
  );
  if (!post) return null;
  if (post.isPrivate || !post.isShown) return post.isSaid ? farewell(post.isPrivate) : null;
  return announcement(post.audience, await factsOf(database, post, publicUrl));
}

/** Whether it is over by now, and how that is said to those who are not in its room. */
export async function endingOf(tx: Tx, incidentId: IncidentId): Promise<{ readonly isOver: boolean; readonly content: Content }> {
  const [facts] = await rows<Pick<AnnouncedFacts, 'reference' | 'title' | 'learned' | 'category'>>(
    tx,
    'select reference, title, learned, category from incident where id = $1',
    [incidentId],
  );
  if (!facts) throw new Error(`incident ${incidentId} is announced and has no row`);
  const isOver = !isOpenCategory(facts.category);
  return { isOver, content: overOrAgain(isOver, facts) };
}

async function factsOf(database: Database, { incidentId, instance, tenant }: Post, publicUrl: string): Promise<AnnouncedFacts> {
  const [facts] = await database.query<Omit<AnnouncedFacts, 'rooms' | 'warRoom' | 'update' | 'nextUpdateBy'>>(
    `select i.reference, i.title, i.summary, i.severity, i.status, i.category, i.kind, i.learned, p.name as lead
       from incident i left join one_person p on p.own_id = i.lead_id where i.id = $1`,
    [incidentId],
  );
  if (!facts) throw new Error(`incident ${incidentId} is announced and has no row`);
  const rooms = await database.query<Room>(
    `select m.instance, m.tenant, m.room, m.name, m.surface, m.permalink, m.instance = $2 and m.tenant = $3 as "isHere" from mirror m
      where m.incident_id = $1 and not m.private and m.room is not null and m.state not in ('failed', 'closed', 'archived') order by "isHere" desc, m.surface`,
    [incidentId, instance, tenant],
  );
  const waiting = await new UpdateQueries(database).of(incidentId);
  return {
    ...facts,
    rooms,
    warRoom: new URL(`/i/${facts.reference}`, publicUrl).href,
    update: waiting.last?.text === undefined ? null : { text: waiting.last.text, at: waiting.last.at },
    nextUpdateBy: nextUpdateDue(waiting),
  };
}
