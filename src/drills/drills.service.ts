import { uuidv7 } from 'uuidv7';
import type { Declaring } from '#src/incidents/declaring.service';
import type { Participants } from '#src/incidents/participants.service';
import { viewerOf } from '#src/incidents/visibility.queries';
import { mustBeAllowed } from '#src/people/permissions.types';
import { type Actor, type AtTheDoor, actorOf } from '#src/people/people.types';
import { type Database, type Tx, afterCommit } from '#src/platform/database/database';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import type { StreamLog } from '#src/platform/log/log';
import type { PageOf } from '#src/platform/http/paging';
import { recordChange } from '#src/platform/log/organisation-log';
import { uuidFor } from '#src/platform/log/uuid-for';
import { isUuid } from '#src/platform/words/is-uuid';
import { TeamQueries, teamCalled, teamNames } from '#src/teams/teams.queries';
import { chatCalled, openChat } from './drill-chat.ts';
import { type Drill, drillCalled, drillWith, holdGoingOn, lastDrills, toView } from './drill-rows.ts';
import { summaryOf, titleOf } from './drill-words.ts';
import { ChatInTrouble, DrillGoesOn, DrillNotFound, DrillTeamUnknown, NoChatToDrill, NoDrill } from './drills.errors.ts';
import type { DrillList, DrillToStart, DrillView } from './drills.types.ts';

/** So many names of teams fit into a sentence. */
const MOST_TEAMS = 10;

/** A team's rehearsals of an outage, as people ask for them. Whoever plays them is `DrillHost`. */
export class Drills {
  constructor(
    private readonly database: Database,
    private readonly declaring: Declaring,
    private readonly participants: Participants,
    private readonly log: StreamLog,
    private readonly doorbell: Doorbell,
    private readonly home: string,
  ) {}

  /**
   * Begins one: its incident is declared, and its room opened in a view of the chat that breaks for this room alone. Two at once
   * would explain each other's silence, so there is one at a time.
   *
   * @throws NotAllowed, NoChatToDrill, ChatInTrouble, DrillGoesOn, DrillTeamUnknown, TeamEmpty
   */
  async start(tx: Tx, ask: DrillToStart, by: Actor, requestId: string): Promise<DrillView> {
    await this.mustBeAllowed(tx, by);
    const id = uuidFor('drill', requestId);
    await tx.query('select pg_advisory_xact_lock(59)');
    const known = await drillWith(tx, { id });
    if (known) return toView(known);
    const before = await holdGoingOn(tx);
    if (before) throw new DrillGoesOn(before.number);
    const { chats, one: chat } = await chatCalled(tx, ask.chat);
    if (!chat) throw new NoChatToDrill(chats.map(({ name }) => name));
    if (chat.state !== 'ok') throw new ChatInTrouble(chat.name);
    const team = ask.team === '' ? null : await teamCalled(tx, ask.team);
    if (ask.team !== '' && !team) throw new DrillTeamUnknown(ask.team, await teamNames(tx, MOST_TEAMS));

    const instance = `drill-${id}`;
    await openChat(tx, { instance, chat: chat.id, tenant: chat.tenant, chatName: chat.name });
    const { id: incidentId, reference } = await this.declaring.declare(
      tx,
      {
        title: titleOf(ask.fault, chat.name),
        summary: summaryOf(ask.fault, chat.name, ask.minutes, this.reportUrl(id)),
        kind: 'drill',
        heardIn: instance,
      },
      by,
      requestId,
    );
    if (team) await this.participants.addTeam(tx, { id: incidentId, by, requestId: uuidFor(requestId, 'team') }, team, false);
    await tx.query(
      `insert into drill (id, incident_id, chat, tenant, chat_name, instance, fault, minutes, tells, asked_by, pace)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [id, incidentId, chat.id, chat.tenant, chat.name, instance, ask.fault, ask.minutes, ask.tells, by.person.id, chat.pace],
    );
    await this.record(tx, 'drill.begun', by, reference, { fault: ask.fault, minutes: ask.minutes, tells: ask.tells });
    afterCommit(tx, () => this.doorbell.ring({ topic: 'chats', id: instance }));
    const drill = await holdGoingOn(tx);
    if (!drill) throw new Error('the drill that was just begun is not there');
    return toView(drill);
  }

  /** It ends at once, as it would by itself later. Asking again changes nothing. @throws NotAllowed, NoDrill */
  async stop(tx: Tx, by: Actor, id?: string): Promise<DrillView> {
    await this.mustBeAllowed(tx, by);
    const drill = await holdGoingOn(tx);
    if (!drill || (id !== undefined && drill.id !== id)) throw new NoDrill();
    if (drill.stoppedBy === null) {
      await tx.query('update drill set stopped_by = $2 where id = $1', [drill.id, by.person.name]);
      await this.record(tx, 'drill.stopped', by, drill.number, { stopped: true });
      afterCommit(tx, () => this.doorbell.ring({ topic: 'chats', id: drill.instance }));
    }
    return toView(drill);
  }

  /** The same for somebody at a door. @throws as `start` */
  startAtTheDoor(ask: DrillToStart, somebody: AtTheDoor): Promise<DrillView> {
    return this.database.transaction((tx) => this.start(tx, ask, actorOf(somebody), uuidv7()));
  }

  stopAtTheDoor(id: string, somebody: AtTheDoor): Promise<DrillView> {
    mustBeAllowed(somebody, 'drill.run');
    return this.database.transaction(async (tx) => {
      const drill = await this.known(id);
      return drill.phase === 'over' ? toView(drill) : this.stop(tx, actorOf(somebody), drill.id);
    });
  }

  /** The latest first. @throws NotAllowed */
  async list(page: PageOf, somebody: AtTheDoor): Promise<DrillList> {
    mustBeAllowed(somebody, 'drill.see');
    return lastDrills(this.database, page);
  }

  /** By its id, or the number of its incident. @throws NotAllowed, DrillNotFound */
  async get(called: string, somebody: AtTheDoor): Promise<DrillView> {
    mustBeAllowed(somebody, 'drill.see');
    return toView(await this.known(called));
  }

  /** What can be chosen for one, by name. */
  async choices(): Promise<{ chats: string[]; teams: string[] }> {
    const { chats } = await this.database.transaction((tx) => chatCalled(tx, ''));
    return { chats: chats.map(({ name }) => name), teams: await new TeamQueries(this.database).callable() };
  }

  reportUrl(id: string): string {
    return new URL(`/drill/${id}`, this.home).href;
  }

  private async known(called: string): Promise<Drill> {
    const found = await drillCalled(this.database, isUuid(called) ? { id: called } : { number: called });
    if (!found) throw new DrillNotFound();
    return found;
  }

  private async mustBeAllowed(tx: Tx, { person, scopes = null }: Actor): Promise<void> {
    mustBeAllowed({ ...(await viewerOf(tx, person.id)), scopes }, 'drill.run');
  }

  private async record(tx: Tx, type: string, { person, via }: Actor, what: string, after: object): Promise<void> {
    await recordChange(tx, this.log, { type, by: person, via, data: { what, before: null, after } });
  }
}
