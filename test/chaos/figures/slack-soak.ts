import { type Soaked, soak } from '../soak/slack-soak.ts';
import { driftOf, p99, p99ByTenths, slopeOf } from '../soak/trend.ts';
import type { Asked, Figure, Figures } from './figure.types.ts';

const MINUTES = 240;
const SMALL_MINUTES = 2;
const SAMPLE_MS = 60_000;
const SMALL_SAMPLE_MS = 10_000;
/** What is loaded, compiled and cached once is no growth. */
const WARM_UP = { share: 1 / 6, atMostMs: 20 * 60_000 };
const MOST_MIB_AN_HOUR = 1;
const MOST_DRIFT = 0.1;

/** SOAK_MINUTES says for how long, where four hours are too long; what was measured says so, too. */
async function overHours({ seed, isSmall }: Asked): Promise<Figure> {
  const minutes = isSmall ? SMALL_MINUTES : Number(process.env['SOAK_MINUTES'] ?? MINUTES);
  const soaked = await soak({ seed, minutes, sampleEveryMs: isSmall ? SMALL_SAMPLE_MS : SAMPLE_MS });
  const { posts, from, to } = soaked;
  const warm = from + Math.min((to - from) * WARM_UP.share, WARM_UP.atMostMs);
  const heaps = growth(soaked, warm - from);
  const tenths = p99ByTenths(posts.seen, warm, to);
  const drift = driftOf(tenths);
  const failed = [...posts.failed].map(([how, n]) => `${n} answered ${how}`);
  const isWhole = failed.length === 0 && posts.seen.length === posts.began && soaked.toldToSlack >= posts.began;
  const isSteady = heaps.every(({ perHour }) => perHour < MOST_MIB_AN_HOUR) && drift < MOST_DRIFT;
  return {
    goal: '50 messages a second for four hours, in 20 rooms with 60 readers and Slack: the heap of no process, after collection, grows by 1 MiB an hour once it is warm, and p99 drifts by less than 10 %',
    measured: [
      `over ${minutes} minutes`,
      ...heaps.map(({ who, mib, perHour }) => `${who} ${mib.toFixed(1)} MiB, ${signed(perHour, 2)} MiB an hour`),
      `seen by every reader after ${p99(posts.seen.map(({ y }) => y)).toFixed(0)} ms p99, by tenths ${tenths.map((ms) => ms.toFixed(0)).join(' ')}, drift ${signed(100 * drift, 1)} %`,
      `${posts.began.toLocaleString('en')} messages, ${failed.length === 0 ? 'all acknowledged' : failed.join(', ')}, ${posts.seen.length.toLocaleString('en')} seen by every reader, ${soaked.toldToSlack.toLocaleString('en')} told to Slack`,
    ].join('; '),
    // Two minutes say nothing of an hour, only that it can be measured.
    pass: isWhole && heaps.length > 0 && (isSmall || isSteady),
  };
}

interface Growth {
  readonly who: string;
  readonly mib: number;
  readonly perHour: number;
}

/** Of each process that was there from the warm-up to the end. */
function growth({ heaps }: Soaked, warmUpMs: number): Growth[] {
  return [...heaps.of].flatMap(([who, points]) => {
    const warm = points.filter(({ x }) => x * 3_600_000 >= warmUpMs);
    return warm.length > 2 ? [{ who, mib: warm.at(-1)?.y ?? 0, perHour: slopeOf(warm) }] : [];
  });
}

const signed = (value: number, digits: number): string => `${value < 0 ? '' : '+'}${value.toFixed(digits)}`;

export const figures: Figures = { R11: overHours };
