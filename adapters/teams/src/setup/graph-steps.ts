import type { AdapterContext, Attempt, SetupStep } from '@musterhq/chat-port';
import { channelOf, teamIn } from '../conversations.ts';
import { Catalogue, READS_CATALOGUE } from '../graph/catalogue.ts';
import { Channels } from '../graph/channels.ts';
import { ADDS_ITSELF, MAKES_CHATS, MANAGES_CHAT, NAMES_CHAT } from '../graph/chats.ts';
import { GRAPH_SCOPE, Graph } from '../graph/graph.ts';
import { Past } from '../graph/past.ts';
import { HANDLES_FILES, Shelf } from '../graph/shelf.ts';
import { BotToken } from '../outbound/bot-token.ts';
import { type Kind, type givenConfig, isKind } from '../teams-config.ts';
import type { Choice } from './app-package.ts';

type Given = Awaited<ReturnType<typeof givenConfig>>;

const PATIENCE_MS = 5_000;
/** Whether there is an answer is what is asked. */
const ONE = 1;

/** Threads, where nobody chose, and where what was entered is nothing that there is. */
export const kindOf = ({ kind }: Pick<Given, 'kind'>): Kind => (kind !== undefined && isKind(kind) ? kind : 'thread');

/** What was chosen; what was entered and is nothing that there is counts as nothing. */
export const choiceOf = (given: Pick<Given, 'kind' | 'private'>): Choice => {
  const kind = kindOf(given);
  return { kind, hasChats: kind === 'chat' || given.private === 'chat' };
};

/** What Microsoft Graph lets Muster do by now. Each is tried by reading; making and archiving cannot be tried without doing it. */
export class GraphSteps {
  constructor(
    private readonly given: Given,
    private readonly secret: string,
    private readonly ctx: AdapterContext,
  ) {}

  async all(): Promise<SetupStep[]> {
    const { kind, hasChats } = choiceOf(this.given);
    const steps: SetupStep[] = [{ id: 'graph', title: 'What was said can be read back', ...(await this.reading()) }];
    if (kind === 'channel') steps.push({ id: 'channels', title: 'Incidents get channels', ...(await this.channels()) });
    if (hasChats) {
      const title = kind === 'chat' ? 'Incidents get group chats' : 'Private incidents get group chats';
      steps.push({ id: 'chats', title, ...(await this.chats()) });
    }
    if (this.given.files === 'yes') steps.push({ id: 'folder', title: 'Files of the channel', ...(await this.folder()) });
    return steps;
  }

  private async reading(): Promise<Pick<SetupStep, 'done' | 'say'>> {
    const place = this.place();
    if (!place) return { done: false, say: `${WITHOUT} ${NEEDS_LINK}` };
    const { channel, team, graph } = place;
    const read = await new Past(graph, team).read({ conversation: channel }, { top: ONE }, AbortSignal.timeout(PATIENCE_MS));
    return read.outcome === 'done'
      ? {
          done: true,
          say: 'Microsoft Graph shows Muster what was said in the channel. After an outage Muster reads what it missed, and a message whose answer was lost is found again instead of asked about.',
        }
      : { done: false, say: `${WITHOUT} ${wordsOf(read, 'ChannelMessage.Read.Group')}` };
  }

  private async channels(): Promise<Pick<SetupStep, 'done' | 'say'>> {
    const place = this.place();
    if (!place) return { done: false, say: NEEDS_LINK };
    const listed = await new Channels(place.graph, place.team).all(AbortSignal.timeout(PATIENCE_MS));
    if (listed.outcome !== 'done') return { done: false, say: wordsOf(listed, 'ChannelSettings.ReadWrite.Group') };
    return { done: true, say: `Microsoft Graph shows Muster the channels of the team. ${MAKING}` };
  }

  /** Reading it is tried; whether it may be written is seen with the first file. */
  private async folder(): Promise<Pick<SetupStep, 'done' | 'say'>> {
    const place = this.place();
    if (!place) return { done: false, say: NEEDS_LINK };
    const { channel, team, graph } = place;
    const found = await new Shelf(graph, this.given.graphUrl, team, this.ctx).folder(channel, AbortSignal.timeout(PATIENCE_MS));
    if (found.outcome === 'done')
      return {
        done: true,
        say: `Microsoft Graph shows Muster the folder of the channel. Whether it may write there is seen with the first file, whose line says so if not. ${HANDLING}`,
      };
    return {
      done: false,
      say:
        found.outcome === 'refused' && found.fault.code === 'forbidden'
          ? `Microsoft Graph does not let Muster. ${HANDLING}`
          : wordsOf(found, HANDLES_FILES),
    };
  }

