import { useApp } from '#test/support/app';
import { aResponder, bytesOnTheLine } from './browser.ts';
import { manyMessages } from './many-messages.ts';

/** What a first flight of packets carries (ten of 1,460 bytes, less the headers). */
const FIRST_FLIGHT = 14_000;

const WORDS =
  `checkout p99 at seconds since deploy errors rollback started shard pool saturation wait timeout retry queue depth falling back
customers support tickets region eu-west us-east database replica lag failover primary connection leak identified fix canary percent
traffic graph dashboard alert fired paging lead comms update posted status page monitoring looks green again not yet still seeing some
four of five hosts restarted draining node memory high cpu normal payment provider latency third party confirmed their side ours config
flag turned off on for everyone internal only waiting build pipeline blocked merged reverted commit version running on all pods`.split(
    /\s+/,
  );

/** Sentences of 5 to 25 words in no order, with numbers in them: no two alike. Real ones repeat more. */
function sentence(n: number): string {
  let state = n * 2_654_435_761;
  const next = (): number => (state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0) >>> 8;
  return Array.from({ length: 5 + (next() % 21) }, () => (next() % 9 === 0 ? String(next() % 10_000) : WORDS[next() % WORDS.length])).join(
    ' ',
  );
}

describe('Loading the plain room on a bad line', () => {
  const app = useApp({ roles: ['web'] });

  it('takes one flight of packets for 200 messages', async () => {
    const { id, number } = await app.anIncident({ title: 'Checkout is failing', summary: 'Since the 03:05 deploy' });
    await manyMessages(app, id, 230, sentence);

    const { bytes, body } = await bytesOnTheLine(app, await aResponder(app, 'Bo'), `/lite/i/${number}`);

    expect(body.match(/<li id="m/g)).toHaveLength(200);
    expect(bytes).toBeLessThanOrEqual(FIRST_FLIGHT);
  });

  it('loads nothing but the style, which browsers keep', async () => {
    const { number } = await app.anIncident();
    const { body } = await bytesOnTheLine(app, await aResponder(app, 'Bo'), `/lite/i/${number}`);
    const loaded = [...body.matchAll(/<(?:link|script|img|iframe)[^>]*(?:href|src)="([^"]*)"/g)].map(([, address]) => address);

    expect(loaded).toEqual(['data:,', expect.stringMatching(/^\/lite\.css\?v=/)]);
    const style = await fetch(new URL(loaded[1] ?? '', app.url));
    expect(style.headers.get('cache-control')).toContain('immutable');
    expect(style.headers.get('content-type')).toContain('text/css');
  });
});
