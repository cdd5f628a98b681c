import { makeKit, type RecordingInlet, type Transport } from '@musterhq/adapter-testkit';
import type { Attempt, Content, Envelope, Health, RoomRef } from '@musterhq/chat-port';
import { filter, firstValueFrom, timeout } from 'rxjs';
import { type SlackHarness, slackHarness } from './harness.ts';

export interface Stage extends AsyncDisposable {
  readonly harness: SlackHarness;
  readonly inlet: RecordingInlet;
}

/** A pretend Slack with the real adapter on it, for one test. */
export async function stage(transport: Transport = 'webhook'): Promise<Stage> {
  const kit = makeKit();
  const harness = await slackHarness(transport)(kit);
  return { harness, inlet: kit.inlet, [Symbol.asyncDispose]: () => harness.stop() };
}

export const soon = (): AbortSignal => AbortSignal.timeout(10_000);

/** The value of a call that has to be done. */
export function valueOf<T>(attempt: Attempt<T>): T {
  if (attempt.outcome !== 'done') throw new Error(`Not done: ${JSON.stringify(attempt)}`);
  return attempt.value;
}

export const words = (v: string): Content => ({ blocks: [{ t: 'p', c: [{ t: 'text', v }] }], summary: v });

export async function post({ harness }: Pick<Stage, 'harness'>, room: RoomRef, key: string, content: Content): Promise<string> {
  const { messages } = harness.adapter;
  const [part] = messages.render(content, room).parts;
  if (!part) throw new Error('There is nothing to send');
  return valueOf(await messages.send({ key, room, part }, soon())).message.id;
}

export function becomes({ harness }: Pick<Stage, 'harness'>, state: Health['state']): Promise<Health> {
  return firstValueFrom(
    harness.adapter.health$.pipe(
      filter((h) => h.state === state),
      timeout(20_000),
    ),
  );
}

export const isType =
  <T extends Envelope['event']['type']>(type: T) =>
  (e: Envelope): boolean =>
    e.event.type === type;

/** Looks again at each turn until it is so. */
export async function until(what: string, look: () => boolean): Promise<void> {
  const end = performance.now() + 20_000;
  while (!look()) {
    if (performance.now() > end) throw new Error(`Waited for ${what}`);
    await new Promise((turn) => setImmediate(turn));
  }
}
