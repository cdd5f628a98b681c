import { getEventListeners } from 'node:events';
import { readFileSync } from 'node:fs';
import { makeKit } from '@musterhq/adapter-testkit';
import { firstValueFrom, filter, timeout } from 'rxjs';
import type { Health, RoomRef } from '@musterhq/chat-port';
import { type LineHarness, type LineOptions, lineHarness } from './harness.ts';

async function stage(o?: LineOptions): Promise<{ kit: ReturnType<typeof makeKit>; harness: LineHarness } & AsyncDisposable> {
  const kit = makeKit();
  const harness = await lineHarness(kit, o);
  return { kit, harness, [Symbol.asyncDispose]: () => harness.stop() };
}

const becomes = ({ adapter }: LineHarness, state: Health['state']): Promise<Health> =>
  firstValueFrom(
    adapter.health$.pipe(
      filter((h) => h.state === state),
      timeout(20_000),
    ),
  );

const send = ({ adapter: { messages } }: LineHarness, room: RoomRef) =>
  messages.send({ key: 'a-key', room, part: { body: 'hello', chars: 5, bytes: 5 } }, AbortSignal.timeout(10_000));

describe('The adapter for lines', () => {
  it('is offline while the server is away, and hears again when it is back', async () => {
    await using s = await stage();
    await s.harness.shut();
    await becomes(s.harness, 'offline');

    await s.harness.open();
    await becomes(s.harness, 'ready');

    await s.harness.inject({ do: 'say', room: await s.harness.room(), text: 'anybody there?' });
    expect(s.kit.inlet.ofType('message.created')).toHaveLength(1);
  });

  it('keeps nothing of a connection that ended, however often it tries', async () => {
    const any = import.meta.jest.spyOn(AbortSignal, 'any');
    await using s = await stage();
    const [life] = any.mock.results.map(({ value }) => value as AbortSignal);
    any.mockRestore();

    for (let n = 0; n < 12; n++) {
      await s.harness.shut();
      await becomes(s.harness, 'offline');
      await s.harness.open();
      await becomes(s.harness, 'ready');
    }

    expect(getEventListeners(life as AbortSignal, 'abort').length).toBeLessThan(6);
  });

  it('knows that nothing was said when the server did not take the call', async () => {
    await using s = await stage();
    await s.harness.shut();

    expect(await send(s.harness, await s.harness.room())).toMatchObject({ outcome: 'refused', fault: { code: 'unavailable' } });
  });

  it('starts as unauthorized with a token that the server does not know, and says what to do', async () => {
    await using s = await stage({ token: 'wrong' });

    expect(await becomes(s.harness, 'unauthorized')).toMatchObject({ fault: { code: 'auth', remedy: 'reauthorize' } });
  });

  it('is an example of fewer than a hundred lines, with what a line is and how content becomes words beside it', () => {
    const lines = (file: string): number =>
      readFileSync(new URL(`../src/${file}`, import.meta.url), 'utf8')
        .trimEnd()
        .split('\n').length;

    expect(lines('line-adapter.ts')).toBeLessThan(100);
  });
});
