import type { AdapterContext, ChatAdapter } from '@musterhq/chat-port';
import { capabilitiesOf } from './capabilities.ts';
import { Pictures } from './files/pictures.ts';
import { TeamsFiles } from './files/teams-files.ts';
import { graphSideOf } from './graph/graph-side.ts';
import { Gatekeeper } from './inbound/gatekeeper.ts';
import { TeamsWebhooks } from './inbound/webhooks.ts';
import { BotToken } from './outbound/bot-token.ts';
import { Connector } from './outbound/connector.ts';
import { TeamsMessages } from './outbound/messages.ts';
import { TeamsPeople } from './outbound/people.ts';
import { RoomsByKind } from './outbound/rooms-by-kind.ts';
import { TeamsRooms } from './outbound/rooms.ts';
import { Roster } from './outbound/roster.ts';
import { ServiceAddress } from './outbound/service-address.ts';
import { completeConfig } from './teams-config.ts';
import { TeamsHealth } from './teams-health.ts';
import { TeamsProofs } from './teams-proofs.ts';
import { Whereabouts } from './whereabouts.ts';
import type { Wire } from '#libs/wire/wire';

export async function createTeamsAdapter(ctx: AdapterContext): Promise<ChatAdapter> {
  const config = await completeConfig(ctx);
  const secret = await ctx.secrets.get('client_secret');
  const token = new BotToken(config, secret, ctx);
  const health = new TeamsHealth((signal) => token.get(signal), ctx.now, config.channel === undefined ? undefined : config.tenantId);
  const connector = new Connector(config.serviceUrl, token, ctx);
  const roster = new Roster(connector);
  const gatekeeper = new Gatekeeper(config, ctx);
  const { channel, kind } = config;
  const us = { adapter: ctx.instance, appId: config.appId, ...(channel !== undefined && kind !== 'channel' && { channel }) };
  const where = channel === undefined ? null : { adapter: ctx.instance, tenant: config.tenantId, channel };
  const graph = graphSideOf(config, us, secret, roster, ctx);
  const hears = { ...us, asks: graph !== undefined };
  const service = new ServiceAddress(config.serviceUrl, ctx.kv);
  const open = graph?.channels ?? (where && new TeamsRooms(where, connector, ctx));
  const rooms = open && new RoomsByKind({ open, ...(graph?.chats && { chats: graph.chats }), chatsForAll: kind === 'chat' });
  const has = {
    isRead: graph !== undefined,
    hasFiles: graph?.files.shelf !== undefined,
    hasChats: graph?.chats !== undefined,
    ...(where && { kind }),
  };
  const whereabouts = new Whereabouts(ctx.kv);
  const notice = (activity: Wire): void => {
    whereabouts.note(activity);
    service.note(activity);
    graph?.notice(activity);
  };
  void health.watch();

  return {
    capabilities: (room) => capabilitiesOf(room, has),
    messages: new TeamsMessages(connector, roster, health.notice, ctx.now, graph?.back),
    webhooks: new TeamsWebhooks(hears, gatekeeper, new TeamsProofs(ctx, config.appId), notice),
    people: new TeamsPeople({ ...us, ...(channel !== undefined && { channel }) }, connector, roster, whereabouts),
    ...(rooms && { rooms }),
    ...(graph && { history: graph.history }),
    files: new TeamsFiles(new Pictures(config, service, token, ctx), graph?.files),
    health$: health.health$,
    close: () => {
      gatekeeper.close();
      return Promise.resolve(health.stop());
    },
  };
}
