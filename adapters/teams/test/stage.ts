import { type RecordingInlet, makeContext, makeKit } from '@musterhq/adapter-testkit';
import type { Attempt, ChatAdapter, Content, MessageRef, Receipt, RoomRef } from '@musterhq/chat-port';
import { teamsPlugin } from '../src/plugin.ts';
import { type TeamsHarness, type TeamsOptions, teamsHarness } from './harness.ts';

export interface Stage extends AsyncDisposable {
  readonly harness: TeamsHarness;
  readonly inlet: RecordingInlet;
  /** Once more, by whoever remembers nothing. Whoever asks closes it. */
  restarted(): Promise<ChatAdapter>;
}

/** A pretend Teams with the real adapter on it, for one test. */
export async function stage(o?: TeamsOptions): Promise<Stage> {
  const kit = makeKit();
  const harness = await teamsHarness(kit, o);
  const restarted = (): Promise<ChatAdapter> =>
    teamsPlugin.create(makeContext({ instance: 'teams', config: harness.config, secrets: { client_secret: harness.teams.secret } }));
  return { harness, inlet: kit.inlet, restarted, [Symbol.asyncDispose]: () => harness.stop() };
}

export const soon = (): AbortSignal => AbortSignal.timeout(10_000);

export const words = (v: string): Content => ({ blocks: [{ t: 'p', c: [{ t: 'text', v }] }], summary: v });

export async function say({ harness }: Stage, room: RoomRef, content: Content | string, thread?: string): Promise<Attempt<Receipt>> {
  const { messages } = harness.adapter;
  const [part] = messages.render(typeof content === 'string' ? words(content) : content, room).parts;
  return messages.send({ key: 'a-key', room, part: part!, ...(thread !== undefined && { thread }) }, soon());
}

/** Where the message is that was said. */
export async function said(on: Stage, room: RoomRef, content: Content | string, thread?: string): Promise<MessageRef> {
  const ended = await say(on, room, content, thread);
  if (ended.outcome !== 'done') throw new Error(`Not done: ${JSON.stringify(ended)}`);
  return ended.value.message;
}
