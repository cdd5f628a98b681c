import { commandDone, type CommandDone } from '#libs/war-room-protocol/answers';
import { chatWordTaken, type ChatWordTaken } from '#libs/war-room-protocol/chat-word';
import type { DeclareRequest, RoomCommand } from '#libs/war-room-protocol/commands';
import { practiceView, type PracticeStep, type PracticeView } from '#libs/war-room-protocol/practice';
import {
  chatList,
  eventPage,
  incidentList,
  incidentView,
  me,
  roomSnapshot,
  statusList,
  unreadCounts,
  type ChatList,
  type IncidentList,
  type IncidentView,
  type Me,
  type EventPage,
  type RoomSnapshot,
  type StatusList,
} from '#libs/war-room-protocol/views';
import { ask, askFor, post, unknownAnswer } from './ask.ts';
import { readableEvents } from './readable-events.ts';

const incidentsUrl = '/api/v1/incidents';
const incidentUrl = (ref: string): string => `${incidentsUrl}/${encodeURIComponent(ref)}`;
const practiceUrl = (id: string): string => `/api/v1/practice/${encodeURIComponent(id)}`;

export const api = {
  me: (): Promise<Me> => askFor(me, '/api/v1/me'),
  chats: (): Promise<ChatList> => askFor(chatList, '/api/v1/chats'),
  chatWord: (id: string, word: 'down' | 'back'): Promise<ChatWordTaken> =>
    askFor(chatWordTaken, `/api/v1/chats/${encodeURIComponent(id)}/word`, post({ word })),
  /** The worst first, as many as fit on a page. */
  goingOn: (): Promise<IncidentList> => askFor(incidentList, `${incidentsUrl}?open=true`),
  /** The latest ended first. */
  ended: async (limit: number): Promise<readonly IncidentView[]> =>
    (await askFor(incidentList, `${incidentsUrl}?open=false&limit=${limit}`)).incidents,
  /** The same key with the same request again answers the same incident. */
  declare: (request: DeclareRequest, key: string): Promise<IncidentView> =>
    askFor(incidentView, incidentsUrl, post(request, { 'idempotency-key': key })),
  /** Where an open incident can be moved by naming it. */
  statuses: async (): Promise<StatusList['statuses']> =>
    (await askFor(statusList, '/api/v1/statuses')).statuses.filter(
      ({ category, archived }) => !archived && (category === 'active' || category === 'paused' || category === 'canceled'),
    ),
  unread: async (): Promise<Readonly<Record<string, number>>> => (await askFor(unreadCounts, '/api/v1/unread')).unread,
  snapshot: (ref: string): Promise<RoomSnapshot> => askFor(roomSnapshot, `${incidentUrl(ref)}/snapshot`),
  events: async (ref: string, after: number): Promise<EventPage> => {
    const response = await ask(`${incidentUrl(ref)}/events?after=${after}`, { signal: AbortSignal.timeout(15_000) });
    const page = eventPage.safeParse(readableEvents(await response.json().catch(() => undefined)));
    if (page.success) return page.data;
    throw unknownAnswer(response.status);
  },
  command: (ref: string, command: RoomCommand): Promise<CommandDone> =>
    askFor(commandDone, `${incidentUrl(ref)}/commands`, post(command, { 'idempotency-key': command.id })),
  /** Survives the page that sends it. */
  read: (ref: string, upTo: { readonly seq: number; readonly roles?: number }): Promise<unknown> =>
    ask(`${incidentUrl(ref)}/read`, { ...post(upTo), method: 'PUT', keepalive: true }),
  streamUrl: (ref: string, after: number): string => `${incidentUrl(ref)}/stream?after=${after}`,
  practice: (id: string): Promise<PracticeView> => askFor(practiceView, practiceUrl(id)),
  practiceStep: (id: string, step: PracticeStep): Promise<PracticeView> => askFor(practiceView, `${practiceUrl(id)}/steps`, post(step)),
};
export type Api = typeof api;
