import type { Form } from '@musterhq/chat-port';
import { isType, post, soon, stage, valueOf, until, words } from './stage.ts';

const form: Form = {
  id: 'declare',
  title: 'Declare an incident, quickly',
  submit: 'Declare',
  state: 'from-command',
  fields: [
    { t: 'line', id: 'title', label: 'What is happening?', required: true, max: 200 },
    {
      t: 'choice',
      id: 'severity',
      label: 'Severity',
      options: [
        { label: 'SEV1', value: 'sev1' },
        { label: 'SEV2', value: 'sev2' },
      ],
      value: ['sev2'],
    },
    {
      t: 'choices',
      id: 'services',
      label: 'Services',
      options: [
        { label: 'Checkout', value: 'co' },
        { label: 'Search', value: 'se' },
      ],
    },
    { t: 'person', id: 'lead', label: 'Lead' },
    { t: 'instant', id: 'since', label: 'Since', value: '2026-11-21T10:00:00.000Z' },
    { t: 'number', id: 'users', label: 'Users hit' },
  ],
};

describe.each(['webhook', 'socket'] as const)('Running an incident from Slack, by %s', (transport) => {
  it('opens a form by a command, and hears what was filled in', async () => {
    await using it = await stage(transport);
    const { harness, inlet } = it;
    const { room } = await harness.room();
    const mia = harness.person('mia');

    const asking = mia.command('/incident', 'Checkout & search are failing', room);
    const command = await inlet.until(isType('command'));
    const { event } = command;
    if (event.type !== 'command') throw new Error('no command');
    expect(event).toMatchObject({
      name: 'incident',
      text: 'Checkout & search are failing',
      via: { user: { user: mia.user.id }, room: { room } },
    });
    valueOf(
      (await harness.adapter.forms?.open(event.via, form, soon())) ?? { outcome: 'unknown', fault: { code: 'protocol', scope: 'adapter' } },
    );
    expect((await asking).acknowledged).toBe(true);

    const [view] = mia.views();
    expect(view).toMatchObject({ title: { text: 'Declare an incident, qu…' }, private_metadata: 'from-command' });
    await mia.submit(view?.id ?? '', { title: 'Checkout', severity: 'sev1', services: ['co', 'se'], lead: mia.user.id, users: '12' });

    const submitted = await inlet.until(isType('form'));
    expect(submitted.event).toMatchObject({
      id: 'declare',
      state: 'from-command',
      dismissed: false,
      values: {
        title: ['Checkout'],
        severity: ['sev1'],
        services: ['co', 'se'],
        lead: [mia.user.id],
        since: ['2026-11-21T10:00:00.000Z'],
        users: ['12'],
      },
    });
    expect(mia.views()).toEqual([]);
  });

  it('answers a command for the person alone', async () => {
    await using it = await stage(transport);
    const { harness, inlet } = it;
    inlet.answersWith(() => ({ t: 'private', content: words('INC-1 is declared. <!channel>') }));
    const { room } = await harness.room();

    const { ephemerals } = await harness.person('mia').command('/incident', 'x', room);

    expect(ephemerals).toMatchObject([{ text: 'INC-1 is declared. &lt;!channel&gt;' }]);
    expect(harness.slack.messages(room)).toEqual([]);
  });

  it('shows what is wrong with a form in the form', async () => {
    await using it = await stage(transport);
    const { harness, inlet } = it;
    inlet.answersWith(({ event }) =>
      event.type === 'form' ? { t: 'errors', errors: { title: 'Say what is happening.' } } : { t: 'none' },
    );
    const { room } = await harness.room();
    const mia = harness.person('mia');
    await mia.command('/incident', '', room);
    const { event } = await inlet.until(isType('command'));
    if (event.type !== 'command') throw new Error('no command');
    await harness.adapter.forms?.open(event.via, { ...form, fields: form.fields.slice(0, 1) }, soon());

    const view = mia.views()[0]?.id ?? '';
    const first = await mia.submit(view, { title: 'x' });
    const second = await mia.submit(view, { title: 'x' });

    expect(first.errors).toEqual({ title: 'Say what is happening.' });
    expect(second.errors).toEqual(first.errors);
    expect(new Set(inlet.ofType('form').map(({ id }) => id)).size).toBe(2);
  });

  it('hears that a form was closed', async () => {
    await using it = await stage(transport);
    const { harness, inlet } = it;
    const { room } = await harness.room();
    const mia = harness.person('mia');
    await mia.command('/incident', '', room);
    const { event } = await inlet.until(isType('command'));
    if (event.type !== 'command') throw new Error('no command');
    await harness.adapter.forms?.open(event.via, { ...form, fields: form.fields.slice(0, 1) }, soon());

    await mia.dismiss(mia.views()[0]?.id ?? '');

    expect((await inlet.until(isType('form'))).event).toMatchObject({ id: 'declare', dismissed: true });
  });

  it('hears a button, and says the answer to the one who pressed it', async () => {
    await using it = await stage(transport);
    const { harness, inlet } = it;
    const ref = await harness.room();
    const items = [
      { t: 'button' as const, id: 'severity', label: 'SEV1', value: 'sev1' },
      { t: 'button' as const, id: 'severity', label: 'SEV2', value: 'sev2' },
    ];
    const ts = await post(it, ref, 'card', { ...words('card'), blocks: [...words('card').blocks, { t: 'actions', items }] });
    inlet.answersWith(() => ({ t: 'private', content: words('It is SEV2 now.') }));
    const mia = harness.person('mia');

    const pressed = await mia.press(ref.room, ts, 'severity~2');

    expect(pressed.acknowledged).toBe(true);
    expect((await inlet.until(isType('action'))).event).toMatchObject({
      id: 'severity',
      value: 'sev2',
      via: { on: { id: ts, room: ref } },
    });
    await until('the answer', () => mia.ephemerals(ref.room).some(({ text }) => text === 'It is SEV2 now.'));
  });

  it('does not acknowledge a press that nobody stored', async () => {
    await using it = await stage(transport);
    const { harness, inlet } = it;
    const ref = await harness.room();
    const ts = await post(it, ref, 'card', {
      ...words('card'),
      blocks: [{ t: 'actions', items: [{ t: 'button', id: 'lead', label: 'Lead' }] }],
    });
    inlet.failNext(1, isType('action'));

    const pressed = await harness.person('mia').press(ref.room, ts, 'lead');

    expect(pressed.acknowledged).toBe(false);
  });

  it('keeps the card live: edited in place, and heard back as ours under the key it was sent with', async () => {
    await using it = await stage(transport);
    const { harness, inlet } = it;
    const ref = await harness.room();
    const { messages } = harness.adapter;
    const id = await post(it, ref, 'the-card', words('SEV3'));
    const [part] = messages.render(words('SEV1'), ref).parts;
    if (!part) throw new Error('no part');

    valueOf(
      (await messages.edit?.({ room: ref, id }, { key: 'the-edit', part }, soon())) ?? {
        outcome: 'unknown',
        fault: { code: 'protocol', scope: 'adapter' },
      },
    );

    const edited = await inlet.until(isType('message.edited'));
    expect(edited.event).toMatchObject({ message: { origin: 'self', key: 'the-card', ref: { id } } });
    expect(await harness.observed(ref)).toMatchObject([{ id, text: 'SEV1', key: 'the-card' }]);
  });

  it('carries a person’s words under their name, marked as coming from the war room', async () => {
    await using it = await stage(transport);
    const { harness, inlet } = it;
    const ref = await harness.room();

    await post(it, ref, 'k', { ...words('hello'), author: { name: 'Ana Ruiz', via: 'war room' } });

    expect(harness.slack.messages(ref.room)).toMatchObject([{ username: 'Ana Ruiz (war room)' }]);
    expect((await inlet.until(isType('message.created'))).event).toMatchObject({ message: { origin: 'self', key: 'k' } });
  });

  it('hears a message shortcut with the message', async () => {
    await using it = await stage(transport);
    const { harness, inlet } = it;
    const ref = await harness.room();
    const mia = harness.person('mia');
    const { ts } = await mia.say(ref.room, 'look at this graph');

    await mia.shortcut('message', ref.room, ts);

    expect((await inlet.until(isType('shortcut'))).event).toMatchObject({
      id: 'message',
      message: { ref: { id: ts }, content: { summary: 'look at this graph' } },
    });
  });
});

describe('Speaking to one person in Slack', () => {
  it('shows a message to them alone', async () => {
    await using it = await stage();
    const { harness } = it;
    const ref = await harness.room();
    const mia = harness.person('mia');
    const { messages } = harness.adapter;
    const [part] = messages.render(words('only you'), ref).parts;
    if (!part) throw new Error('no part');
    const send = { key: 'p', room: ref, part, onlyFor: { adapter: 'slack', tenant: harness.tenant, user: mia.user.id } };

    valueOf(await messages.send(send, soon()));

    expect(mia.ephemerals(ref.room)).toMatchObject([{ text: 'only you' }]);
    expect(harness.slack.messages(ref.room)).toEqual([]);
    expect(await messages.reconcile?.(send, harness.now(), soon())).toBe('cannot-tell');
  });
});
