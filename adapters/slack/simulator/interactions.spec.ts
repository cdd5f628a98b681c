import { startSlackSimulator } from './start.ts';
import { ListeningApp } from './test/listening-app.ts';
import { codeOf, quietClient } from './test/quiet-client.ts';
import type { SlackSimulator } from './types.ts';

const modal = (over: object = {}) => ({
  type: 'modal',
  callback_id: 'declare',
  title: { type: 'plain_text', text: 'Declare' },
  submit: { type: 'plain_text', text: 'Declare' },
  notify_on_close: true,
  blocks: [
    {
      type: 'input',
      block_id: 'name',
      label: { type: 'plain_text', text: 'Name' },
      element: { type: 'plain_text_input', action_id: 'value' },
    },
    {
      type: 'input',
      block_id: 'severity',
      optional: true,
      label: { type: 'plain_text', text: 'Severity' },
      element: {
        type: 'static_select',
        action_id: 'choice',
        options: [
          { text: { type: 'plain_text', text: 'SEV1' }, value: 'sev1' },
          { text: { type: 'plain_text', text: 'SEV2' }, value: 'sev2' },
        ],
      },
    },
    {
      type: 'input',
      block_id: 'lead',
      optional: true,
      label: { type: 'plain_text', text: 'Lead' },
      element: { type: 'users_select', action_id: 'who' },
    },
  ],
  ...over,
});

