import { type Attempt, done, refused } from '@musterhq/chat-port';
import { stringOf, wireOf, wiresOf } from '#libs/wire/wire';
import type { Graph } from './graph.ts';

/** Our app as the organisation has it. */
export interface CataloguedApp {
  readonly id: string;
  /** What it asks of each chat that it is added to, as it was uploaded. */
  readonly asks: readonly string[];
}

export const READS_CATALOGUE = 'AppCatalog.Read.All';

/** The apps of the organisation. There ours has another id than its own, and only what was uploaded can be added to a chat. */
export class Catalogue {
  constructor(
    private readonly graph: Graph,
    private readonly appId: string,
  ) {}

  async ours(signal: AbortSignal): Promise<Attempt<CataloguedApp>> {
    const query = { $filter: `externalId eq '${this.appId}'`, $expand: 'appDefinitions' };
    const call = { method: 'GET', path: ['appCatalogs', 'teamsApps'], query, needs: READS_CATALOGUE } as const;
    const listed = await this.graph.call(call, ({ body }) => (Array.isArray(body.value) ? wiresOf(body.value) : undefined), signal);
    if (listed.outcome !== 'done') return listed;
    const [app] = listed.value;
    const id = stringOf(app?.id);
    return id === undefined ? NOT_THERE : done({ id, asks: askedIn(wiresOf(app?.appDefinitions).at(-1)) });
  }
}

function askedIn(definition: unknown): string[] {
  const { requiredPermissionSet } = wireOf(wireOf(definition).authorization);
  const all = wiresOf(wireOf(requiredPermissionSet).resourceSpecificPermissions);
  return all.flatMap(({ permissionValue }) => stringOf(permissionValue) ?? []).filter((permission) => permission.endsWith('.Chat'));
}

const NOT_THERE = refused({
  code: 'not-found',
  scope: 'message',
  remedy: 'ask-admin',
  detail:
    'The app Muster is not among the apps of your organisation, so it cannot add itself to a chat. An administrator of Teams uploads it under "Manage apps".',
});
