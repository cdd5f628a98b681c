import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TeamsSimulator } from '#adapters/teams/simulator/teams-simulator';

/** The same address, behind something: what each line between Muster and Teams is led through. */
export type Through = (name: string, url: string) => Promise<string>;

const SECRET = 'TEAMS_SECRET_OF_THE_TESTS';

/** A pretend Teams that processes of Muster are started with. Each incident is a thread of one channel, whose past Graph shows. */
export class TeamsBeside {
  private constructor(
    readonly teams: TeamsSimulator,
    /** In which incidents get their threads. */
    readonly channel: string,
    /** Where its login and its keys are. */
    private readonly door: string,
    private readonly folder: string,
  ) {}

  static async open(through: Through = (_, url) => Promise.resolve(url)): Promise<TeamsBeside> {
    const teams = new TeamsSimulator(Date.now);
    await teams.open();
    teams.knownAs = await through('all and the connector', teams.serviceUrl);
    teams.graphKnownAs = await through('all and Graph', teams.graphUrl);
    const door = (await through('all and the login', teams.url)).replace(/\/$/, '');
    const channel = teams.conversations.add('incidents', 'channel').id;
    teams.graph.team.add('Incidents', { id: channel });
    const beside = new TeamsBeside(teams, channel, door, mkdtempSync(join(tmpdir(), 'muster-teams-beside-')));
    beside.writeDown();
    return beside;
  }

  /** What makes Muster speak with it. */
  get environment(): Readonly<Record<string, string>> {
    return { MUSTER_CHATS: this.file, [SECRET]: this.teams.secret };
  }

  /** Where it listens itself. */
  get port(): number {
    return Number(new URL(this.teams.url).port);
  }

  async close(): Promise<void> {
    await this.teams.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get file(): string {
    return join(this.folder, 'chats.json');
  }

  private writeDown(): void {
    const { appId, tenant: tenantId, serviceUrl, graphUrl, graph } = this.teams;
    const channel = `https://teams.microsoft.com/l/channel/${encodeURIComponent(this.channel)}/Incidents?groupId=${graph.team.id}`;
    const openIdMetadataUrl = this.teams.openIdMetadataUrl.replace(this.teams.url, this.door);
    const config = { appId, tenantId, serviceUrl, graphUrl, loginUrl: this.door, openIdMetadataUrl, channel };
    writeFileSync(this.file, JSON.stringify([{ id: 'teams', plugin: 'teams', config, secrets: { client_secret: { env: SECRET } } }]));
  }
}
