import { inflateSync } from 'node:zlib';
import { makeContext } from '@musterhq/adapter-testkit';
import type { SetupStep } from '@musterhq/chat-port';
import { TeamsSimulator } from '../simulator/teams-simulator.ts';
import { teamsPlugin } from '../src/plugin.ts';
import { TeamsProofs } from '../src/teams-proofs.ts';

describe('Setting Teams up', () => {
  const teams = new TeamsSimulator(Date.now);
  beforeAll(() => teams.open());
  afterAll(() => teams.close());

  const channel = (): string =>
    `https://teams.microsoft.com/l/channel/${encodeURIComponent(ops)}/Incidents?groupId=${teams.graph.team.id}&tenantId=${teams.tenant}`;
  let ops = '';
  beforeAll(() => void (ops = teams.graph.team.add('Incidents').id));

  const all = (): Record<string, string> => ({
    app_id: teams.appId,
    tenant_id: teams.tenant,
    client_secret: teams.secret,
    channel: channel(),
  });
  const contextWith = (secrets: Record<string, string>, hookUrl = 'https://muster.example.test/hooks/teams') =>
    makeContext({ instance: 'teams', hookUrl, config: { loginUrl: teams.url, graphUrl: teams.graphUrl }, secrets });
  const setupWith = (secrets: Record<string, string>) => teamsPlugin.setup!(contextWith(secrets));

  async function stepIn(id: string, secrets: Record<string, string>): Promise<SetupStep> {
    const step = (await setupWith(secrets).steps()).find((one) => one.id === id);
    if (!step) throw new Error(`There is no step ${id}`);
    return step;
  }

  it('begins with the address to paste and asks for six things, none of which is wrong yet', async () => {
    const steps = await setupWith({}).steps();

    expect(steps[0]).toMatchObject({ give: { text: 'https://muster.example.test/hooks/teams' } });
    expect(steps.flatMap(({ ask }) => ask?.secret ?? [])).toEqual([
      'app_id',
      'tenant_id',
      'client_secret',
      'channel',
      'kind',
      'private',
      'files',
    ]);
    expect(steps.filter(({ done, wrong }) => done || wrong)).toEqual([]);
  });

  it('is done with what Microsoft accepts, but for what only Teams can prove', async () => {
    const steps = await setupWith(all()).steps();

    expect(steps.filter(({ wrong }) => wrong)).toEqual([]);
    expect(steps.filter(({ done }) => !done).map(({ id }) => id)).toEqual(['package', 'all-messages']);
  });

  it.each([
    ['client-secret', { client_secret: 'another one' }, /does not accept this secret.*Make a new one/],
    ['client-secret', { client_secret: '11111111-2222-4333-8444-555555555555' }, /the id of a secret.*its value/],
    ['app-id', { app_id: 'Muster' }, /no id of a registration/],
    ['tenant-id', { tenant_id: 'contoso' }, /no id of a registration/],
    ['channel', { channel: '19:ops@thread.tacv2', kind: 'channel' }, /enter the whole link, with "groupId="/],
    ['files', { files: 'perhaps' }, /neither yes nor no.*gets no/],
    ['files', { files: 'yes', channel: '19:ops@thread.tacv2' }, /enter the whole link, with "groupId="/],
    ['kind', { kind: 'room' }, /no "room".*gets threads/],
    ['private', { private: 'room' }, /no "room".*gets none/],
    ['channel', { channel: '19:ops@thread.tacv2', private: 'chat' }, /enter the whole link, with "groupId="/],
    ['channel', { channel: 'https://contoso.example.test/' }, /no link to a channel.*Get link to channel/],
  ])('says what is wrong at %s, with %j', async (id, entered, words) => {
    expect(await stepIn(id, { ...all(), ...entered })).toMatchObject({
      done: false,
      wrong: true,
      say: expect.stringMatching(words) as string,
    });
  });

  it('says that Microsoft is away, and not that the secret is wrong', async () => {
    await teams.close();
    const { wrong, say } = await stepIn('client-secret', all());
    await teams.open();

    expect(wrong).toBe(true);
    expect(say).toContain('could not be reached, so the secret was not tried');
  });

  it('says that Teams cannot reach an address without https', async () => {
    const [first] = await teamsPlugin.setup!(contextWith(all(), 'http://localhost:3000/hooks/teams')).steps();

    expect(first).toMatchObject({ wrong: true, say: expect.stringContaining('set PUBLIC_URL to the https address') as string });
  });

  it('tells being called by name from hearing all that is said, and what to do where it hears less', async () => {
    const ctx = contextWith(all());
    const say = async (): Promise<string> => (await teamsPlugin.setup!(ctx).steps()).find(({ id }) => id === 'all-messages')?.say ?? '';
    const proofs = new TeamsProofs(ctx, teams.appId);

    proofs.note('heard');
    expect(await say()).toMatch(/people have to write "@Muster" in front.*an owner of the team/);
    proofs.note('overheard');
    expect(await say()).toMatch(/did not call Muster by its name came at \d\d:\d\d UTC/);
  });

  it('gives the app to upload: its manifest with the permissions of a team and a chat, and two icons', async () => {
    const { mime, bytes } = await setupWith(all()).artefact('muster-teams.zip');
    const files = unzipped(Buffer.from(bytes));
    const manifest = JSON.parse(files.get('manifest.json')?.toString('utf8') ?? '') as Record<string, unknown>;

    expect(mime).toBe('application/zip');
    expect([...files.keys()]).toEqual(['manifest.json', 'color.png', 'outline.png']);
    expect(manifest).toMatchObject({
      manifestVersion: '1.23',
      id: teams.appId,
      bots: [{ botId: teams.appId, scopes: ['team', 'groupChat', 'personal'] }],
      validDomains: ['muster.example.test'],
      webApplicationInfo: { id: teams.appId },
      authorization: {
        permissions: {
          resourceSpecific: [
            { name: 'ChannelMessage.Read.Group', type: 'Application' },
            { name: 'ChatMessage.Read.Chat', type: 'Application' },
          ],
        },
      },
      icons: { color: 'color.png', outline: 'outline.png' },
    });
    expect(pictureOf(files.get('color.png'))).toMatchObject({ width: 192, height: 192, clear: 0 });
    const outline = pictureOf(files.get('outline.png'));
    expect(outline).toMatchObject({ width: 32, height: 32, isWhite: true });
    expect(outline.clear).toBeGreaterThan(500);
    expect(await setupWith(all()).artefact('muster-teams.zip')).toEqual({ mime, bytes });
  });

  it('tries whether Graph shows what was said, and says what is lost where it does not', async () => {
    const say = async (id: string): Promise<SetupStep> => stepIn(id, { ...all(), kind: 'channel' });
    teams.graph.granted.delete('ChannelMessage.Read.Group');
    const forbidden = await say('graph');
    teams.graph.granted.add('ChannelMessage.Read.Group');
    const elsewhere = await stepIn('graph', { ...all(), channel: channel().replace(encodeURIComponent(ops), '19%3Aother%40thread.tacv2') });

    expect(await say('graph')).toMatchObject({ done: true });
    expect(forbidden).toMatchObject({
      done: false,
      say: expect.stringMatching(/not read afterwards.*has not given ChannelMessage/) as string,
    });
    expect(elsewhere).toMatchObject({ done: false, say: expect.stringContaining('no such channel in that team') as string });
    expect(await stepIn('graph', { ...all(), channel: '19:ops@thread.tacv2' })).toMatchObject({
      done: false,
      say: expect.stringContaining('the whole link') as string,
    });
  });

  it('asks the team for more where incidents get channels, and says what only an administrator can give', async () => {
    const secrets = { ...all(), kind: 'channel' };
    teams.graph.granted.delete('ChannelSettings.ReadWrite.Group');
    const forbidden = await stepIn('channels', secrets);
    teams.graph.granted.add('ChannelSettings.ReadWrite.Group');
    const permissionsIn = async (given: Record<string, string>): Promise<string> =>
      unzipped(Buffer.from((await setupWith(given).artefact('muster-teams.zip')).bytes))
        .get('manifest.json')!
        .toString();

    expect(forbidden).toMatchObject({
      done: false,
      say: expect.stringContaining('has not given ChannelSettings.ReadWrite.Group') as string,
    });
    expect(await stepIn('channels', secrets)).toMatchObject({
      done: true,
      say: expect.stringContaining('ChannelSettings.ReadWrite.All') as string,
    });
    expect((await stepIn('package', secrets)).say).toContain('make a channel for each incident (Channel.Create.Group)');
    expect(await permissionsIn(secrets)).toContain('"Channel.Create.Group"');
    expect(await permissionsIn(all())).not.toContain('Channel.Create');
  });

  it('tries the folder of the channel where files go both ways, and says who gives the permission', async () => {
    const secrets = { ...all(), files: 'yes' };
    teams.graph.granted.delete('Files.ReadWrite.All');
    const forbidden = await stepIn('folder', secrets);
    teams.graph.granted.add('Files.ReadWrite.All');

    expect(forbidden).toMatchObject({ done: false, say: expect.stringMatching(/does not let Muster.*Files\.ReadWrite\.All/) as string });
    expect(await stepIn('folder', secrets)).toMatchObject({ done: true });
    expect((await stepIn('files', secrets)).say).toMatch(/^Files go both ways/);
    expect((await setupWith(all()).steps()).map(({ id }) => id)).not.toContain('folder');
    expect((await stepIn('files', all())).say).toMatch(/^Files stay where they are/);
  });

  it.each<Record<string, string>>([{ kind: 'chat' }, { private: 'chat' }])(
    'asks chats for more where %j was chosen, and says what only an administrator gives',
    async (chosen) => {
      const secrets = { ...all(), ...chosen };
      const { graph } = teams;
      const asks = graph.chats.asks;
      graph.granted.delete('AppCatalog.Read.All');
      const forbidden = await stepIn('chats', secrets);
      graph.granted.add('AppCatalog.Read.All');
      graph.chats.asks = null;
      const notThere = await stepIn('chats', secrets);
      graph.chats.asks = ['ChatMessage.Read.Chat'];
      const older = await stepIn('chats', secrets);
      graph.chats.asks = asks;

      expect(forbidden).toMatchObject({
        done: false,
        say: expect.stringMatching(/AppCatalog\.Read\.All is not granted.*Chat\.Create/) as string,
      });
      expect(notThere).toMatchObject({ done: false, say: expect.stringContaining('not among the apps') as string });
      expect(older).toMatchObject({ done: false, say: expect.stringContaining('does not ask chats for Chat.Manage.Chat') as string });
      expect(await stepIn('chats', secrets)).toMatchObject({ done: true });
      const manifest = unzipped(Buffer.from((await setupWith(secrets).artefact('muster-teams.zip')).bytes))
        .get('manifest.json')!
        .toString();
      for (const permission of asks!) expect(manifest).toContain(`"${permission}"`);
      expect((await stepIn('package', secrets)).say).toContain('(Chat.Manage.Chat)');
    },
  );

  it('gives no app before there is an id to make it of, and no other file', async () => {
    expect(await stepIn('package', {})).not.toHaveProperty('give');
    await expect(setupWith({}).artefact('muster-teams.zip')).rejects.toThrow('Enter that first');
    await expect(setupWith(all()).artefact('other.zip')).rejects.toThrow('There is "muster-teams.zip".');
  });

  it.each([
    [{}, 'no application id'],
    [{ app_id: 'b0756e7c-0000-4000-8000-00000000b077' }, 'no tenant yet'],
    [{ ...{ app_id: 'a', tenant_id: 'b' }, channel: 'nowhere' }, 'neither a link to a channel'],
    [{ ...{ app_id: 'a', tenant_id: 'b' }, kind: 'room' }, 'none of what an incident can be in Teams'],
    [{ ...{ app_id: 'a', tenant_id: 'b' }, private: 'room' }, 'none of what a private incident can get'],
    [{ ...{ app_id: 'a', tenant_id: 'b' }, private: 'chat', channel: '19:ops@thread.tacv2' }, 'its link is needed'],
    [{ ...{ app_id: 'a', tenant_id: 'b' }, kind: 'channel', channel: '19:ops@thread.tacv2' }, 'its link is needed'],
    [{ ...{ app_id: 'a', tenant_id: 'b' }, files: 'yes', channel: '19:ops@thread.tacv2' }, 'its whole link is needed'],
    [{ ...{ app_id: 'a', tenant_id: 'b' }, files: 'perhaps', channel: '19:ops@thread.tacv2' }, 'yes or no'],
  ])('makes no adapter of %j, and says where to find the rest', async (secrets, words) => {
    const made = teamsPlugin.create(contextWith({ client_secret: 'x', ...secrets }));

    await expect(made).rejects.toThrow(words);
    await expect(made).rejects.toThrow('/adapters/teams/setup');
  });
});

