import type { Envelope } from '@musterhq/chat-port';
import { decodeEventCallback } from './decode-event.ts';

const whose = { adapter: 'slack', tenant: 'T1', me: { user: 'UBOT', bot: 'BBOT' } };
const decode = (event: object): Envelope[] =>
  decodeEventCallback(
    { type: 'event_callback', event_id: 'Ev1', event_time: 1_700_000_100, event: { event_ts: '1700000100.000100', ...event } },
    whose,
    0,
  );
const changed = (message: object, previous_message: object): Envelope[] =>
  decode({
    type: 'message',
    subtype: 'message_changed',
    channel: 'C1',
    message: { ts: '1700000000.000100', ...message },
    previous_message,
  });

describe('Reading Slack’s events', () => {
  it('names a message by its channel and its number', () => {
    expect(decode({ type: 'message', channel: 'C1', user: 'U1', text: 'hello', ts: '1700000000.123456' })).toMatchObject([
      { id: 'C1:1700000000.123456', lane: 'C1', at: 1_700_000_000_123, event: { type: 'message.created', message: { origin: 'human' } } },
    ]);
  });

  it('reads a mention of us as the message that it is', () => {
    const [envelope] = decode({ type: 'app_mention', channel: 'C1', user: 'U1', text: '<@UBOT> help', ts: '1700000000.000100' });
    expect(envelope).toMatchObject({ id: 'C1:1700000000.000100', event: { type: 'message.created', message: { mentionsMe: true } } });
  });

  it('tells a thread’s reply from its root', () => {
    const reply = { type: 'message', channel: 'C1', user: 'U1', text: 'x', ts: '1700000005.000000', thread_ts: '1700000000.000000' };
    expect(decode(reply)).toMatchObject([{ event: { message: { replyTo: '1700000000.000000', ref: { thread: '1700000000.000000' } } } }]);
    const [root] = decode({ ...reply, ts: reply.thread_ts });
    expect(root).not.toHaveProperty('event.message.replyTo');
  });

  it('knows our own posts by their key, also where Slack hides the metadata', () => {
    const ours = { type: 'message', channel: 'C1', bot_id: 'BBOT', subtype: 'bot_message', text: 'x', ts: '1700000000.000100' };
    const metadata = { event_type: 'muster_delivery', event_payload: { key: 'k1' } };
    expect(decode({ ...ours, metadata })).toMatchObject([{ event: { message: { origin: 'self', key: 'k1' } } }]);
    expect(decode({ ...ours, blocks: [{ type: 'section', block_id: 'muster:k2' }] })).toMatchObject([
      { event: { message: { origin: 'self', key: 'k2' } } },
    ]);
  });

  it('does not believe a person or another bot who carries a key of ours', () => {
    const stolen = {
      blocks: [{ type: 'section', block_id: 'muster:k2' }],
      metadata: { event_type: 'muster_delivery', event_payload: { key: 'k1' } },
    };
    for (const who of [{ user: 'U1' }, { bot_id: 'BOTHER', subtype: 'bot_message' }]) {
      const [envelope] = decode({ type: 'message', channel: 'C1', text: 'x', ts: '1700000000.000100', ...who, ...stolen });
      expect(envelope).not.toHaveProperty('event.message.key');
      expect(envelope).not.toHaveProperty('event.message.origin', 'self');
    }
  });

  it('hears an edit', () => {
    const edited = { user: 'U1', ts: '1700000060.000000' };
    const [envelope] = changed({ user: 'U1', text: 'second', edited }, { text: 'first' });
    expect(envelope).toMatchObject({ lane: 'C1', at: 1_700_000_060_000, event: { type: 'message.edited' } });
    expect(envelope?.id).toMatch(/^C1:1700000000\.000100:1700000060\.000000-[0-9a-f]{8}$/);
  });

  it('tells two edits within one second apart', () => {
    const edited = { user: 'U1', ts: '1700000060.000000' };
    const first = changed({ user: 'U1', text: 'second', edited }, { text: 'first' });
    const second = changed({ user: 'U1', text: 'third', edited }, { text: 'second', edited });
    expect(second).toHaveLength(1);
    expect(second[0]?.id).not.toBe(first[0]?.id);
  });

  it('hears no edit when Slack unfolds a link', () => {
    expect(changed({ user: 'U1', text: 'x', attachments: [{ title: 'A page' }] }, { user: 'U1', text: 'x' })).toEqual([]);
    const edited = { user: 'U1', ts: '1700000060.000000' };
    expect(changed({ user: 'U1', text: 'x', edited, attachments: [{}] }, { user: 'U1', text: 'x', edited })).toEqual([]);
  });

  it('hears our own edit even when Slack does not mark it as one', () => {
    const [envelope] = changed({ bot_id: 'BBOT', text: 'now', blocks: [{ block_id: 'muster:k1' }] }, { bot_id: 'BBOT', text: 'before' });
    expect(envelope).toMatchObject({ event: { type: 'message.edited', message: { origin: 'self', key: 'k1' } } });
    expect(changed({ bot_id: 'BBOT', text: 'same', reply_count: 1 }, { bot_id: 'BBOT', text: 'same' })).toEqual([]);
  });

  it('hears a deletion, also of a thread’s root, which leaves a tombstone', () => {
    const gone = { id: 'C1:1700000000.000100:deleted', event: { type: 'message.deleted', target: { id: '1700000000.000100' } } };
    expect(decode({ type: 'message', subtype: 'message_deleted', channel: 'C1', deleted_ts: '1700000000.000100' })).toMatchObject([gone]);
    expect(changed({ subtype: 'tombstone', text: 'This message was deleted.' }, { text: 'x' })).toMatchObject([gone]);
  });

  it('hears of itself whether it is in a channel, and by whom', () => {
    expect(decode({ type: 'channel_left', channel: 'C1', actor_id: 'U1' })).toMatchObject([
      { lane: 'C1', event: { type: 'room', change: 'left', by: { user: 'U1' } } },
    ]);
    expect(decode({ type: 'group_left', channel: 'G1' })).toMatchObject([{ event: { change: 'left' } }]);
    expect(decode({ type: 'member_left_channel', channel: 'C1', user: 'UBOT' })).toMatchObject([
      { event: { type: 'room', change: 'left' } },
    ]);
    expect(decode({ type: 'member_joined_channel', channel: 'C1', user: 'UBOT', inviter: 'U1' })).toMatchObject([
      { event: { type: 'room', change: 'entered', by: { user: 'U1' } } },
    ]);
  });

  it('hears that a channel has another id, and that others can read it now', () => {
    expect(decode({ type: 'channel_id_changed', old_channel_id: 'G1', new_channel_id: 'C9' })).toMatchObject([
      { lane: 'G1', event: { type: 'room', room: { room: 'G1' }, change: 'moved', value: 'C9' } },
    ]);
    expect(decode({ type: 'channel_shared', channel: 'C1', connected_team_id: 'T2' })).toMatchObject([{ event: { change: 'shared' } }]);
    const converted = { type: 'message', channel: 'C1', user: 'U1', ts: '1700000000.000100' };
    expect(decode({ ...converted, subtype: 'channel_convert_to_public' })).toMatchObject([
      { event: { change: 'made-public', by: { user: 'U1' } } },
    ]);
    expect(decode({ ...converted, subtype: 'channel_convert_to_private' })).toMatchObject([{ event: { change: 'made-private' } }]);
  });

  it('hears no topic that is its own', () => {
    const topic = { type: 'message', subtype: 'channel_topic', channel: 'C1', user: 'UBOT', topic: 'SEV1', ts: '1700000000.000100' };
    expect(decode(topic)).toEqual([]);
  });

  it('hears a topic, which has no event of its own', () => {
    const topic = {
      type: 'message',
      subtype: 'channel_topic',
      channel: 'C1',
      user: 'U1',
      topic: 'SEV1 &amp; &lt;b&gt;',
      ts: '1700000000.000100',
    };
    expect(decode(topic)).toMatchObject([{ event: { type: 'room', change: 'topic', value: 'SEV1 & <b>', by: { user: 'U1' } } }]);
  });

  it('hears once that somebody joined', () => {
    expect(decode({ type: 'message', subtype: 'channel_join', channel: 'C1', user: 'U1', ts: '1700000000.000100' })).toEqual([]);
    expect(decode({ type: 'member_joined_channel', channel: 'C1', user: 'U1' })).toMatchObject([
      { event: { type: 'member', change: 'joined' } },
    ]);
  });

  it.each([
    ['channel_rename', { channel: { id: 'C1', name: 'inc-1' } }, { change: 'renamed', value: 'inc-1' }],
    ['channel_archive', { channel: 'C1', user: 'U1' }, { change: 'archived', by: { user: 'U1' } }],
    ['channel_deleted', { channel: 'C1' }, { change: 'deleted' }],
  ])('hears %s', (type, event, heard) => {
    expect(decode({ type, ...event })).toMatchObject([{ lane: 'C1', event: { type: 'room', room: { room: 'C1' }, ...heard } }]);
  });

  it('hears of a channel that is back that it is not in it: it was put out when that was archived', () => {
    expect(decode({ type: 'group_unarchive', channel: 'C1', user: 'U1' })).toMatchObject([
      { lane: 'C1', event: { change: 'unarchived', by: { user: 'U1' } } },
      { lane: 'C1', event: { change: 'left' } },
    ]);
  });

  it('hears a reaction given and taken back as two events', () => {
    const event = { user: 'U1', reaction: 'eyes', item: { type: 'message', channel: 'C1', ts: '1700000000.000100' } };
    const [given] = decode({ type: 'reaction_added', ...event });
    const [taken] = decode({ type: 'reaction_removed', ...event });
    expect([given?.event, taken?.event]).toMatchObject([{ added: true, emoji: 'eyes' }, { added: false }]);
    expect(given?.id).not.toBe(taken?.id);
  });

  it('takes the app being removed for what it is, and a person’s token for nothing', () => {
    expect(decode({ type: 'app_uninstalled' })).toMatchObject([{ event: { type: 'tenant', tenant: 'T1', change: 'removed' } }]);
    expect(decode({ type: 'tokens_revoked', tokens: { oauth: ['U1'] } })).toEqual([]);
    expect(decode({ type: 'tokens_revoked', tokens: { bot: ['UBOT'] } })).toMatchObject([{ event: { type: 'tenant' } }]);
  });

  it('is not surprised by what nobody knows', () => {
    expect(decode({ type: 'hologram_shared' })).toMatchObject([{ id: 'unknown:Ev1', event: { type: 'unknown', name: 'hologram_shared' } }]);
    expect(decode({ type: 'message', subtype: 'hologram', channel: 'C1' })).toMatchObject([
      { event: { type: 'unknown', name: 'message.hologram' } },
    ]);
  });
});