describe('Commands, buttons and forms', () => {
  let app: ListeningApp;
  let slack: SlackSimulator;
  let ann: string;
  let room: string;
  let now: number;

  beforeEach(async () => {
    app = await ListeningApp.start();
    now = 1_700_000_000_000;
    slack = await startSlackSimulator({ requestUrl: app.url, events: [], now: () => now, timing: { ackMs: 1_000 } });
    ann = slack.addUser({ name: 'ann', realName: 'Ann Lee' }).id;
    room = slack.addChannel({ name: 'incidents', members: [ann, slack.app.botUserId] }).id;
  });
  afterEach(async () => {
    await slack.close();
    await app.close();
  });

  const openModal = async (view: object = modal()): Promise<string> => {
    const { triggerId } = await slack.as(ann).command('/incident', 'new', room);
    const opened = await quietClient(slack).views.open({ trigger_id: triggerId ?? '', view: view as never });
    return opened.view?.id ?? '';
  };

  it('sends a command as a form, and shows the answer to nobody else', async () => {
    app.reply = () => ({ body: JSON.stringify({ text: 'Opening…' }), headers: { 'content-type': 'application/json' } });

    const result = await slack.as(ann).command('/incident', 'new database <down>', room);

    expect(app.heard[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(app.heard[0]?.content).toMatchObject({
      command: '/incident',
      text: 'new database &lt;down&gt;',
      user_id: ann,
      channel_id: room,
      channel_name: 'incidents',
      team_id: slack.team.id,
      api_app_id: slack.app.id,
    });
    expect(result).toMatchObject({ acknowledged: true, ephemerals: [{ text: 'Opening…', is_ephemeral: true }] });
    expect(slack.messages(room)).toEqual([]);
    expect(slack.as(ann).ephemerals(room)).toHaveLength(1);
  });

  it('posts the answer to the channel when the app says so', async () => {
    app.reply = () => ({ body: JSON.stringify({ response_type: 'in_channel', text: 'INC-1' }) });

    await slack.as(ann).command('/incident', 'new', room);

    expect(slack.messages(room)).toMatchObject([{ text: 'INC-1', bot_id: slack.app.botId }]);
  });

  it.each([
    [{ silent: true }, '/incident failed with the error "operation_timeout"'],
    [{ status: 500 }, '/incident failed with the error "http_service_error"'],
    [{ status: 404 }, '/incident failed with the error "http_client_error"'],
  ])('tells the person in Slack’s words when the app answers a command with %j, and does not ask twice', async (reply, words) => {
    app.reply = () => reply;

    expect(await slack.as(ann).command('/incident', 'new', room)).toMatchObject({ acknowledged: false, error: words });
    expect(app.heard).toHaveLength(1);
    expect(slack.lostInteractions()).toEqual([]);
  });

  it('writes down as lost what an unreachable app cannot hear', async () => {
    await slack.setRequestUrl('http://127.0.0.1:9/');

    const result = await slack.as(ann).command('/incident', 'severity sev1', room);

    expect(result).toMatchObject({ lost: true, error: '/incident failed with the error "dispatch_failed"' });
    expect(slack.lostInteractions()).toMatchObject([{ kind: 'command', user: ann, channel: room, what: '/incident severity sev1' }]);
  });

  it('knows no command the app has not registered', async () => {
    const result = await slack.as(ann).command('/other', '', room);

    expect(result.error).toContain('/other is not a valid command');
    expect(app.heard).toEqual([]);
  });

  it('opens one modal for a trigger, within three seconds', async () => {
    const { triggerId = '' } = await slack.as(ann).command('/incident', 'new', room);
    const { triggerId: later = '' } = await slack.as(ann).command('/incident', 'new', room);
    const open = (trigger: string) => codeOf(quietClient(slack).views.open({ trigger_id: trigger, view: modal() as never }));

    now += 3000;
    expect(await open(triggerId)).toBe('ok');
    expect(await open(triggerId)).toBe('exchanged_trigger_id');
    now += 1;
    expect(await open(later)).toBe('expired_trigger_id');
    expect(slack.as(ann).views()).toMatchObject([{ callback_id: 'declare', title: { text: 'Declare' } }]);
  });

  it('sends what was put into the form, by block and action', async () => {
    const view = await openModal();

    const result = await slack.as(ann).submit(view, { name: 'Database', choice: 'sev1', lead: ann });

    expect(app.heard.at(-1)?.content).toMatchObject({
      type: 'view_submission',
      user: { id: ann },
      view: {
        id: view,
        callback_id: 'declare',
        state: {
          values: {
            name: { value: { type: 'plain_text_input', value: 'Database' } },
            severity: { choice: { type: 'static_select', selected_option: { value: 'sev1', text: { text: 'SEV1' } } } },
            lead: { who: { type: 'users_select', selected_user: ann } },
          },
        },
      },
    });
    expect(result.acknowledged).toBe(true);
    expect(slack.as(ann).views()).toEqual([]);
  });

  it('does not send a form that lacks what is required', async () => {
    const view = await openModal();
    const before = app.heard.length;

    expect(await slack.as(ann).submit(view, {})).toMatchObject({
      acknowledged: false,
      errors: { name: 'Please complete this required field.' },
    });
    expect(app.heard).toHaveLength(before);
  });

  it('keeps the form open with the errors the app answers, and all that was typed', async () => {
    const view = await openModal();
    app.reply = () => ({ body: JSON.stringify({ response_action: 'errors', errors: { name: 'Too short' } }) });

    expect(await slack.as(ann).submit(view, { name: 'x' })).toMatchObject({ errors: { name: 'Too short' } });
    expect(slack.as(ann).views()).toMatchObject([
      { errors: { name: 'Too short' }, state: { values: { name: { value: { value: 'x' } } } } },
    ]);
  });

  it('updates, stacks and clears views as the app answers', async () => {
    const view = await openModal();
    const second = modal({ callback_id: 'second', blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'sure?' } }] });
    app.reply = () => ({ body: JSON.stringify({ response_action: 'push', view: second }) });
    await slack.as(ann).submit(view, { name: 'x' });
    expect(
      slack
        .as(ann)
        .views()
        .map((v) => v.callback_id),
    ).toEqual(['declare', 'second']);

    app.reply = () => ({ body: JSON.stringify({ response_action: 'clear' }) });
    await slack.as(ann).submit(slack.as(ann).views()[1]?.id ?? '', {});
    expect(slack.as(ann).views()).toEqual([]);
  });

  it('lets the app change an open view, keeps what was typed, and refuses a stale hash', async () => {
    const view = await openModal();
    app.reply = () => ({ body: JSON.stringify({ response_action: 'errors', errors: { name: 'no' } }) });
    await slack.as(ann).submit(view, { name: 'kept' });

    await quietClient(slack).views.update({ view_id: view, view: modal({ title: { type: 'plain_text', text: 'Other' } }) as never });

    expect(slack.as(ann).views()).toMatchObject([
      { id: view, title: { text: 'Other' }, state: { values: { name: { value: { value: 'kept' } } } } },
    ]);
    expect(await codeOf(quietClient(slack).views.update({ view_id: view, hash: 'old', view: modal() as never }))).toBe('hash_conflict');
  });

  it('tells the app of a dismissed form that asked to know', async () => {
    const view = await openModal();

    await slack.as(ann).dismiss(view);

    expect(app.heard.at(-1)?.content).toMatchObject({ type: 'view_closed', view: { id: view }, is_cleared: false });
  });

  it('sends the press of a button with the message it stands in', async () => {
    const button = { type: 'button', action_id: 'ack', text: { type: 'plain_text', text: 'Acknowledge' }, value: '247' };
    const posted = await quietClient(slack).chat.postMessage({
      channel: room,
      text: 'page',
      blocks: [{ type: 'actions', block_id: 'b1', elements: [button] }] as never,
    });

    expect(await slack.as(ann).press(room, posted.ts ?? '', 'ack')).toMatchObject({ acknowledged: true });
    expect(app.heard.at(-1)?.content).toMatchObject({
      type: 'block_actions',
      user: { id: ann, username: 'ann', team_id: slack.team.id },
      container: { type: 'message', message_ts: posted.ts, channel_id: room, is_ephemeral: false },
      channel: { id: room, name: 'incidents' },
      message: { ts: posted.ts, text: 'page' },
      actions: [{ type: 'button', action_id: 'ack', block_id: 'b1', value: '247', text: { text: 'Acknowledge' } }],
      trigger_id: expect.any(String),
      response_url: expect.stringContaining('/response/'),
    });
  });

  it('takes five later answers at a response_url, and can replace the message', async () => {
    const { responseUrl = '' } = await slack.as(ann).command('/incident', 'new', room);
    const respond = async (body: object) => (await fetch(responseUrl, { method: 'POST', body: JSON.stringify(body) })).status;

    const statuses = [];
    for (let i = 0; i < 6; i++) statuses.push(await respond({ text: `answer ${i}` }));
    expect(statuses).toEqual([200, 200, 200, 200, 200, 404]);
    expect(slack.as(ann).ephemerals(room)).toHaveLength(5);

    now += 31 * 60_000;
    const posted = await quietClient(slack).chat.postMessage({
      channel: room,
      text: 'choose',
      blocks: [{ type: 'actions', elements: [{ type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } }] }] as never,
    });
    const press = await slack.as(ann).press(room, posted.ts ?? '', 'go');
    await fetch(press.responseUrl ?? '', { method: 'POST', body: JSON.stringify({ replace_original: true, text: 'chosen' }) });
    expect(slack.messages(room).at(-1)).toMatchObject({ ts: posted.ts, text: 'chosen' });
  });

  it('shows an ephemeral message to one person only', async () => {
    const bo = slack.addUser({ name: 'bo', realName: 'Bo' }).id;

    await quietClient(slack).chat.postEphemeral({ channel: room, user: ann, text: 'psst' });

    expect(slack.as(ann).ephemerals(room)).toMatchObject([{ text: 'psst' }]);
    expect(slack.as(bo).ephemerals(room)).toEqual([]);
    expect(await codeOf(quietClient(slack).chat.postEphemeral({ channel: room, user: bo, text: 'psst' }))).toBe('user_not_in_channel');
  });
});
