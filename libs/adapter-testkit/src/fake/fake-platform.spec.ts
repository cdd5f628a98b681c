import type { ChatAdapter, Content, Form, Interaction } from '@musterhq/chat-port';
import { firstValueFrom } from 'rxjs';
import { makeKit } from '../kit.ts';
import { fakePlugin } from './fake-adapter.ts';
import { FakePlatform } from './fake-platform.ts';

const signal = new AbortController().signal;
const hello: Content = { blocks: [{ t: 'p', c: [{ t: 'text', v: 'hello' }] }], summary: 'hello' };
const declare: Form = { id: 'declare', title: 'Declare an incident', submit: 'Declare', fields: [] };

async function aChat() {
  let clock = 1_000_000;
  const chat = new FakePlatform({ now: () => clock });
  const { inlet, create } = makeKit();
  const adapter = await create(fakePlugin(chat), { instance: 'fake', now: chat.now });
  await adapter.connect?.(inlet, signal);
  const room = { adapter: 'fake', tenant: chat.tenant, room: chat.addRoom('general').id };
  return { chat, adapter, inlet, room, advance: (ms: number) => (clock += ms) };
}

type Chat = Awaited<ReturnType<typeof aChat>>;

const send = ({ adapter, room }: Chat, key: string, onlyFor?: string) => {
  const [part] = adapter.messages.render(hello, room).parts;
  if (!part) throw new Error('Nothing to send');
  const person = onlyFor === undefined ? {} : { onlyFor: { adapter: 'fake', tenant: room.tenant, user: onlyFor } };
  return adapter.messages.send({ key, room, part, ...person }, signal);
};

const health = (adapter: ChatAdapter) => firstValueFrom(adapter.health$);

async function lastGesture({ chat, inlet, room }: Chat): Promise<Interaction> {
  await chat.command('mia', room.room, 'incident');
  const event = inlet.admitted.at(-1)?.event;
  if (event?.type !== 'command') throw new Error('The command was not heard');
  return event.via;
}

describe('A chat that lives in memory', () => {
  it('is away altogether when it is down, and back when it is up', async () => {
    const it = await aChat();

    it.chat.down();
    const whileDown = await send(it, 'first');
    const stateWhileDown = (await health(it.adapter)).state;
    await it.chat.up();

    expect([whileDown.outcome, stateWhileDown]).toEqual(['unknown', 'offline']);
    expect([(await send(it, 'second')).outcome, (await health(it.adapter)).state]).toEqual(['done', 'ready']);
  });

  it('never tells what was said while it was down, and has it in its history', async () => {
    const it = await aChat();
    it.chat.down();
    await it.chat.say('mia', it.room.room, 'is anybody there?');
    await it.chat.up();

    const page = await it.adapter.history?.page({ room: it.room, limit: 10 }, signal);

    expect(it.inlet.admitted).toEqual([]);
    expect(page).toMatchObject({ outcome: 'done', value: { envelopes: [{ id: 'R1:1' }], complete: true } });
  });

  it('tells it late when it was only held back', async () => {
    const it = await aChat();
    it.chat.down('held');
    await it.chat.say('mia', it.room.room, 'is anybody there?');

    await it.chat.up();

    expect(it.inlet.admitted.map((e) => e.id)).toEqual(['R1:1']);
  });

  it('goes on answering when only its events are silent', async () => {
    const it = await aChat();
    it.chat.events.quiet('silent');

    await it.chat.say('mia', it.room.room, 'hello?');

    expect((await send(it, 'a-key')).outcome).toBe('done');
    expect(it.inlet.admitted).toEqual([]);
  });

  it('sends again what was not acknowledged, when asked to', async () => {
    const it = await aChat();
    it.inlet.failNext();
    await it.chat.say('mia', it.room.room, 'hello');

    await it.chat.events.resend();

    expect(it.inlet.admitted).toMatchObject([{ id: 'R1:1', redelivery: 1 }]);
  });

  it('shows a message for one person to that person alone', async () => {
    const it = await aChat();

    await send(it, 'a-key', 'mia');

    expect(it.chat.observed(it.room.room)).toEqual([]);
    expect(it.chat.observedOnlyBy('mia', it.room.room)).toMatchObject([{ text: 'hello' }]);
  });

  it('opens one form for a gesture', async () => {
    const it = await aChat();
    const gesture = await lastGesture(it);

    const first = await it.adapter.forms?.open(gesture, declare, signal);
    const second = await it.adapter.forms?.open(gesture, declare, signal);

    expect([first?.outcome, second?.outcome]).toEqual(['done', 'refused']);
    expect(it.chat.forms()).toMatchObject([{ to: 'mia', form: { id: 'declare' } }]);
  });

  it('opens no form for a gesture of four seconds ago', async () => {
    const it = await aChat();
    const gesture = await lastGesture(it);
    it.advance(4_000);

    expect(await it.adapter.forms?.open(gesture, declare, signal)).toMatchObject({ outcome: 'refused', fault: { code: 'closed' } });
    expect(it.chat.forms()).toEqual([]);
  });

  it('hears its name when a person says it', async () => {
    const it = await aChat();

    await it.chat.say('mia', it.room.room, '@muster severity sev1');
    await it.chat.say('mia', it.room.room, 'mustering courage');

    const mentions = it.inlet.admitted.map(({ event }) => event.type === 'message.created' && event.message.mentionsMe);
    expect(mentions).toEqual([true, false]);
  });

  it('says who could not be invited', async () => {
    const it = await aChat();
    it.chat.world.person('mia');
    const [mia, ghost] = ['mia', 'ghost'].map((user) => ({ adapter: 'fake', tenant: it.room.tenant, user }));

    const changed = await it.adapter.rooms?.change(it.room, { invite: [mia, ghost].filter((u) => u !== undefined) }, signal);

    expect(changed).toMatchObject({ outcome: 'done', value: { uninvited: [{ user: { user: 'ghost' } }] } });
    expect([...it.chat.world.room(it.room.room).members]).toEqual(['muster', 'mia']);
  });
});
