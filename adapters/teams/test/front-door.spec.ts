import type { Flaw } from '../simulator/signing.ts';
import { stage } from './stage.ts';

describe('Asking the Teams adapter to let something in', () => {
  it.each<[string, Flaw]>([
    ['from another issuer', 'issuer'],
    ['for another app', 'audience'],
    ['for another service address', 'service'],
    ['signed with a key for another channel', 'endorsement'],
  ])('is refused with a token %s', async (_what, flaw) => {
    await using s = await stage();
    const { teams } = s.harness;
    const { told } = teams.say('mia', (await s.harness.room()).room, 'let me in');

    const { status } = await s.harness.receive(teams.told(told, flaw));

    expect(status).toBe(401);
    expect(s.inlet.offered).toEqual([]);
  });

  it.each([
    ['another channel of the bot', { channelId: 'webchat' }],
    ['a service that is not Teams', { serviceUrl: 'https://directline.botframework.com/' }],
    ['nowhere', { serviceUrl: undefined }],
  ])('is refused when it is from %s, whatever its token', async (_what, claims) => {
    await using s = await stage();
    const { teams } = s.harness;
    const { told } = teams.say('mia', (await s.harness.room()).room, 'let me in');

    expect((await s.harness.receive(teams.told({ ...told, ...claims }))).status).toBe(401);
    expect(s.inlet.offered).toEqual([]);
  });

  it.each([
    ['no JSON', 'POST', '<html>', 400],
    ['nothing that Teams tells', 'POST', '{}', 400],
    ['no request of Teams', 'GET', '', 405],
  ])('is refused when it is %s', async (_what, method, body, status) => {
    await using s = await stage();

    const received = await s.harness.adapter.webhooks!.receive({ method, path: '/', headers: {}, body: Buffer.from(body), now: 0 });

    expect(received).toEqual({ envelopes: [], out: { status } });
  });

  it('is asked to come again while the keys of Teams cannot be had, and is let in then', async () => {
    await using s = await stage();
    const { teams } = s.harness;
    const { told } = teams.say('mia', (await s.harness.room()).room, 'anybody there?');
    const request = teams.told(told);

    await teams.close();
    expect(await s.harness.receive(request)).toMatchObject({ status: 503 });
    await teams.open();

    expect(await s.harness.receive(request)).toMatchObject({ status: 200 });
    expect(s.inlet.ofType('message.created')).toHaveLength(1);
  });
});
