import * as z from 'zod/mini';
import { roomCommand } from '#libs/war-room-protocol/commands';
import { roomEvent } from '#libs/war-room-protocol/events';
import { fileView } from '#libs/war-room-protocol/files';
import { mirrorView } from '#libs/war-room-protocol/mirrors';
import { incidentView, problem } from '#libs/war-room-protocol/views';
import { person, surface } from '#libs/war-room-protocol/vocabulary';

/** What the document calls by a name, so that a generated client has a type of that name. */
export const COMPONENTS = z.registry<{ id: string }>();

const NAMES = {
  Command: roomCommand,
  Event: roomEvent,
  File: fileView,
  Incident: incidentView,
  Mirror: mirrorView,
  Person: person,
  Problem: problem,
  Surface: surface,
};
for (const [id, schema] of Object.entries(NAMES)) COMPONENTS.add(schema, { id });
