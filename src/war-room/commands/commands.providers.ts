import type { Provider } from '@nestjs/common';
import { Announcements } from '#src/announcements/announcements.service';
import { Conversation } from '#src/conversation/conversation.service';
import { Incidents } from '#src/incidents/incidents.service';
import { Participants } from '#src/incidents/participants.service';
import { Privacy } from '#src/incidents/privacy.service';
import { RoleHolders } from '#src/incidents/roles/role-holders.service';
import { Triage } from '#src/incidents/triage.service';
import { Visibility } from '#src/incidents/visibility.queries';
import { Database } from '#src/platform/database/database';
import { Edits } from '#src/rooms/edits.service';
import { Marks } from '#src/rooms/marks.service';
import { Messages } from '#src/rooms/messages.service';
import { SayAgain } from '#src/rooms/say-again.service';
import { Timeline } from '#src/timeline/timeline.service';
import { Nudges } from '#src/updates/nudges.service';
import { Updates } from '#src/updates/updates.service';
import { announceCommands } from './announce-commands.ts';
import type { Handlers } from './handlers.ts';
import { incidentCommands, triageCommands } from './incident-commands.ts';
import { messageCommands } from './message-commands.ts';
import { participantCommands } from './participant-commands.ts';
import { roleCommands } from './role-commands.ts';
import { RoomCommands } from './room-commands.ts';
import { spokenCommands } from './spoken-commands.ts';
import { updateCommands } from './update-commands.ts';

/** A command of a new subject is a file beside this one and a line in both lists. */
export const commandProviders: Provider[] = [
  { provide: incidentCommands, useFactory: incidentCommands, inject: [Incidents] },
  { provide: triageCommands, useFactory: triageCommands, inject: [Triage, Privacy, Visibility] },
  { provide: roleCommands, useFactory: roleCommands, inject: [RoleHolders] },
  { provide: participantCommands, useFactory: participantCommands, inject: [Participants] },
  { provide: messageCommands, useFactory: messageCommands, inject: [Edits, Marks, SayAgain, Timeline] },
  { provide: updateCommands, useFactory: updateCommands, inject: [Updates, Nudges] },
  { provide: announceCommands, useFactory: announceCommands, inject: [Announcements] },
  { provide: spokenCommands, useFactory: spokenCommands, inject: [Conversation] },
  {
    provide: RoomCommands,
    useFactory: (
      database: Database,
      messages: Messages,
      incident: Made<typeof incidentCommands>,
      triage: Made<typeof triageCommands>,
      role: Made<typeof roleCommands>,
      participant: Made<typeof participantCommands>,
      message: Made<typeof messageCommands>,
      update: Made<typeof updateCommands>,
      announce: Made<typeof announceCommands>,
      spoken: Made<typeof spokenCommands>,
    ) =>
      new RoomCommands(database, messages, {
        ...incident,
        ...triage,
        ...role,
        ...participant,
        ...message,
        ...update,
        ...announce,
        ...spoken,
      }),
    inject: [
      Database,
      Messages,
      incidentCommands,
      triageCommands,
      roleCommands,
      participantCommands,
      messageCommands,
      updateCommands,
      announceCommands,
      spokenCommands,
    ],
  },
];

type Made<Commands extends (...services: never[]) => Partial<Handlers>> = ReturnType<Commands>;
