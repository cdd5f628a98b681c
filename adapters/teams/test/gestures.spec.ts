import type { Answer, Content, Form, MessageRef } from '@musterhq/chat-port';
import type { Activity } from '../simulator/activities.ts';
import { type Stage, said, stage, words } from './stage.ts';

const CARD: Content = {
  blocks: [
    { t: 'p', c: [{ t: 'text', v: 'Checkout is failing' }] },
    {
      t: 'actions',
      items: [
        { t: 'button', id: 'take-lead', label: 'Take the lead', value: 'INC-1' },
        { t: 'button', id: 'new-update', label: 'Write an update', value: 'INC-1', opensForm: true },
      ],
    },
  ],
  summary: 'Checkout is failing',
};

const FORM: Form = {
  id: 'update',
  title: 'An update',
  submit: 'Send',
  state: 'INC-1',
  fields: [
    { t: 'text', id: 'text', label: 'What is known', required: true },
    { t: 'choices', id: 'areas', label: 'Areas', options: [{ label: 'Shop', value: 'shop' }, { label: 'Pay', value: 'pay' }] }, // prettier-ignore
  ],
};

interface Task {
  readonly task: { readonly type: string; readonly value: unknown };
}

interface Dialog extends Task {
  readonly task: {
    readonly type: string;
    readonly value: { readonly title: string; readonly card: { readonly content: { readonly body: Activity[] } } };
  };
}

async function answered(s: Stage, activity: Activity, answer: Answer): Promise<unknown> {
  s.inlet.answersWith(() => answer);
  const { status, body } = await s.harness.receive(s.harness.teams.told(activity));
  expect(status).toBe(200);
  return body === undefined ? undefined : JSON.parse(body);
}

const press = (s: Stage, { room, id, thread }: MessageRef, action: string): Activity =>
  s.harness.teams.press('mia', { room: room.room, id, from: 'us', ...(thread !== undefined && { thread }) }, action);

/** What the dialog's button sends back, with what was typed. */
function filledIn({ task }: Dialog, typed: Activity): Activity {
  const elements = task.value.card.content.body as { actions?: { data: Activity }[] }[];
  return { ...elements.flatMap(({ actions }) => actions ?? [])[0]!.data, ...typed };
}

const inputsOf = ({ task }: Dialog): Activity[] => task.value.card.content.body.filter(({ type }) => String(type).startsWith('Input.'));
const wordsOf = (value: unknown): string => JSON.stringify(value);

describe('Pressing a button in Teams', () => {
  it('tells who pressed what on which message', async () => {
    await using s = await stage();
    const room = await s.harness.room();
    const message = await said(s, room, CARD);

    await answered(s, press(s, message, 'take-lead'), { t: 'none' });

    const [envelope] = s.inlet.ofType('action');
    expect(envelope?.event).toMatchObject({
      type: 'action',
      id: 'take-lead',
      value: 'INC-1',
      via: { user: { user: '29:mia' }, room, on: message },
    });
    expect(envelope?.lane).not.toBe(room.room);
  });

  it('is named the same when Teams tells it again under a new id, and no other press is', async () => {
    await using s = await stage();
    const room = await s.harness.room();
    const message = await said(s, room, CARD);
    const another = await said(s, room, CARD);
    const told = press(s, message, 'take-lead');

    for (const activity of [
      told,
      { ...told, id: 'f:again' },
      { ...told, id: 'f:bens', from: { id: '29:ben' } },
      press(s, another, 'take-lead'),
    ])
      await answered(s, activity, { t: 'none' });

    const pressed = s.inlet.ofType('action');
    const [first, again, ...others] = pressed.map(({ sameAs }) => sameAs?.key);
    expect(new Set(pressed.map(({ id }) => id)).size).toBe(4);
    expect(again).toBe(first);
    expect(new Set([first, ...others]).size).toBe(3);
  });

  it('may open its form as often as somebody likes', async () => {
    await using s = await stage();
    const message = await said(s, await s.harness.room(), CARD);

    await answered(s, press(s, message, 'new-update'), { t: 'form', form: FORM });

    expect(s.inlet.ofType('action')[0]).not.toHaveProperty('sameAs');
  });

  it('replaces the card, or says something to the one who pressed it alone', async () => {
    await using s = await stage();
    const message = await said(s, await s.harness.room(), CARD);

    const replaced = await answered(s, press(s, message, 'take-lead'), { t: 'replace', content: words('Mia leads') });
    const told = await answered(s, press(s, message, 'take-lead'), { t: 'private', content: words('Somebody else leads') });

    expect(replaced).toMatchObject({ statusCode: 200, type: 'application/vnd.microsoft.card.adaptive' });
    expect(wordsOf(replaced)).toContain('Mia leads');
    expect(told).toEqual({ statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'Somebody else leads' });
  });

  it('says that no form can be opened, where the button did not ask for one', async () => {
    await using s = await stage();
    const message = await said(s, await s.harness.room(), CARD);

    expect(await answered(s, press(s, message, 'take-lead'), { t: 'form', form: FORM })).toMatchObject({
      value: 'Teams cannot open “An update” from this button.',
    });
  });

  it('opens a form within the request, where the button says so', async () => {
    await using s = await stage();
    const message = await said(s, await s.harness.room(), CARD);

    const opened = (await answered(s, press(s, message, 'new-update'), { t: 'form', form: FORM })) as Dialog;

    expect(s.inlet.ofType('action')[0]?.event).toMatchObject({ id: 'new-update', value: 'INC-1' });
    expect(opened.task).toMatchObject({ type: 'continue', value: { title: 'An update' } });
    expect(inputsOf(opened)).toMatchObject([
      { type: 'Input.Text', id: 'text', label: 'What is known', isRequired: true, isMultiline: true },
      { type: 'Input.ChoiceSet', id: 'areas', isMultiSelect: true },
    ]);
  });

  it('says a word where there is no form for it', async () => {
    await using s = await stage();
    const message = await said(s, await s.harness.room(), CARD);

    const told = await answered(s, press(s, message, 'new-update'), { t: 'private', content: words('It is over') });

    expect(told).toEqual({ task: { type: 'message', value: 'It is over' } });
  });
});

