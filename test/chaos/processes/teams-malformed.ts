import type { TeamsSimulator } from '#adapters/teams/simulator/teams-simulator';

interface Post {
  readonly path: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const PATH = '/hooks/teams';

/** Activities that nobody could have meant: from anybody, and with a token that is Teams' own, on a bad day. */
export function malformedActivities(teams: TeamsSimulator, channel: string): Post[] {
  const { authorization = '' } = teams.told({});
  const from = { id: '29:mia', name: 'mia', aadObjectId: '0' };
  const conversation = { id: `${channel};messageid=1`, conversationType: 'channel', isGroup: true, tenantId: teams.tenant };
  const message = { type: 'message', id: '1', text: 'x', from, conversation, channelData: { tenant: { id: teams.tenant } } };
  const activities: object[] = [
    {},
    { ...message, id: {} },
    { ...message, id: '9'.repeat(400), timestamp: 'never' },
    { ...message, text: '\u0000\ud800 <at></at> &#0;' },
    { ...message, text: { a: 1 }, from: null },
    { ...message, from: ['29:mia'], conversation: null },
    { ...message, conversation: { id: ';messageid=' } },
    { ...message, attachments: [null, { contentType: 'text/html', content: '<p>'.repeat(5_000) }] },
    { ...message, entities: [null, { type: 'mention', mentioned: null }] },
    { ...message, type: 'messageUpdate', timestamp: 7, channelData: 'editMessage' },
    { ...message, type: 'messageDelete', id: null, channelData: { eventType: 'softDeleteMessage' } },
    { ...message, type: 'messageReaction', reactionsAdded: { type: 7 }, replyToId: [] },
    { ...message, type: 'conversationUpdate', membersAdded: [null, { id: 7 }], channelData: { eventType: 'teamMemberAdded' } },
    { ...message, type: 'conversationUpdate', channelData: { eventType: 'channelRenamed', channel: null } },
    { ...message, type: 'invoke', name: 'task/fetch', value: null },
    { ...message, type: 'invoke', name: 'adaptiveCard/action', value: { action: [] } },
    { ...message, type: { message: 1 } },
  ];
  const known = { channelId: 'msteams', serviceUrl: teams.serviceUrl };
  const unsigned: Post[] = [
    { path: PATH, body: '' },
    { path: PATH, body: '{}' },
    { path: PATH, body: JSON.stringify({ ...known, ...message }) },
    { path: PATH, body: JSON.stringify({ ...known, ...message }), headers: { authorization: 'Bearer e30.e30.e30' } },
  ];
  const bodies = ['null', '[]', '['.repeat(50_000), ...activities.map((activity) => JSON.stringify({ ...known, ...activity }))];
  return [...unsigned, ...bodies.map((body) => ({ path: PATH, body, headers: { authorization } }))];
}
