// @ts-expect-error: a script, without types of its own
import { lookAgain } from '../../scripts/test/second-look.mjs';

interface File {
  path: string | null;
  passed: number;
  failed: number;
  skipped: number;
  failures: string[];
}
const whole = (path: string, passed = 3): File => ({ path, passed, failed: 0, skipped: 0, failures: [] });
const broken = (path: string | null, name = 'is told'): File => ({ path, passed: 2, failed: 1, skipped: 0, failures: [name] });

describe('What failed in the whole suite', () => {
  it('has failed when it fails again, and is not called unsteady', async () => {
    const { files, unsteady } = await look([whole('a'), broken('b')], [broken('b')]);

    expect(files).toEqual([whole('a'), broken('b')]);
    expect(unsteady).toEqual([]);
  });

  it('is named, by file and test, when it passes alone', async () => {
    const { files, unsteady } = await look([whole('a'), broken('b', 'is told')], [whole('b')]);

    expect(files).toEqual([whole('a'), whole('b')]);
    expect(unsteady).toEqual(['b: is told']);
  });

  it('is not repeated with more than five', async () => {
    const six = ['a', 'b', 'c', 'd', 'e', 'f'].map((path) => broken(path));

    expect(
      await look(
        six,
        six.map(({ path }) => whole(path!)),
      ),
    ).toEqual({ files: six, unsteady: [] });
  });

  it('stays failed when the first run broke off, or the second does', async () => {
    expect(await look([broken('a'), broken(null)], [whole('a')])).toEqual({ files: [broken('a'), broken(null)], unsteady: [] });

    expect(await look([broken('a')], [broken(null)])).toEqual({ files: [broken('a'), broken(null)], unsteady: [] });
  });
});

async function look(first: readonly File[], second: readonly File[]): Promise<{ files: File[]; unsteady: string[] }> {
  return lookAgain(first, () => Promise.resolve(second));
}