describe('Sending a form in Teams', () => {
  async function opened(s: Stage): Promise<{ dialog: Dialog; room: string }> {
    const room = await s.harness.room();
    const message = await said(s, room, CARD);
    return { dialog: (await answered(s, press(s, message, 'new-update'), { t: 'form', form: FORM })) as Dialog, room: room.room };
  }

  it('tells what was typed, with the form’s state, and closes it', async () => {
    await using s = await stage();
    const { dialog, room } = await opened(s);

    const closed = await answered(s, s.harness.teams.submit('mia', room, filledIn(dialog, { text: 'Back soon', areas: 'shop,pay' })), {
      t: 'none',
    });

    expect(closed).toBeUndefined();
    expect(s.inlet.ofType('form')[0]?.event).toMatchObject({
      type: 'form',
      id: 'update',
      state: 'INC-1',
      values: { text: ['Back soon'], areas: ['shop', 'pay'] },
      dismissed: false,
      via: { user: { user: '29:mia' } },
    });
  });

  it('keeps it open with what was typed and what is wrong with it, also a second time', async () => {
    await using s = await stage();
    const { dialog, room } = await opened(s);
    const { teams } = s.harness;
    const wrong: Answer = { t: 'errors', errors: { text: 'Say what people should do' } };

    const again = (await answered(s, teams.submit('mia', room, filledIn(dialog, { text: 'Hm', areas: 'pay' })), wrong)) as Dialog;
    const third = (await answered(s, teams.submit('mia', room, filledIn(again, { text: 'Hmm' })), wrong)) as Dialog;

    expect(wordsOf(again)).toContain('Say what people should do');
    expect(inputsOf(again)).toMatchObject([{ id: 'text', value: 'Hm' }, { id: 'areas', value: 'pay' }]); // prettier-ignore
    expect(inputsOf(third)).toMatchObject([{ id: 'text', value: 'Hmm' }, { id: 'areas' }]); // prettier-ignore
  });

  it('is unknown and acknowledged when it is no form of ours', async () => {
    await using s = await stage();
    const { room } = await s.harness.room();

    await answered(s, s.harness.teams.submit('mia', room, { form: { id: 7 } }), { t: 'none' });

    expect(s.inlet.admitted.map(({ event }) => event)).toEqual([{ type: 'unknown', name: 'invoke task/submit' }]);
  });
});

describe('Reacting in Teams', () => {
  it('is heard of what Muster said, with who did it, and that they took it back', async () => {
    await using s = await stage();
    const room = await s.harness.room();
    const message = await said(s, room, words('Checkout is failing'));
    const { teams } = s.harness;
    const [kept] = teams.conversations.of(room.room).messages;

    await s.harness.receive(teams.told(teams.react('mia', kept!, 'like')));
    await s.harness.receive(teams.told(teams.react('mia', kept!, 'like', false)));

    expect(s.inlet.ofType('reaction').map(({ event }) => event)).toEqual(
      [true, false].map((added) => ({
        type: 'reaction',
        target: message,
        user: { adapter: 'teams', tenant: s.harness.tenant, user: '29:mia' },
        emoji: '+1',
        added,
      })),
    );
  });
});
