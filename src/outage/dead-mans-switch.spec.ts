import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { until } from '#test/support/until';
import { DeadMansSwitch } from './dead-mans-switch.ts';

describe('A dead man’s switch', () => {
  const SECOND = 1_000;
  let heard: number;
  let answer: number;
  let said: string[];
  let server: Server;
  let url: string;

  beforeEach(async () => {
    [heard, answer, said] = [0, 200, []];
    server = createServer((_, response) => {
      heard += 1;
      response.writeHead(answer).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/a-secret`;
  });
  afterEach(() => server.close());

  const tell = (_: object, message: string): void => void said.push(message);
  const made = (): DeadMansSwitch => new DeadMansSwitch(url, { warn: tell, info: tell });

  it('hears once a minute that Muster lives, for as long as the chats are watched', async () => {
    const deadMan = made();

    for (const seconds of [0, 1, 59, 60, 61, 119]) deadMan.alive(seconds * SECOND);

    await until('two signs of life', () => heard === 2);
    expect(said).toEqual([]);
  });

  it('says once that nobody hears it, and once that it is heard again, without its address', async () => {
    const deadMan = made();
    answer = 500;
    deadMan.alive(0);
    await until('the problem', () => said.length === 1);
    deadMan.alive(60 * SECOND);
    await until('another try', () => heard === 2);
    answer = 200;
    deadMan.alive(120 * SECOND);

    await until('the end of it', () => said.length === 2);
    expect(said).toEqual(['dead man’s switch does not hear that Muster lives', 'dead man’s switch is heard again']);
  });
});
