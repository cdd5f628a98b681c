import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { type ArtifactStore } from '#src/artifacts/artifact-store.types';
import { StoreAway } from '#src/artifacts/artifacts.errors';
import { DiskStore } from '#src/artifacts/store/disk-store';
import { S3Store } from '#src/artifacts/store/s3-store';
import { Spool } from '#src/artifacts/store/spool';
import { S3Simulator } from './s3-simulator.ts';

async function* parts(...texts: string[]): AsyncIterable<Uint8Array> {
  for (const text of texts) yield await Promise.resolve(Buffer.from(text));
}
async function* breaking(): AsyncIterable<Uint8Array> {
  yield await Promise.resolve(Buffer.from('the first words'));
  throw new Error('the line broke');
}
const all = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
};

const s3 = new S3Simulator();
let folder: string;
const bucket = (change: object = {}): S3Store =>
  new S3Store(
    {
      endpoint: s3.endpoint,
      region: s3.region,
      name: s3.bucket,
      accessKeyId: s3.accessKeyId,
      secretAccessKey: s3.secretAccessKey,
      ...change,
    },
    new Spool(join(folder, 'unfinished')),
  );

beforeAll(() => s3.start());
afterAll(() => s3.stop());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-files-'));
  s3.objects.clear();
  s3.pageSize = 1000;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe.each([
  ['a folder', (): ArtifactStore => new DiskStore(folder)],
  ['a bucket', (): ArtifactStore => bucket()],
])('Keeping files in %s', (_where, make) => {
  it('gives back what it was given, whole and in part', async () => {
    const store = make();
    const { key, size, sha256 } = await store.put(randomUUID(), parts('hello ', 'world'));

    const whole = await store.open(key);
    const part = await store.open(key, { start: 6, end: 8 });

    expect((await buffer(whole!)).toString()).toBe('hello world');
    expect((await buffer(part!)).toString()).toBe('wor');
    expect({ size, sha256 }).toEqual({ size: 11, sha256: 'b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9' });
  });

  it('keeps the same once, however often it comes', async () => {
    const store = make();
    const id = randomUUID();

    const kept = await Promise.all([store.put(id, parts('same')), store.put(id, parts('sa', 'me')), store.put(id, parts('same'))]);

    expect(new Set(kept.map(({ key }) => key)).size).toBe(1);
    expect((await all(store.list())).map(({ key }) => key)).toEqual([kept[0].key]);
  });

  it('keeps nothing of what breaks off', async () => {
    const store = make();

    await expect(store.put(randomUUID(), breaking())).rejects.toThrow('the line broke');

    expect(await all(store.list())).toEqual([]);
    expect(await readdir(join(folder, 'unfinished'))).toEqual([]);
  });

  it('lists what it keeps, with sizes and times', async () => {
    const store = make();
    const began = Date.now() - 2_000;
    const kept = await Promise.all(['a', 'bb', 'ccc'].map((text) => store.put(randomUUID(), parts(text))));
    s3.pageSize = 2;

    const listed = await all(store.list());

    expect(new Map(listed.map(({ key, size }) => [key, size]))).toEqual(new Map(kept.map(({ key, size }) => [key, size])));
    expect(listed.every(({ keptAt }) => keptAt.getTime() >= began)).toBe(true);
  });

  it('takes away for good, also twice', async () => {
    const store = make();
    const { key } = await store.put(randomUUID(), parts('secret'));

    await store.remove(key);
    await store.remove(key);

    expect(await store.open(key)).toBeNull();
    expect(await all(store.list())).toEqual([]);
  });

  it('opens nothing outside of itself', async () => {
    await expect(async () => make().open('../../../../etc/passwd')).rejects.toThrow('no key');
  });
});

describe('A bucket that says no', () => {
  it('is asked again when it stumbles', async () => {
    s3.fails(2, 503, 'SlowDown');

    const { key } = await bucket().put(randomUUID(), parts('hello'));

    expect(s3.objects.get(`files/${key}`)?.bytes.toString()).toBe('hello');
  });

  it('is away when it goes on stumbling, and keeps nothing', async () => {
    s3.fails(3, 503, 'SlowDown');

    const refused = await bucket()
      .put(randomUUID(), parts('hello'))
      .catch((error: unknown) => error);

    expect(refused).toBeInstanceOf(StoreAway);
    expect((refused as Error).message).toContain('the bucket muster-files answers 503 SlowDown');
    expect(s3.objects.size).toBe(0);
    expect(await readdir(join(folder, 'unfinished'))).toEqual([]);
  });

  it.each([
    ['a wrong secret', { secretAccessKey: 'wrong' }, '403 SignatureDoesNotMatch'],
    ['a wrong key', { accessKeyId: 'AKIAOTHER' }, '403 InvalidAccessKeyId'],
    ['another bucket', { name: 'not-there' }, '404 NoSuchBucket'],
    ['nobody there', { endpoint: 'http://127.0.0.1:1' }, 'does not answer'],
  ])('says what is wrong with %s', async (_what, change, words) => {
    const store = bucket(change);

    await expect(store.put(randomUUID(), parts('hello'))).rejects.toThrow(words);
    await expect(store.open(`${randomUUID()}.${'0'.repeat(64)}`)).rejects.toThrow(words);
    await expect(all(store.list())).rejects.toThrow(words);
  });
});
