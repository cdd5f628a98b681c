import type { Attempt, Profile } from '@musterhq/chat-port';
import { type Stage, soon, stage } from './stage.ts';

type By = { id: string } | { email: string } | { handle: string };

const find = ({ harness }: Stage, by: By): Promise<Attempt<Profile[]>> => harness.adapter.people!.find(by, harness.tenant, soon());

async function found(s: Stage, by: By): Promise<Profile[]> {
  const ended = await find(s, by);
  if (ended.outcome !== 'done') throw new Error(`Not asked: ${JSON.stringify(ended)}`);
  return ended.value;
}

/** Somebody says something, and Muster hears it. */
async function heard({ harness }: Stage, by: string, room: string, calls: string[] = []): Promise<void> {
  expect((await harness.receive(harness.teams.told(harness.teams.say(by, room, 'hello', { calls }).told))).status).toBe(200);
}

describe('Who somebody is in Teams', () => {
  it('is told by the conversation that they were met in', async () => {
    await using s = await stage({ kind: 'groupChat' });
    const { room } = await s.harness.room();

    await heard(s, 'mia', room);

    expect(await found(s, { id: '29:mia' })).toEqual([
      {
        ref: { adapter: 'teams', tenant: s.harness.tenant, user: '29:mia' },
        name: 'mia',
        handle: 'mia@contoso.example',
        email: { address: 'mia@contoso.example', verified: true },
        bot: false,
        active: true,
      },
    ]);
  });

  it('is told of whoever is called by name too, though they say nothing', async () => {
    await using s = await stage({ kind: 'groupChat' });
    const { room } = await s.harness.room();
    s.harness.teams.conversations.of(room).members.add('ben');

    await heard(s, 'mia', room, ['ben']);

    expect(await found(s, { id: '29:ben' })).toMatchObject([{ name: 'ben' }]);
  });

  it('is known of everybody in the team whose channel was chosen', async () => {
    await using s = await stage({ kind: 'thread' });
    s.harness.teams.conversations.of(s.harness.channel!).members.add('nora');

    expect(await found(s, { id: '29:nora' })).toMatchObject([{ name: 'nora' }]);
  });

  it('is found by mail and by the name that they sign in with, however large the team is', async () => {
    await using s = await stage({ kind: 'thread' });
    const { members } = s.harness.teams.conversations.of(s.harness.channel!);
    for (let n = 0; n < 1_200; n += 1) members.add(`person${n}`);

    expect(await found(s, { email: 'Person1199@contoso.example' })).toMatchObject([{ ref: { user: '29:person1199' } }]);
    expect(await found(s, { handle: '@person3@contoso.example' })).toMatchObject([{ ref: { user: '29:person3' } }]);
    expect(await found(s, { email: 'nobody@contoso.example' })).toEqual([]);
  });

  it('is nobody where they were never met, or are gone', async () => {
    await using s = await stage({ kind: 'groupChat' });
    const { room } = await s.harness.room();
    await heard(s, 'mia', room);
    s.harness.teams.leave('mia', room);

    expect(await found(s, { id: '29:mia' })).toEqual([]);
    expect(await found(s, { id: '29:nobody' })).toEqual([]);
    expect(await found(s, { email: 'mia@contoso.example' })).toEqual([]);
  });

  it.each([
    ['an address that anybody could write into the directory', { email: 'ceo@contoso.example' }, false],
    ['a guest, who signs in elsewhere', { userRole: 'guest' as const }, false],
    ['a person of another organisation', { tenantId: 'fabrikam' }, false],
    [
      'an address that stands for somebody from outside',
      { email: 'm#EXT#@contoso.example', userPrincipalName: 'm#EXT#@contoso.example' },
      false,
    ],
    ['the name that they sign in with here', { email: 'MIA@contoso.example' }, true],
  ])('vouches, or does not, for %s', async (_what, o, verified) => {
    await using s = await stage({ kind: 'thread' });
    s.harness.teams.people.introduce('mia', o);
    s.harness.teams.conversations.of(s.harness.channel!).members.add('mia');

    expect(await found(s, { id: '29:mia' })).toMatchObject([{ email: { verified } }]);
  });

  it('is not known while Teams does not say, which is no "nobody"', async () => {
    await using s = await stage({ kind: 'thread' });
    s.harness.fault('people', 'error-before');

    expect(await find(s, { id: '29:mia' })).toMatchObject({ outcome: 'unknown' });
  });
});
