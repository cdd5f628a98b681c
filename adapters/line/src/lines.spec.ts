import { asLine, linesOf } from './lines.ts';

async function read(...chunks: string[]): Promise<string[][]> {
  async function* arriving(): AsyncGenerator<string> {
    yield* chunks;
  }
  const lines: string[][] = [];
  for await (const line of linesOf(arriving())) lines.push(line);
  return lines;
}

describe('A line', () => {
  it('is read as it was written, wherever the network cut it', async () => {
    const line = asLine('said', 'two words\nand a line', 'é 👍');

    expect(await read(line.slice(0, 9), line.slice(9) + line)).toEqual(Array(2).fill(['said', 'two words\nand a line', 'é 👍']));
  });

  it('stays as it came where nobody can read it, and what comes after it is read', async () => {
    expect(await read('said %E0%A4%A\n', 'said now\n')).toEqual([
      ['said', '%E0%A4%A'],
      ['said', 'now'],
    ]);
  });
});
