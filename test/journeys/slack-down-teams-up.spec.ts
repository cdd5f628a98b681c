import type { RoomEventOf } from '#libs/war-room-protocol/events';
import type { MirrorView } from '#libs/war-room-protocol/mirrors';
import { useApp } from '#test/support/app';
import { shown, slackPlatform } from '#test/support/slack';
import { type Everywhere, TwoChats } from '#test/support/slack-and-teams';
import { teamsPlatform } from '#test/support/teams';
import { until } from '#test/support/until';

/** A minute of theirs takes two and a half seconds. */
const PACE = 24;

/** Ana writes in Slack, Ben in Teams, and somebody in the war room. Then Slack takes every call and answers none, and tells nothing. */
describe('Slack is gone in the middle of an incident that is in Teams too', () => {
  const app = useApp({ platforms: [slackPlatform, teamsPlatform] });
  let chats: TwoChats;
  let incident: Everywhere;
  const inSlack: string[] = [];

  beforeAll(async () => {
    chats = await TwoChats.join(app, PACE);
    incident = await chats.incident();
    await anaSays('before, in Slack');
    await incident.saysInTeams('ben', 'before, in Teams');
    await incident.saysHere('before, here');
    await agree('slack', 'teams');
  }, 180_000);
  afterAll(() => chats.close());

  it('goes on between Teams and the war room, each word of the one read in the other before the next is said', async () => {
    chats.slack.setFault({ kind: 'all', api: 'silence' });
    for (let n = 1; n <= 8; n++) {
      await anaSays(`unheard ${n}, in Slack`);
      await incident.saysInTeams('ben', `meanwhile ${n}, in Teams`);
      await incident.message(`meanwhile ${n}, in Teams`);
      await incident.saysHere(`meanwhile ${n}, here`);
      await agree('teams');
    }

    expect(words().filter((text) => text.startsWith('meanwhile'))).toEqual([]);
  }, 120_000);

  it('is told in Teams, once, that who is in Slack alone does not read along', async () => {
    await until('Slack is known to be down', async () => (await stateOf('slack')) === 'parked', 60_000);
    await until('Teams is told', () => aboutSlack('is not answering').length > 0);
    await incident.saysInTeams('ben', 'so we are alone');
    await incident.message('so we are alone');

    expect(aboutSlack('is not answering')).toHaveLength(1);
    expect(await stateOf('teams')).toBe('open');
  }, 90_000);

  it('is one history on every surface when Slack is back: nothing missing, nothing twice, everything in order', async () => {
    chats.slack.clearFaults();
    await until('Slack has caught up', async () => (await app.events(incident.number, 'gap.closed')).length > 0, 120_000);
    await until('Slack is relied on', async () => (await stateOf('slack')) === 'open', 60_000);
    await agree('slack', 'teams');
    await chats.quiet();

    for (const surface of ['slack', 'teams'] as const) {
      const { shown: told, said } = await incident.toldIn(surface);
      expect(told).toEqual(said);
      expect(said.length).toBeGreaterThanOrEqual(10);
      expect((await incident.shownIn(surface)).sort()).toEqual((await app.texts(incident.number)).sort());
    }
    expect(await heardFromSlack()).toEqual(inSlack);
    expect(new Set(await app.texts(incident.number)).size).toBe((await app.texts(incident.number)).length);
    await until('Teams is told of it', () => aboutSlack('has caught up: 8 messages said there').length === 1);
  }, 240_000);

  async function anaSays(text: string): Promise<void> {
    inSlack.push(text);
    await incident.saysInSlack(text);
  }

  /** What was said elsewhere is there. */
  async function agree(...surfaces: ('slack' | 'teams')[]): Promise<void> {
    for (const surface of surfaces)
      await until(
        `${surface} has everything`,
        async () => {
          const { shown: told, said } = await incident.toldIn(surface);
          return told.length >= said.length;
        },
        60_000,
      );
  }

  const words = (): string[] => shown(chats.slack, incident.channel).map(({ text }) => text);
  const aboutSlack = (words: string): string[] =>
    incident.inTeams().flatMap(({ text }) => (text.startsWith(`Slack ${words}`) ? [text] : []));

  async function stateOf(chat: string): Promise<MirrorView['state'] | undefined> {
    const { body } = await app.api('GET', `/api/v1/incidents/${incident.number}/snapshot`);
    return (body as { mirrors: MirrorView[] }).mirrors.find(({ surface }) => surface.id === chat)?.state;
  }

  /** As the war room shows it, by its own time. */
  async function heardFromSlack(): Promise<string[]> {
    const posted: RoomEventOf<'message.posted'>[] = (await incident.inWarRoom()).filter(({ via }) => via.id === 'slack');
    return posted.sort((a, b) => a.displayAt.localeCompare(b.displayAt) || a.seq - b.seq).map(({ data }) => data.text);
  }
});
