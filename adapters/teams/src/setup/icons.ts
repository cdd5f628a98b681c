import { crc32, deflateSync } from 'node:zlib';

type Rgba = readonly [number, number, number, number];
type Point = readonly [number, number];

/** An M, in the unit square. */
const STROKES: readonly Point[] = [
  [0.24, 0.76],
  [0.24, 0.27],
  [0.5, 0.6],
  [0.76, 0.27],
  [0.76, 0.76],
];
const HALF_WIDTH = 0.055;
const GROUND: Rgba = [0x1b, 0x3a, 0x5b, 255];
const WHITE: Rgba = [255, 255, 255, 255];

/** What Teams shows of the app in lists: 192 by 192, full to its edges. */
export const colorIcon = (): Buffer => png(192, (coverage) => mixed(GROUND, WHITE, coverage));

/** And in its bar: 32 by 32, white on nothing. */
export const outlineIcon = (): Buffer => png(32, (coverage) => [255, 255, 255, Math.round(255 * coverage)]);

const mixed = (under: Rgba, over: Rgba, share: number): Rgba => {
  const at = (n: number): number => Math.round((under[n] ?? 0) * (1 - share) + (over[n] ?? 0) * share);
  return [at(0), at(1), at(2), 255];
};

function png(size: number, colour: (coverage: number) => Rgba): Buffer {
  const rows = Array.from({ length: size }, (_, y) =>
    Buffer.from([0, ...Array.from({ length: size }, (__, x) => colour(coverage((x + 0.5) / size, (y + 0.5) / size, size))).flat()]),
  );
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  // Eight bits each of red, green, blue and opacity.
  header.set([8, 6, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.concat(rows))), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

/** How much of this pixel the letter covers; its edge is a pixel wide. */
function coverage(x: number, y: number, size: number): number {
  const distances = STROKES.slice(1).map((to, n) => distance([x, y], STROKES[n] ?? to, to));
  return Math.min(1, Math.max(0, (HALF_WIDTH - Math.min(...distances)) * size + 0.5));
}

function distance([x, y]: Point, [x1, y1]: Point, [x2, y2]: Point): number {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const share = Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(x - x1 - share * dx, y - y1 - share * dy);
}
