import type { Attempt, Room } from '@musterhq/chat-port';
import { uuidv7 } from 'uuidv7';
import type { AnnouncementToSet, Audience } from '#libs/war-room-protocol/announcements';
import type { Incidents, Request } from '#src/incidents/incidents.service';
import { mustBeAllowed } from '#src/people/permissions.types';
import { type Actor, type AtTheDoor, actorOf } from '#src/people/people.types';
import type { Chats } from '#src/platform/chats/chats';
import { type Database, type Tx, rows } from '#src/platform/database/database';
import { doneBefore } from '#src/platform/log/done-before';
import type { LoggedEvent } from '#src/platform/log/event.types';
import type { StreamLog } from '#src/platform/log/log';
import { recordChange } from '#src/platform/log/organisation-log';
import { ChatNotFound, PrivateNotAnnounced, RuleNotUsable } from './announcements.errors.ts';
import type { AnnouncementAsked, AnnouncementWithdrawn } from './announcements.events.ts';
import { placesFor, RULES } from './announcements.queries.ts';
import type { Rule, Workspace } from './announcements.types.ts';

const LOOK_WAIT_MS = 5_000;

const NOWHERE = 'No room of a chat is chosen for announcements yet. An admin chooses one at /settings/announcements.';

const OF_RULE = 'instance = $1 and tenant = $2 and audience = $3';

/** Where incidents are announced, and which of them by themselves. Saying it is the work of rooms, which follow each incident's log. */
export class Announcements {
  constructor(
    private readonly database: Database,
    private readonly log: StreamLog,
    private readonly chats: Pick<Chats, 'get'>,
    private readonly incidents: Incidents,
  ) {}

  /** @throws NotAllowed */
  async rules(by: AtTheDoor): Promise<Rule[]> {
    mustBeAllowed(by, 'settings.change');
    return this.database.query<Rule>(`${RULES} order by lower(c.name), r.tenant, r.audience`);
  }

  /** The chats' workspaces in which something can be announced. @throws NotAllowed */
  async workspaces(by: AtTheDoor): Promise<Workspace[]> {
    mustBeAllowed(by, 'settings.change');
    return this.database.query<Workspace>(
      `select t.instance, t.tenant, c.name from chat_tenant t join chat_instance c on c.id = t.instance where not c.pretend order by lower(c.name), t.tenant`,
    );
  }

  /**
   * Announces from now on in this room, what is going on and fits included. Another room of the same readers is not announced in any
   * more, and the posts there say so. Asks the chat whether there is such a room: never inside a transaction.
   *
   * @throws NotAllowed, ChatNotFound, RuleNotUsable
   */
  async set(instance: string, audience: Audience, to: AnnouncementToSet, by: AtTheDoor): Promise<Rule> {
    mustBeAllowed(by, 'settings.change');
    const workspace = await this.workspace(instance, to.tenant);
    const room = await this.roomCalled(workspace, to.room);
    return this.database.transaction(async (tx) => {
      const key = [instance, workspace.tenant, audience];
      const before = await this.hold(tx, key);
      if (before && before.room !== room.ref.room) await this.withdraw(tx, before, by);
      await tx.query(
        `insert into announcement_rule (instance, tenant, audience, room, room_name, severity, kinds) values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (instance, tenant, audience) do update set room = excluded.room, room_name = excluded.room_name, severity = excluded.severity, kinds = excluded.kinds, trouble = null`,
        [...key, room.ref.room, room.name, to.severity, to.kinds],
      );
      const rule = await this.hold(tx, key);
      if (!rule) throw new Error('a rule was set and is not there');
      await this.tellOpen(tx, rule, by);
      await this.record(tx, by, rule, before, rule);
      return rule;
    });
  }

  /** Nothing is announced there any more, and the posts of what goes on say so. @throws NotAllowed */
  async remove(instance: string, audience: Audience, tenant: string | undefined, by: AtTheDoor): Promise<void> {
    mustBeAllowed(by, 'settings.change');
    const workspace = await this.workspace(instance, tenant);
    await this.database.transaction(async (tx) => {
      const key = [instance, workspace.tenant, audience];
      const before = await this.hold(tx, key);
      if (!before) return;
      await this.withdraw(tx, before, by);
      await tx.query(`delete from announcement_rule where ${OF_RULE}`, key);
      await this.record(tx, by, before, before, null);
    });
  }

  /**
   * Announces one incident in every room that was chosen, whatever the rules say of it; again where its post was taken away or refused.
   * What is said to whoever asked; nothing is done where no room was chosen.
   *
   * @throws IncidentNotFound, NotAllowed, IdUsedBefore, PrivateNotAnnounced
   */
  async ask(tx: Tx, { id, by, requestId }: Request): Promise<{ seq: number | null; say: string }> {
    await this.incidents.hold(tx, { id, by }, 'incident.change');
    const places = await placesFor(tx, id);
    const say = `It is being announced in ${places.map(({ name, roomName }) => `${name}, ${roomName}`).join(' and ')}. The room here says when it is there.`;
    const done = await doneBefore(tx, id, requestId, 'announcement.asked', () => true);
    if (done !== null) return { seq: done, say };
    if (places.length > 0) return { seq: (await this.append(tx, id, requestId, by, {})).seq, say };
    if ((await this.incidents.get(tx, id)).private) throw new PrivateNotAnnounced();
    return { seq: null, say: NOWHERE };
  }

