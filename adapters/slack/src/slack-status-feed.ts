import type { AdmittedTrouble, StatusFeed } from '@musterhq/chat-port';
import { z } from 'zod';
import { SLACK_API, type SlackConfig } from './slack-config.ts';

export const SLACK_STATUS = 'https://slack-status.com/api/v2.0.0/current';

/** What Muster does not use: trouble with nothing but these explains none of ours. A name that is new is not among them. */
const NOT_OURS: ReadonlySet<string> = new Set([
  ...['Calls', 'Canvases', 'Huddles', 'Link Previews', 'Lists', 'Notifications', 'Search'],
  ...['Workflow Builder', 'Workflows', 'Workspace/Org Administration'],
]);

const WORST_FIRST: readonly string[] = ['outage', 'incident', 'notice'];

const incident = z.object({
  title: z.string().min(1),
  type: z.string().default('incident'),
  /** What is planned stands there too. */
  status: z.string().default('active'),
  url: z.string().optional(),
  services: z.array(z.string()).default([]),
});
const current = z.discriminatedUnion('status', [
  z.object({ status: z.literal('ok'), active_incidents: z.array(incident).default([]) }),
  z.object({ status: z.literal('active'), active_incidents: z.array(incident) }),
]);

/** Slack's own word on how Slack is. A Slack that is somewhere else has none, unless somebody says where. */
export function slackStatusFeed({ apiUrl, statusUrl }: Pick<SlackConfig, 'apiUrl' | 'statusUrl'>): StatusFeed | undefined {
  const address = statusUrl ?? (apiUrl === SLACK_API ? SLACK_STATUS : 'off');
  return address === 'off' ? undefined : { address: () => address, read: readStatus };
}

export function readStatus(body: string): AdmittedTrouble[] | null {
  const read = current.safeParse(asJson(body));
  if (!read.success) return null;
  return read.data.active_incidents
    .filter(({ status, services }) => status === 'active' && (services.length === 0 || services.some((name) => !NOT_OURS.has(name))))
    .sort((a, b) => rankOf(a.type) - rankOf(b.type))
    .map(({ title, url }) => ({ title, ...(url === undefined ? {} : { href: url }) }));
}

/** A kind that is new stands before what is only a notice. */
const rankOf = (type: string): number => (WORST_FIRST.includes(type) ? WORST_FIRST.indexOf(type) : 1);

function asJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
