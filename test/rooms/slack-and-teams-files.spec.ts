import { file } from '#adapters/teams/simulator/attached';
import { TOKEN, useApp } from '#test/support/app';
import { slackPlatform } from '#test/support/slack';
import { type Everywhere, TwoChats } from '#test/support/slack-and-teams';
import { teamsPlatform } from '#test/support/teams';
import { until } from '#test/support/until';

const LOG = Buffer.from('ERROR pool exhausted');

describe('A file of an incident that is in Slack and in Teams, where Muster may have the files of the channel', () => {
  const app = useApp({ roles: ['web', 'ingest', 'worker'], platforms: [slackPlatform, teamsPlatform] });
  let chats: TwoChats;

  beforeAll(async () => {
    chats = await TwoChats.join(app, 50, { withFiles: true });
  }, 120_000);
  afterAll(() => chats.close());

  it('goes from Slack to the room and into the channel’s folder in Teams, once, where its line leads to it', async () => {
    const incident = await chats.incident();

    await chats.slack
      .as(chats.ana)
      .share(incident.channel, [{ name: 'app.log', mimetype: 'text/plain', bytes: LOG }], { text: 'look at this' });
    await isKept(incident);
    await chats.quiet();

    const put = inFolder('app');
    expect(put.map(({ bytes }) => Buffer.from(bytes))).toEqual([LOG]);
    const [, line, ...others] = incident.inTeams();
    expect(line?.text).toContain('Ana Ruiz (Slack) added app.log (text, 20 bytes)');
    expect(line?.links).toEqual([`${app.url}/i/${incident.number}`, expect.stringContaining(put[0]!.name)]);
    expect(others).toEqual([]);
    expect(await app.events(incident.number, 'file.added')).toHaveLength(1);
  });

  it('goes from the war room into the channel’s folder', async () => {
    const incident = await chats.incident();

    const response = await fetch(`${app.url}/api/v1/incidents/${incident.number}/files?name=graph.log`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/octet-stream' },
      body: new Uint8Array(LOG),
    });
    expect(response.status).toBe(201);
    await isKept(incident);
    await chats.quiet();

    expect(inFolder('graph')).toHaveLength(1);
  });

  it('goes from Teams to the room and to Slack, by the name that it has there', async () => {
    const incident = await chats.incident();

    await incident.saysInTeams('ben', 'the trace', [file('trace.log', LOG)]);
    await isKept(incident);
    await chats.quiet();

    const [added] = await app.events(incident.number, 'file.added');
    expect(added).toMatchObject({ by: { name: 'ben' }, via: { id: 'teams' }, data: { name: 'trace.log', size: LOG.length } });
    expect(chats.slack.files().map(({ name, size }) => [name, size])).toContainEqual(['trace.log', LOG.length]);
    expect(incident.inTeams().map(({ text }) => text)).toEqual(['the trace']);
  });

  it('is named in the room with the way to it, and why it is not there, where the permission is missing', async () => {
    const incident = await chats.incident();
    const { granted } = chats.teams.teams.graph;
    granted.delete('Files.ReadWrite.All');

    await incident.saysInTeams('ben', 'the dump', [file('dump.log', LOG)]);
    await until('it is lost', async () => (await app.events(incident.number, 'file.lost')).length > 0);
    granted.add('Files.ReadWrite.All');

    const [lost] = await app.events(incident.number, 'file.lost');
    expect(lost?.data).toMatchObject({
      name: 'dump.log',
      why: expect.stringMatching(/permission Files\.ReadWrite\.All.*Who has it can add it here\.$/) as string,
      href: expect.stringMatching(/sharepoint\.com.*dump\.log$/) as string,
    });
  });

  const isKept = (incident: Everywhere): Promise<unknown> =>
    until('it is kept', async () => (await app.events(incident.number, 'file.added')).length > 0);

  const inFolder = (name: string) =>
    chats.teams.teams.graph.library.items.filter((item) => item.folder === chats.teams.channel && item.name.startsWith(`${name}-`));
});
