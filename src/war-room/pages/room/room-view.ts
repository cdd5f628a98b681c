import type { Waiting } from '#libs/war-room-protocol/waiting';
import type { IncidentView, RoomSnapshot } from '#libs/war-room-protocol/views';
import type { IncidentQueries } from '#src/incidents/incidents.queries';
import type { Statuses } from '#src/incidents/statuses.service';
import type { RoleHolders } from '#src/incidents/roles/role-holders.service';
import type { AtTheDoor } from '#src/people/people.types';
import type { UpdateQueries } from '#src/updates/updates.queries';
import type { GivenUp } from '../../given-up.ts';
import type { ReadMarks, RoleToRead } from '#src/rooms/read-marks.service';
import type { TeamQueries } from '#src/teams/teams.queries';
import type { RoomQueries } from '../../room.queries.ts';
import type { Flow, FlowQueries } from './flow.queries.ts';

/** All that a page of the room shows. */
export interface RoomView {
  readonly incident: IncidentView;
  readonly people: RoomSnapshot['people'];
  readonly roles: RoomSnapshot['roles'];
  readonly mirrors: RoomSnapshot['mirrors'];
  readonly flow: Flow;
  readonly waiting: Waiting;
  /** What others gave to whoever looks, and they have not said that they read. */
  readonly rolesToRead: readonly RoleToRead[];
  /** What can be chosen by its name. */
  readonly statuses: readonly string[];
  /** Those of them that close the incident. */
  readonly closing: readonly string[];
  /** The names of those that can be added. */
  readonly teams: readonly string[];
  /** Set on a page of older messages. */
  readonly before: number | null;
  readonly viewer: AtTheDoor;
  readonly now: string;
  readonly givenUp: readonly string[];
}

export class RoomViews {
  constructor(
    private readonly incidents: IncidentQueries,
    private readonly rooms: RoomQueries,
    private readonly statuses: Statuses,
    private readonly flows: FlowQueries,
    private readonly givenUp: GivenUp,
    private readonly updates: UpdateQueries,
    private readonly roles: RoleHolders,
    private readonly teams: TeamQueries,
    private readonly readMarks: ReadMarks,
  ) {}

  /** @throws IncidentNotFound */
  async read(id: string, viewer: AtTheDoor, before: number | null = null): Promise<RoomView> {
    const incident = await this.incidents.get(id, viewer);
    const [people, roles, mirrors, statuses, closing, teams, flow, waiting, rolesToRead] = await Promise.all([
      this.rooms.people(incident.id),
      this.roles.of(incident.id),
      this.rooms.mirrors(incident.id),
      this.statuses.choices(incident.category),
      this.statuses.closing(incident.category),
      incident.kind === 'drill' ? [] : this.teams.callable(),
      this.flows.page(incident.id, before),
      this.updates.of(incident.id),
      this.readMarks.rolesToRead(viewer.person.id, incident.id),
    ]);
    return {
      incident,
      people,
      roles,
      mirrors,
      statuses,
      closing,
      teams,
      flow,
      waiting,
      rolesToRead,
      before,
      viewer,
      now: new Date().toISOString(),
      givenUp: this.givenUp.lines(),
    };
  }
}
