import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Fault } from '@musterhq/chat-port';
import { type Stage, said, say, soon, stage, words } from './stage.ts';

/** Every call is answered with this from now on. */
function answers({ harness }: Stage, status: number, code: string, headers?: Record<string, string>): void {
  const answer = { status, body: { error: { code, message: code } }, ...(headers && { headers }) };
  harness.teams.strike = () => ({ kind: 'answer', answer, applied: false });
}

/** Who would be glad to have our secret. */
async function somebodyElse(): Promise<{ readonly url: string; readonly asked: number } & AsyncDisposable> {
  let asked = 0;
  const server = createServer((_request, response) => void ((asked += 1), response.end('{}')));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get asked() {
      return asked;
    },
    [Symbol.asyncDispose]: () => new Promise((closed) => (server.close(() => closed()), server.closeAllConnections())),
  };
}

describe('Speaking in Teams', () => {
  it('begins a thread in a channel, and answers in it', async () => {
    await using s = await stage();
    const room = await s.harness.room();

    const root = await said(s, room, 'Checkout is failing');
    const reply = await said(s, room, 'Mia looks into it', root.id);

    expect(root.thread).toBeUndefined();
    expect(reply.thread).toBe(root.id);
    expect(await s.harness.observed(room)).toMatchObject([
      { id: root.id, text: 'Checkout is failing' },
      { id: reply.id, thread: root.id, text: 'Mia looks into it' },
    ]);
  });

  it('knows no threads in a group chat', async () => {
    await using s = await stage({ kind: 'groupChat' });
    const room = await s.harness.room();
    const first = await said(s, room, 'Checkout is failing');

    expect(s.harness.adapter.capabilities(room).threads).toBe('none');
    expect(await s.harness.observed(room)).toMatchObject([{ id: first.id, text: 'Checkout is failing' }]);
  });

  it('changes and takes away what it said, in a thread too, and says so when it is gone', async () => {
    await using s = await stage();
    const { messages } = s.harness.adapter;
    const room = await s.harness.room();
    const root = await said(s, room, 'Checkout is failing');
    const reply = await said(s, room, 'Mia looks into it', root.id);
    const [part] = messages.render(words('Ben looks into it'), room).parts;

    expect(await messages.edit!(reply, { key: 'a-key', part: part! }, soon())).toMatchObject({
      outcome: 'done',
      value: { message: reply },
    });
    expect(await messages.remove!(root, soon())).toMatchObject({ outcome: 'done' });

    expect(await s.harness.observed(room)).toMatchObject([{ id: reply.id, text: 'Ben looks into it' }]);
    expect(await messages.remove!(root, soon())).toMatchObject({ outcome: 'refused', fault: { code: 'not-found', scope: 'message' } });
  });

  it.each<[number, string, Partial<Fault>]>([
    [400, 'BadArgument', { code: 'invalid', scope: 'message' }],
    [403, 'BotNotInConversationRoster', { code: 'not-found', scope: 'room', remedy: 'invite-bot' }],
    [403, 'BotDisabledByAdmin', { code: 'forbidden', scope: 'tenant', remedy: 'ask-admin' }],
    [403, 'MessageWritesBlocked', { code: 'closed', scope: 'room' }],
    [403, 'SomethingNew', { code: 'forbidden', scope: 'room' }],
    [403, 'InvalidBotApiHost', { code: 'forbidden', scope: 'tenant', remedy: 'ask-admin' }],
    [404, 'ActivityNotFoundInConversation', { code: 'not-found', scope: 'message' }],
    [404, 'ConversationNotFound', { code: 'not-found', scope: 'room' }],
    [412, 'PreconditionFailed', { code: 'conflict', scope: 'room', remedy: 'wait' }],
    [413, 'MessageSizeTooBig', { code: 'too-large', scope: 'message', remedy: 'shorten' }],
  ])('is refused with a %i %s, and says what to stop', async (status, code, fault) => {
    await using s = await stage();
    answers(s, status, code);

    expect(await say(s, await s.harness.room(), 'hello')).toMatchObject({ outcome: 'refused', fault: { ...fault, native: code } });
  });

  it.each([500, 502, 503, 504])('is unknown with a %i, which says nothing of whether it was said', async (status) => {
    await using s = await stage();
    answers(s, status, 'ServiceError');

    expect(await say(s, await s.harness.room(), 'hello')).toMatchObject({ outcome: 'unknown', fault: { code: 'unavailable' } });
  });

  it('knows that nothing was said when nobody took the call', async () => {
    await using s = await stage();
    const room = await s.harness.room();
    await said(s, room, 'there is a token now');
    await s.harness.teams.close();
    await say(s, room, 'on the line that is just being lost');

    expect(await say(s, room, 'hello')).toMatchObject({ outcome: 'refused', fault: { code: 'unavailable' } });
  });

  it('says nothing, and says so, while the secret is refused', async () => {
    await using s = await stage({ secret: 'wrong' });
    const room = await s.harness.room();

    expect(await say(s, room, 'hello')).toMatchObject({
      outcome: 'refused',
      fault: { code: 'auth', remedy: 'reauthorize', native: 'invalid_client' },
    });
    expect(await s.harness.observed(room)).toEqual([]);
  });

  it('has a token for an hour, and asks for a new one when it was refused', async () => {
    await using s = await stage();
    const room = await s.harness.room();
    s.harness.teams.accepts = false;

    await said(s, room, 'with the token it has');
    s.harness.fault('send', 'unauthorized');
    await say(s, room, 'refused');

    expect(await say(s, room, 'without a token')).toMatchObject({ outcome: 'refused', fault: { native: 'invalid_client' } });
  });

  it.each([
    ['the login', 'login'],
    ['the Bot Connector', 'connector'],
  ] as const)('follows %s nowhere else, with its secret or its token', async (_what, from) => {
    await using elsewhere = await somebodyElse();
    await using s = await stage();
    const room = await s.harness.room();
    s.harness.teams.sendsElsewhere[from] = elsewhere.url;
    // The token that it has is over.
    s.harness.advance(3_600_000);

    expect((await say(s, room, 'hello')).outcome).not.toBe('done');
    expect(elsewhere.asked).toBe(0);
  });

  it('speaks to the Teams of its configuration, whatever address a request names', async () => {
    await using elsewhere = await somebodyElse();
    await using s = await stage();
    const room = await s.harness.room();
    const { told } = s.harness.teams.say('mia', room.room, 'answer me there');

    await s.harness.receive(s.harness.teams.told({ ...told, serviceUrl: `${elsewhere.url}/teams` }));

    expect(s.inlet.offered).toEqual([]);
    expect((await say(s, room, 'hello')).outcome).toBe('done');
    expect(elsewhere.asked).toBe(0);
  });

  it('reaches one person alone, in the chat that they have with Muster', async () => {
    await using s = await stage();
    const { teams, adapter, tenant } = s.harness;
    teams.people.introduce('mia', {});
    const mia = { adapter: 'teams', tenant, user: '29:mia' };

    const [once, again] = [await adapter.people!.direct!(mia, soon()), await adapter.people!.direct!(mia, soon())];
    if (once.outcome !== 'done') throw new Error(JSON.stringify(once));
    await said(s, once.value, 'Slack is down');

    expect(again).toEqual(once);
    expect(teams.conversations.personalOf('mia').messages).toMatchObject([{ from: 'us' }]);
    expect(adapter.capabilities(once.value)).toMatchObject({ threads: 'none', features: { private: 'full' } });
  });

  it.each([
    ['nobody knows', 'nobody'],
    ['has not got the app', 'eve'],
  ])('says that it cannot write to somebody who %s', async (_what, name) => {
    await using s = await stage();
    const { teams, adapter, tenant } = s.harness;
    teams.people.introduce('eve', {});
    teams.withoutApp.add('eve');

    const ended = await adapter.people!.direct!({ adapter: 'teams', tenant, user: `29:${name}` }, soon());

    expect(ended).toMatchObject({
      outcome: 'refused',
      fault: { code: 'not-found', detail: expect.stringContaining('has not got the app') as string },
    });
  });

  it('says what is for one alone where they are alone with Muster, and to nobody else there', async () => {
    await using s = await stage();
    const { teams, adapter, tenant } = s.harness;
    const room = { adapter: 'teams', tenant, room: teams.conversations.personalOf('mia').id };
    const [part] = adapter.messages.render(words('for you'), room).parts;
    const only = (user: string) =>
      adapter.messages.send({ key: 'a-key', room, part: part!, onlyFor: { adapter: 'teams', tenant, user } }, soon());

    expect(await only('29:ben')).toMatchObject({ outcome: 'refused' });
    expect(await only('29:mia')).toMatchObject({ outcome: 'done' });
    expect(teams.conversations.personalOf('mia').messages).toHaveLength(1);
  });

  it('never shows to all what is for one alone', async () => {
    await using s = await stage();
    const room = await s.harness.room();
    const { messages } = s.harness.adapter;
    const [part] = messages.render(words('a secret'), room).parts;

    const ended = await messages.send(
      { key: 'a-key', room, part: part!, onlyFor: { adapter: 'teams', tenant: s.harness.tenant, user: '29:mia' } },
      soon(),
    );

    expect(ended).toMatchObject({ outcome: 'refused', fault: { code: 'unsupported' } });
    expect(await s.harness.observed(room)).toEqual([]);
  });
});
