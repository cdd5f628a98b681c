import { ActedTeams } from '#adapters/teams/simulator/acted-teams';
import type { KeptMessage } from '#adapters/teams/simulator/conversations';
import { TeamsPage } from '#adapters/teams/simulator/page/page';
import { THREAD } from '#adapters/teams/simulator/page/state';
import { TeamsSimulator } from '#adapters/teams/simulator/teams-simulator';
import type { PretendChat, PretendPersonName, ShownMessage } from '#src/platform/chats/plugins';

const NAMES: Record<PretendPersonName, string> = { you: 'You', mia: 'Ines Castro', bo: 'Tom Okoye' };

/** A pretend Teams for practice: one channel in which incidents are threads, and three people, on this machine only. */
export async function startPretendTeams(): Promise<PretendChat> {
  const teams = new TeamsSimulator(Date.now);
  await teams.open();
  const { id: channel } = teams.conversations.add('incidents', 'channel');
  const acted = new ActedTeams(teams);
  acted.people.push(...Object.values(NAMES));
  const page = new TeamsPage(acted, [teams.conversations.of(channel)]);
  await page.open();
  const { appId, tenant, serviceUrl, url, openIdMetadataUrl } = teams;
  const threadOf = (room: string): string => room.slice(channel.length + THREAD.length);
  const messagesOf = (room: string): KeptMessage[] =>
    teams.conversations.of(channel).messages.filter(({ thread }) => thread === threadOf(room));

  return {
    name: 'Teams',
    port: page.port,
    tenant,
    instance: {
      config: { appId, tenantId: tenant, serviceUrl, loginUrl: url, openIdMetadataUrl, channel },
      secrets: { client_secret: teams.secret },
    },
    you: `29:${NAMES.you}`,
    lobby: channel,
    page: (room) => `?${new URLSearchParams({ as: NAMES.you, room: room ?? channel }).toString()}`,
    hearAt: (hooks) => Promise.resolve(acted.hearAt(hooks)),
    // Who is in the team is in its threads.
    join: () => Promise.resolve(),
    say: async (person, room, text) => void (await acted.say(NAMES[person], channel, text, room === channel ? undefined : threadOf(room))),
    command: async (person, room, text) =>
      void (await acted.say(NAMES[person], channel, `@Muster ${text}`, room === channel ? undefined : threadOf(room))),
    press: async (person, room) => {
      for (const message of messagesOf(room).reverse()) {
        const verb = firstVerb(message);
        if (verb === undefined) continue;
        await acted.press(NAMES[person], message, verb);
        return true;
      }
      return false;
    },
    breakEvents: () => void acted.break(),
    heal: () => void acted.heal(),
    shown: (room) => messagesOf(room).map((message) => toShown(acted, message)),
    lost: () => acted.lost.map(({ who, ...lost }) => ({ ...lost, who, isYou: who === NAMES.you })),
    close: async () => {
      await page.close();
      await acted.break();
    },
  };
}

function firstVerb({ activity }: KeptMessage): string | undefined {
  const cards = (activity?.['attachments'] ?? []) as { content?: { body?: { actions?: { type?: string; verb?: string }[] }[] } }[];
  const actions = cards.flatMap(({ content }) => (content?.body ?? []).flatMap((element) => element.actions ?? []));
  return actions.find(({ type }) => type === 'Action.Execute')?.verb;
}

/** Teams tells nobody which key a message has. */
function toShown(acted: ActedTeams, message: KeptMessage): ShownMessage {
  return { id: message.id, text: message.text ?? '', byPerson: acted.authorOf(message) !== null, key: null };
}
