import { type AddressInfo, type Socket, connect, createServer } from 'node:net';

/** A line to a server that can be cut and mended, for whoever must notice. */
export async function relayTo(url: string): Promise<{ url: string; cut: () => void; mend: () => void; close: () => Promise<void> }> {
  const target = new URL(url);
  const lines = new Set<Socket>();
  let isCut = false;
  const server = createServer((near) => {
    if (isCut) return void near.destroy();
    const far = connect(Number(target.port), target.hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      lines.add(one);
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        lines.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const near = new URL(url);
  near.hostname = '127.0.0.1';
  near.port = String((server.address() as AddressInfo).port);
  const cut = (): void => {
    isCut = true;
    for (const line of lines) line.destroy();
  };
  return {
    url: near.href,
    cut,
    mend: () => {
      isCut = false;
    },
    close: () =>
      new Promise((resolve) => {
        cut();
        server.close(() => resolve());
      }),
  };
}
