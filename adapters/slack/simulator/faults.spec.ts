import { startSlackSimulator } from './start.ts';
import { ListeningApp } from './test/listening-app.ts';
import { codeOf, quietClient } from './test/quiet-client.ts';
import { until } from './test/until.ts';
import type { CallFault, SlackSimulator } from './types.ts';

describe('Breaking the pretend Slack', () => {
  let app: ListeningApp;
  let slack: SlackSimulator;
  let ann: string;
  let room: string;

  beforeEach(async () => {
    app = await ListeningApp.start();
    slack = await startSlackSimulator({ requestUrl: app.url, timing: { retryDelaysMs: [0] }, seed: 7 });
    ann = slack.addUser({ name: 'ann', realName: 'Ann Lee' }).id;
    room = slack.addChannel({ name: 'incidents', members: [ann, slack.app.botUserId] }).id;
  });
  afterEach(async () => {
    await slack.close();
    await app.close();
  });

  /** So long does a caller wait that is to give up. */
  const GIVES_UP_MS = 300;
  const post = (text = 'x', channel = room, withinMs = 20_000): Promise<string> =>
    codeOf(quietClient(slack, slack.app.botToken, withinMs).chat.postMessage({ channel, text }));
  const texts = (): string[] => slack.messages(room).map((m) => m.text);
  const statusOf = async (): Promise<[number, string, string | null]> => {
    const answer = await fetch(`${slack.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { authorization: `Bearer ${slack.app.botToken}` },
      body: new URLSearchParams({ channel: room, text: 'x' }),
    });
    return [answer.status, await answer.text(), answer.headers.get('retry-after')];
  };

  it.each([500, 501, 502, 503, 504] as const)('answers %i before and after doing what was asked', async (status) => {
    slack.setFault([{ kind: 'status', status, times: 1 }]);
    expect((await statusOf())[0]).toBe(status);
    expect(texts()).toEqual([]);

    slack.setFault([{ kind: 'status', status, applied: true, times: 1 }]);
    expect((await statusOf())[0]).toBe(status);
    expect(texts()).toEqual(['x']);
    expect((await statusOf())[0]).toBe(200);
  });

  it.each<[CallFault, string[]]>([
    [{ kind: 'silence' }, []],
    [{ kind: 'silence', applied: true }, ['x']],
    [{ kind: 'reset', when: 'before' }, []],
    [{ kind: 'reset', when: 'after' }, ['x']],
    [{ kind: 'garbage' }, []],
    [{ kind: 'garbage', applied: true }, ['x']],
    [{ kind: 'error', error: 'internal_error', applied: true }, ['x']],
    [{ kind: 'error', error: 'fatal_error' }, []],
    [{ kind: 'token-revoked' }, []],
    [{ kind: 'vanish' }, []],
  ])('leaves the caller with %j in doubt, and the room with %j', async (fault, there) => {
    slack.setFault(fault);

    const outcome = await post('x', room, fault.kind === 'silence' ? GIVES_UP_MS : undefined);

    expect(outcome === 'ok').toBe(fault.kind === 'vanish');
    expect(texts()).toEqual(there);
    expect(slack.calls().at(-1)?.applied).toBe(there.length > 0);
  });

  it('does what was asked when the caller has given up', async () => {
    slack.setFault({ kind: 'applied-late', byMs: 2_000 });

    expect(await post('x', room, GIVES_UP_MS)).not.toBe('ok');
    expect(texts()).toEqual([]);
    await until(() => texts().length === 1);
  });

  it('refuses a call too many with and without a time to wait', async () => {
    slack.setFault({ kind: 'rate-limited', retryAfter: 7, times: 1 });
    expect(await statusOf()).toEqual([429, '{"ok":false,"error":"ratelimited"}', '7']);

    slack.setFault({ kind: 'rate-limited', retryAfter: null, times: 1 });
    expect((await statusOf())[2]).toBeNull();
    expect(texts()).toEqual([]);
  });

  it('breaks writes and leaves reads whole, and the reverse', async () => {
    const read = (): Promise<string> => codeOf(quietClient(slack).conversations.history({ channel: room }));

    slack.setFault({ kind: 'error', error: 'fatal_error', on: 'writes' });
    expect([await post(), await read()]).toEqual(['fatal_error', 'ok']);
    slack.setFault({ kind: 'error', error: 'fatal_error', on: 'reads' });
    expect([await post(), await read()]).toEqual(['ok', 'fatal_error']);
  });

  it('strikes one room, one method or a share of calls only', async () => {
    const other = slack.addChannel({ name: 'other', members: [slack.app.botUserId] }).id;

    slack.setFault({ kind: 'error', error: 'fatal_error', on: 'chat.*', channel: 'inc*' });
    expect([await post(), await post('x', other), await codeOf(quietClient(slack).auth.test())]).toEqual(['fatal_error', 'ok', 'ok']);

    slack.setFault({ kind: 'error', error: 'fatal_error', on: ['*', '!chat.postMessage'] });
    expect([await post(), await codeOf(quietClient(slack).auth.test())]).toEqual(['ok', 'fatal_error']);

    slack.setFault({ kind: 'error', error: 'fatal_error', chance: 0.5 });
    const outcomes = new Set(await Promise.all(Array.from({ length: 30 }, () => post())));
    expect(outcomes).toEqual(new Set(['ok', 'fatal_error']));
  });

  it('drops for ever what happens while events are silent, and lets people go on', async () => {
    slack.setFault({ kind: 'events-silent' });
    await slack.as(ann).say(room, 'unheard');
    const command = await slack.as(ann).command('/incident', 'severity sev1', room);
    expect(command).toMatchObject({ acknowledged: false, lost: true, error: '/incident failed with the error "dispatch_failed"' });

    slack.clearFaults();
    await slack.as(ann).say(room, 'heard');
    await slack.idle();

    expect(app.events('message').map((e) => e['text'])).toEqual(['heard']);
    expect(texts()).toEqual(['unheard', 'heard']);
    expect(slack.lostInteractions()).toMatchObject([{ kind: 'command', what: '/incident severity sev1', user: ann }]);
    expect(slack.deliveries()[0]).toMatchObject({ what: 'message', error: 'dropped' });
  });

  it('drops them too when they would only have been late', async () => {
    slack.setFault([{ kind: 'events-silent' }, { kind: 'events-late', byMs: 50 }]);
    await slack.as(ann).say(room, 'unheard');
    slack.clearFaults();
    await slack.idle();

    expect(app.heard).toEqual([]);
  });

  it('writes down the presses and submissions an outage swallows', async () => {
    const button = { type: 'button', action_id: 'ack', text: { type: 'plain_text', text: 'Ack' } };
    const { ts = '' } = await quietClient(slack).chat.postMessage({
      channel: room,
      text: 'page',
      blocks: [{ type: 'actions', elements: [button] }] as never,
    });
    const { triggerId = '' } = await slack.as(ann).command('/incident', '', room);
    const { view } = await quietClient(slack).views.open({
      trigger_id: triggerId,
      view: { type: 'modal', callback_id: 'form', title: { type: 'plain_text', text: 'F' }, blocks: [] },
    });

    slack.setFault({ kind: 'all' });
    await slack.as(ann).press(room, ts, 'ack');
    const submission = await slack.as(ann).submit(view?.id ?? '', {});

    expect(submission.error).toBe('We had some trouble connecting. Try again?');
    expect(slack.lostInteractions().map((l) => [l.kind, l.what])).toEqual([
      ['press', 'ack'],
      ['submission', 'form'],
    ]);
    expect(slack.as(ann).views()).toHaveLength(1);
  });

  it('sends events late, five times over, twice with different ids, and in another order', async () => {
    slack.setFault({ kind: 'events-repeated', copies: 5, times: 1 });
    await slack.as(ann).say(room, 'five');
    await slack.idle();
    expect(app.heard.map((h) => h.content['event_id'])).toEqual(Array.from({ length: 5 }, () => app.heard[0]?.content['event_id']));

    app.heard.length = 0;
    slack.setFault({ kind: 'events-twinned', times: 1 });
    await slack.as(ann).say(room, 'twins');
    await slack.idle();
    expect(new Set(app.heard.map((h) => h.content['event_id'])).size).toBe(2);

    app.heard.length = 0;
    slack.setFault({ kind: 'events-out-of-order', size: 3 });
    for (const text of ['a', 'b', 'c', 'd']) await slack.as(ann).say(room, text);
    await slack.idle();
    expect(app.events('message').map((e) => e['text'])).toEqual(['c', 'b', 'a']);
    slack.clearFaults();
    await slack.idle();
    expect(app.events('message').map((e) => e['text'])).toEqual(['c', 'b', 'a', 'd']);

    app.heard.length = 0;
    slack.setFault({ kind: 'events-late', byMs: 100 });
    await slack.as(ann).say(room, 'late');
    expect(app.heard).toEqual([]);
    await slack.idle();
    expect(app.events('message').map((e) => e['text'])).toEqual(['late']);
  });

  it('is refused by the machine itself while the listener is shut, and is back on the same port', async () => {
    const before = slack.url;
    slack.setFault({ kind: 'refused' });
    await slack.idle();
    const cause = await fetch(slack.apiUrl).catch((e: { cause?: { code?: string } }) => e.cause?.code);
    expect(cause).toBe('ECONNREFUSED');

    slack.clearFaults();
    await slack.idle();

    expect(slack.url).toBe(before);
    expect(await post()).toBe('ok');
  });

  it('takes everything away in a total outage, and keeps people from writing when told to', async () => {
    slack.setFault({ kind: 'all', people: 'stuck' });

    expect((await statusOf())[0]).toBe(503);
    await expect(slack.as(ann).say(room, 'x')).rejects.toThrow('service_unavailable');
    slack.clearFaults();
    expect(await post()).toBe('ok');
  });
});