  /** Of what is needed, reading the catalogue is all that can be tried. */
  private async chats(): Promise<Pick<SetupStep, 'done' | 'say'>> {
    const place = this.place();
    if (!place) return { done: false, say: NEEDS_LINK };
    const app = await new Catalogue(place.graph, this.given.appId ?? '').ours(AbortSignal.timeout(PATIENCE_MS));
    if (app.outcome !== 'done') {
      const { fault } = app;
      const isGranted = fault.code !== 'forbidden';
      return { done: false, say: `${isGranted ? (fault.detail ?? wordsOf(app, READS_CATALOGUE)) : NOT_GRANTED} ${GRANTING}` };
    }
    const lacking = [MANAGES_CHAT, NAMES_CHAT].filter((permission) => !app.value.asks.includes(permission));
    if (lacking.length > 0)
      return {
        done: false,
        say: `The app that your organisation has does not ask chats for ${lacking.join(' and ')}. Its place has to be taken by the file from above, under "Manage apps" of the Teams admin center. ${GRANTING}`,
      };
    return {
      done: true,
      say: `Your organisation has the app, and it asks chats for what it needs. Whether it may make them is seen with the first one, whose room says which permission is missing. ${GRANTING}`,
    };
  }

  private place(): { channel: string; team: string; graph: Graph } | undefined {
    const { appId, tenantId, channel = '', graphUrl } = this.given;
    const [id, team] = [channelOf(channel), teamIn(channel)];
    if (id === undefined || team === undefined || appId === undefined || tenantId === undefined || this.secret === '') return undefined;
    const token = new BotToken({ ...this.given, appId, tenantId }, this.secret, this.ctx, GRAPH_SCOPE);
    return { channel: id, team, graph: new Graph(graphUrl, token, this.ctx) };
  }
}

const WITHOUT =
  'Without this, what is said while Teams or Muster is away is not read afterwards, and a message whose answer was lost is asked about on the page "Operations".';
const NEEDS_LINK =
  'It is tried when the steps before are done, with the whole link to the channel: "Get link to channel" gives one with "groupId=", which names the team.';
const MAKING =
  'Whether it may make one is seen with the first incident, whose room says which permission is missing. To archive them needs one more, which an owner of the team cannot give: in https://entra.microsoft.com, under "App registrations", the bot’s registration, "API permissions", an administrator adds the application permission ChannelSettings.ReadWrite.All of Microsoft Graph and grants it. Without it channels stay open, and their rooms say so.';

const HANDLING = `It takes a permission that an owner of the team cannot give: in https://entra.microsoft.com, under "App registrations", the bot’s registration, "API permissions", an administrator adds the application permission ${HANDLES_FILES} of Microsoft Graph and grants it.`;
const NOT_GRANTED = `Microsoft Graph does not let Muster see whether your organisation has the app: ${READS_CATALOGUE} is not granted.`;
const GRANTING = `To make group chats takes three permissions that only an administrator can give: in https://entra.microsoft.com, under "App registrations", the bot’s registration, "API permissions", the application permissions ${MAKES_CHATS}, ${ADDS_ITSELF} and ${READS_CATALOGUE} of Microsoft Graph. A group chat has no end in Teams: it stays when its incident is closed.`;

function wordsOf({ fault }: Exclude<Attempt<unknown>, { outcome: 'done' }>, permission: string): string {
  if (fault.code === 'unavailable' || fault.code === 'timeout') return 'Microsoft Graph could not be reached. Look again in a while.';
  if (fault.code === 'forbidden')
    return `Microsoft Graph does not let Muster: the team has not given ${permission}. Remove the app from the team and add it again from the file above; an owner of the team, or an administrator where owners may not, has to agree.`;
  if (fault.code === 'not-found')
    return 'Microsoft Graph knows no such channel in that team. Copy the link again, from a channel of the team that the app was added to.';
  return `Microsoft Graph did not answer as it should (${fault.native ?? fault.code}). Look again in a while.`;
}