/** As any program reads it: by the list at its end. */
function unzipped(zip: Buffer): Map<string, Buffer> {
  const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  const files = new Map<string, Buffer>();
  let at = zip.readUInt32LE(end + 16);
  for (let n = zip.readUInt16LE(end + 10); n > 0; n -= 1) {
    const [size, called, body] = [zip.readUInt32LE(at + 24), zip.readUInt16LE(at + 28), zip.readUInt32LE(at + 42)];
    const name = zip.subarray(at + 46, at + 46 + called).toString('utf8');
    const begin = body + 30 + zip.readUInt16LE(body + 26) + zip.readUInt16LE(body + 28);
    files.set(name, zip.subarray(begin, begin + size));
    at += 46 + called;
  }
  return files;
}

function pictureOf(png: Buffer = Buffer.alloc(0)): { width: number; height: number; clear: number; isWhite: boolean } {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const rows = inflateSync(png.subarray(41, png.indexOf('IEND', 0, 'latin1') - 8));
  const pixels = Array.from({ length: width * height }, (_, n) => {
    const at = Math.floor(n / width) * (width * 4 + 1) + 1 + (n % width) * 4;
    return [...rows.subarray(at, at + 4)] as [number, number, number, number];
  });
  return {
    width,
    height,
    clear: pixels.filter(([, , , opacity]) => opacity === 0).length,
    isWhite: pixels.every(([r, g, b]) => r === 255 && g === 255 && b === 255),
  };
}