  private append(tx: Tx, incidentId: string, id: string, { person, via }: Actor, data: AnnouncementAsked): Promise<LoggedEvent> {
    return this.log.append(tx, incidentId, { id, type: 'announcement.asked', by: person, via, data });
  }

  /** What goes on and fits is announced there now; what the chat refused is tried once more. */
  private async tellOpen(tx: Tx, { instance, tenant, audience, room }: Rule, by: AtTheDoor): Promise<void> {
    const open = await rows<{ id: string }>(
      tx,
      `select i.id from incident i where i.category in ('active', 'paused') and not i.private and i.practice_instance is null and i.heard_in is null
          and not exists (select 1 from announcement a where a.incident_id = i.id and a.instance = $1 and a.tenant = $2 and a.audience = $3
                and a.room = $4 and a.shown and not a.refused)
        order by i.id for share of i`,
      [instance, tenant, audience, room],
    );
    for (const { id } of open) {
      const place = (await placesFor(tx, id)).find(
        (one) => one.instance === instance && one.tenant === tenant && one.audience === audience,
      );
      if (place?.byItself) await this.append(tx, id, uuidv7(), actorOf(by), { byRule: true });
    }
  }

  /** Told to every incident that goes on and is shown there. */
  private async withdraw(tx: Tx, rule: Rule, by: AtTheDoor): Promise<void> {
    const { person, via } = actorOf(by);
    const shown = await rows<{ incidentId: string; mirrorId: string }>(
      tx,
      `select a.incident_id as "incidentId", a.mirror_id as "mirrorId" from announcement a join incident i on i.id = a.incident_id
        where a.instance = $1 and a.tenant = $2 and a.audience = $3 and a.room = $4 and a.shown and i.category in ('triage', 'active', 'paused') order by i.id for share of i`,
      [rule.instance, rule.tenant, rule.audience, rule.room],
    );
    for (const { incidentId, mirrorId } of shown) {
      const surface = { id: rule.instance, name: rule.name };
      const data: AnnouncementWithdrawn = { announcementId: mirrorId, surface, room: rule.roomName, audience: rule.audience, why: 'rule' };
      await this.log.append(tx, incidentId, { id: uuidv7(), type: 'announcement.withdrawn', by: person, via, data });
    }
  }

  /** @throws ChatNotFound, RuleNotUsable */
  private async workspace(instance: string, tenant: string | undefined): Promise<Workspace> {
    const found = await this.database.query<Workspace>(
      `select t.instance, t.tenant, c.name from chat_tenant t join chat_instance c on c.id = t.instance
        where t.instance = $1 and not c.pretend and ($2::text is null or t.tenant = $2) order by t.tenant`,
      [instance, tenant ?? null],
    );
    const [one, ...others] = found;
    if (!one) throw new ChatNotFound();
    if (others.length > 0)
      throw new RuleNotUsable(`${one.name} has several workspaces: say which one, ${found.map((each) => each.tenant).join(', ')}.`);
    return one;
  }

  /** @throws RuleNotUsable */
  private async roomCalled({ instance, tenant, name }: Workspace, given: string): Promise<Room> {
    const rooms = this.chats.get(instance)?.adapter.rooms;
    const room = idIn(given);
    // Not every process speaks to chats, nor does every chat show its rooms: what nobody can look up is believed until a post is refused.
    if (!rooms) return { ref: { adapter: instance, tenant, room }, name: room, archived: false };
    const looked = await rooms
      .get({ adapter: instance, tenant, room }, AbortSignal.timeout(LOOK_WAIT_MS))
      .catch((): Attempt<null> => ({ outcome: 'unknown', fault: { code: 'protocol', scope: 'room' } }));
    if (looked.outcome !== 'done')
      throw new RuleNotUsable(`${name} did not say whether it has that room: ${looked.fault.detail ?? looked.fault.code}. Try again.`);
    if (looked.value === null)
      throw new RuleNotUsable(
        `${name} shows Muster no room "${room.slice(0, 80)}". Give the room's link or its id; into a private one Muster has to be invited first.`,
      );
    if (looked.value.archived)
      throw new RuleNotUsable(`${looked.value.name} is archived. Open it again in ${name}, or choose another room.`);
    return looked.value;
  }

  private async hold(tx: Tx, key: readonly string[]): Promise<Rule | null> {
    const [rule] = await rows<Rule>(tx, `${RULES} where r.instance = $1 and r.tenant = $2 and r.audience = $3 for update of r`, [...key]);
    return rule ?? null;
  }

  private async record(tx: Tx, by: AtTheDoor, { name, audience }: Rule, before: Rule | null, after: Rule | null): Promise<void> {
    const { person, via } = actorOf(by);
    const data = { what: `${name}, ${audience}`, before: inAudit(before), after: inAudit(after) };
    await recordChange(tx, this.log, { type: 'announcements.changed', by: person, via, data });
  }
}

const inAudit = (rule: Rule | null): object | null =>
  rule && { room: rule.roomName, severity: rule.severity, kinds: rule.kinds.join(', ') };

/** People copy a room's link, or its id. */
function idIn(given: string): string {
  const words = given
    .trim()
    .replace(/^<?#/, '')
    .replace(/[|>].*$/, '');
  if (!URL.canParse(words)) return words;
  const [last] = new URL(words).pathname
    .split('/')
    .filter((part) => part !== '')
    .slice(-1);
  return last ?? words;
}
