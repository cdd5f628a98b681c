import type { Activity } from '#adapters/teams/simulator/activities';
import type { KeptMessage } from '#adapters/teams/simulator/conversations';
import { TeamsSimulator } from '#adapters/teams/simulator/teams-simulator';
import { teamsPlugin } from '#adapters/teams/src/plugin';
import type { ChatPlatform } from '#src/platform/chats/plugins';
import type { TestApp } from './app.ts';
import { until } from './until.ts';

export const teamsPlatform: ChatPlatform = { plugin: teamsPlugin, fromEnvironment: () => ({ problems: ['only in tests'] }) };

/** A pretend Teams joined to an app of the tests. */
export class JoinedTeams {
  private constructor(
    private readonly app: TestApp,
    readonly teams: TeamsSimulator,
    /** In which incidents get their threads, where they do. */
    readonly channel: string,
  ) {}

  /**
   * `inChannels`: each incident gets a channel of its own, in a team that Graph is asked about. `withFiles`: its team is known too, and the files of
   * its channels are Muster's to read and write. `inChats`: private ones get a group chat.
   */
  static async join(
    app: TestApp,
    { inThreads = false, inChannels = false, inChats = false, withFiles = false, pace = 50 } = {},
  ): Promise<JoinedTeams> {
    const teams = new TeamsSimulator(Date.now);
    await teams.open();
    const channel = teams.conversations.add('incidents', 'channel').id;
    const { appId, tenant, serviceUrl, url, openIdMetadataUrl, graph, graphUrl } = teams;
    graph.team.add('Incidents', { id: channel });
    const link = `https://teams.microsoft.com/l/channel/${encodeURIComponent(channel)}/Incidents?groupId=${graph.team.id}`;
    const chosen = inChannels
      ? { channel: link, kind: 'channel', graphUrl }
      : inChats
        ? { channel: link, graphUrl, private: 'chat' }
        : withFiles
          ? { channel: link, graphUrl, files: 'yes' }
          : inThreads
            ? { channel }
            : {};
    const config = { appId, tenantId: tenant, serviceUrl, loginUrl: url, openIdMetadataUrl, ...chosen };
    await app.database.query(
      `insert into chat_instance (id, plugin, name, config, secrets, pace) values ('teams', 'teams', 'Microsoft Teams', $1, $2, $3)`,
      [JSON.stringify(config), JSON.stringify({ client_secret: teams.secret }), pace],
    );
    app.doorbell.ring({ topic: 'chats', id: 'teams' });
    const joined = new JoinedTeams(app, teams, channel);
    const { id } = teams.conversations.add('elsewhere', 'channel');
    // Microsoft's SDK takes its time to load, during which connections break; what comes before its keys would have to come again.
    const isLetIn = (): Promise<boolean> =>
      joined.tells(teams.unfamiliar(id, 'unheard-of')).then(
        ({ status }) => status === 200,
        () => false,
      );
    await until('Teams is let in', isLetIn, 60_000);
    return joined;
  }

  /** What Muster answers to an activity in the same breath; null where it answers nothing. */
  async tells(activity: Activity): Promise<{ status: number; body: unknown }> {
    const { authorization } = this.teams.told(activity);
    const response = await fetch(`${this.app.url}/hooks/teams`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
      body: JSON.stringify(activity),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : (JSON.parse(text) as unknown) };
  }

  /** What Muster said in a thread, oldest first. */
  answers(room: string, thread: string): KeptMessage[] {
    return this.teams.conversations.of(room).messages.filter((message) => message.from === 'us' && message.thread === thread);
  }
}
