import type { AdapterContext, History, Rooms } from '@musterhq/chat-port';
import type { Wire } from '#libs/wire/wire';
import type { Us } from '../inbound/us.ts';
import { BotToken } from '../outbound/bot-token.ts';
import type { ReadBack } from '../outbound/messages.ts';
import { OwnKeys } from '../outbound/own-keys.ts';
import type { Roster } from '../outbound/roster.ts';
import type { FilesByGraph } from '../files/teams-files.ts';
import type { TeamsConfig } from '../teams-config.ts';
import { Catalogue } from './catalogue.ts';
import { ChannelRooms } from './channel-rooms.ts';
import { Channels } from './channels.ts';
import { ChatMembership } from './chat-membership.ts';
import { ChatPeople } from './chat-people.ts';
import { ChatRooms } from './chat-rooms.ts';
import { Chats } from './chats.ts';
import { Directory } from './directory.ts';
import { Finder } from './finder.ts';
import { GRAPH_SCOPE, Graph } from './graph.ts';
import { TeamsHistory } from './history.ts';
import { HostedPictures } from './hosted-pictures.ts';
import { MadeChats } from './made-chats.ts';
import { Past } from './past.ts';
import { Shelf } from './shelf.ts';

/** What the adapter has by Graph, where it knows the team to ask about. */
export interface GraphSide {
  readonly history: History;
  readonly back: ReadBack;
  /** Where incidents are channels of their own. */
  readonly channels?: Rooms;
  /** Where all of them, or the private ones, are group chats. */
  readonly chats?: Rooms;
  readonly files: FilesByGraph;
  readonly notice: (activity: Wire) => void;
}

export function graphSideOf(config: TeamsConfig, us: Us, secret: string, roster: Roster, ctx: AdapterContext): GraphSide | undefined {
  const { team, channel, kind, tenantId: tenant, appId, graphUrl } = config;
  if (team === undefined || channel === undefined) return undefined;
  const graph = new Graph(graphUrl, new BotToken(config, secret, ctx, GRAPH_SCOPE), ctx);
  const past = new Past(graph, team);
  const directory = new Directory(ctx, roster, channel);
  const where = { adapter: ctx.instance, tenant, channel };
  return {
    history: new TeamsHistory(us, past, directory, ctx.now),
    back: { keys: new OwnKeys(ctx, past), find: new Finder(past, appId, ctx.now).find },
    ...(kind === 'channel' && { channels: new ChannelRooms(where, new Channels(graph, team), roster) }),
    ...(config.private === 'chat' && { chats: chatRooms(where, config, graph, new ChatPeople(channel, roster, directory), ctx) }),
    files: { past, hosted: new HostedPictures(graph, team), ...(config.files && { shelf: new Shelf(graph, graphUrl, team, ctx) }) },
    notice: directory.notice,
  };
}

function chatRooms(
  where: { readonly adapter: string; readonly tenant: string },
  { appId, graphUrl }: TeamsConfig,
  graph: Graph,
  people: ChatPeople,
  ctx: AdapterContext,
): ChatRooms {
  const chats = new Chats(graph, graphUrl);
  return new ChatRooms(where, chats, new Catalogue(graph, appId), people, new ChatMembership(chats, people), new MadeChats(ctx), ctx.now);
}
