import { Doorbell } from '#src/platform/doorbell/doorbell';
import { StreamLog } from '#src/platform/log/log';
import type { Provider, Type } from '@nestjs/common';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Uploads } from '#src/artifacts/uploads.service';
import { Declaring } from '#src/incidents/declaring.service';
import { IncidentQueries } from '#src/incidents/incidents.queries';
import { Statuses } from '#src/incidents/statuses.service';
import { RoleHolders } from '#src/incidents/roles/role-holders.service';
import { Door } from '#src/people/door.service';
import { Links } from '#src/people/links.service';
import { ChatSecrets } from '#src/platform/chats/chat-secrets';
import { AdapterContexts } from '#src/platform/chats/adapter-context';
import { Chats } from '#src/platform/chats/chats';
import type { Config } from '#src/platform/config/config.schema';
import { AsOne } from '#src/people/as-one.service';
import { Database } from '#src/platform/database/database';
import { Pages } from '#src/platform/http/pages/pages';
import { LOG, type Log } from '#src/platform/logging/logging';
import { ReadMarks } from '#src/rooms/read-marks.service';
import { TeamQueries } from '#src/teams/teams.queries';
import { UpdateQueries } from '#src/updates/updates.queries';
import { CONFIG } from '#src/platform/platform.tokens';
import { GivenUp } from '../given-up.ts';
import { RoomCommands } from '../commands/room-commands.ts';
import { HeardQueries } from '../heard.queries.ts';
import { RoomQueries } from '../room.queries.ts';
import { AppController } from './app/app.controller.ts';
import { WebBuild } from './app/web-build.ts';
import { AdaptersController } from './chats/adapters.controller.ts';
import { ChatConnections } from './chats/chat-connections.ts';
import { Setups } from './chats/setups.ts';
import { TestMessage } from './chats/test-message.ts';
import { InvitationsController } from './doors/invitations.controller.ts';
import { Invitations } from './doors/invitations.ts';
import { Guests } from './guests.ts';
import { HomeAnswers } from './home/home-answers.ts';
import { LiteController } from './lite.controller.ts';
import { MessageFileQueries } from './room/message-files.queries.ts';
import { FlowQueries } from './room/flow.queries.ts';
import { MessageQueries } from './room/message.queries.ts';
import { RoomAnswers } from './room/room-answers.ts';
import { RoomViews } from './room/room-view.ts';
import { SettingsController } from './settings/settings.controller.ts';
import { TextRoomController } from './room/text-room.controller.ts';

/** In this order: an address that ends in ".txt" is the text room's, before it could be taken for an incident's id. */
export const pageControllers: readonly Type[] = [
  InvitationsController,
  AdaptersController,
  SettingsController,
  TextRoomController,
  LiteController,
  AppController,
];

export const pageProviders: readonly Provider[] = [
  { provide: Guests, useFactory: (door: Door) => new Guests(door), inject: [Door] },
  { provide: WebBuild, useFactory: () => new WebBuild(builtFolder()) },
  {
    provide: Invitations,
    useFactory: (links: Links) => new Invitations(links),
    inject: [Links],
  },
  {
    provide: ChatConnections,
    useFactory: (database: Database, setups: Setups, secrets: ChatSecrets, log: StreamLog, doorbell: Doorbell) =>
      new ChatConnections(database, setups, secrets, log, doorbell),
    inject: [Database, Setups, ChatSecrets, StreamLog, Doorbell],
  },
  { provide: TestMessage, useFactory: (database: Database, chats: Chats) => new TestMessage(database, chats), inject: [Database, Chats] },
  {
    provide: Setups,
    useFactory: (database: Database, chats: Chats, contexts: AdapterContexts, log: Log, config: Config) =>
      new Setups(database, chats, contexts, log, config.MUSTER_CHATS),
    inject: [Database, Chats, AdapterContexts, LOG, CONFIG],
  },
  { provide: MessageQueries, useFactory: (database: Database) => new MessageQueries(database), inject: [Database] },
  {
    provide: FlowQueries,
    useFactory: (database: Database, messages: MessageQueries, asOne: AsOne) =>
      new FlowQueries(database, messages, new MessageFileQueries(database), asOne),
    inject: [Database, MessageQueries, AsOne],
  },
  {
    provide: RoomViews,
    useFactory: (
      incidents: IncidentQueries,
      rooms: RoomQueries,
      statuses: Statuses,
      flows: FlowQueries,
      givenUp: GivenUp,
      updates: UpdateQueries,
      roles: RoleHolders,
      teams: TeamQueries,
      readMarks: ReadMarks,
    ) => new RoomViews(incidents, rooms, statuses, flows, givenUp, updates, roles, teams, readMarks),
    inject: [IncidentQueries, RoomQueries, Statuses, FlowQueries, GivenUp, UpdateQueries, RoleHolders, TeamQueries, ReadMarks],
  },
  {
    provide: RoomAnswers,
    useFactory: (
      door: Door,
      incidents: IncidentQueries,
      commands: RoomCommands,
      views: RoomViews,
      messages: MessageQueries,
      heard: HeardQueries,
      pages: Pages,
      uploads: Uploads,
      readMarks: ReadMarks,
    ) => new RoomAnswers(door, incidents, commands, views, messages, heard, pages, uploads, readMarks),
    inject: [Door, IncidentQueries, RoomCommands, RoomViews, MessageQueries, HeardQueries, Pages, Uploads, ReadMarks],
  },
  {
    provide: HomeAnswers,
    useFactory: (door: Door, queries: IncidentQueries, declaring: Declaring, pages: Pages) =>
      new HomeAnswers(door, queries, declaring, pages),
    inject: [Door, IncidentQueries, Declaring, Pages],
  },
];

/** Compiled, this file is below `dist`, as the application is; run as it is, it is beside `dist`. */
function builtFolder(): string {
  const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');
  return basename(root) === 'dist' ? join(root, 'web') : join(root, 'dist', 'web');
}
