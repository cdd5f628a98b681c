import type { SlackSimulator } from '#adapters/slack/simulator/types';

/** Texts of ours that people read in a channel, in order. One message may hold many: what had to wait is told as one. */
export function saidInSlack(
  slack: Pick<SlackSimulator, 'messages'>,
  channel: string,
  ours: RegExp,
): { readonly text: string; readonly ts: string }[] {
  return slack
    .messages(channel)
    .filter(({ metadata }) => metadata !== undefined)
    .flatMap(({ text, blocks, ts }) => {
      const found = (words: string): string[] => [...words.matchAll(ours)].map(([one]) => one);
      const [inText, inBlocks] = [found(text), found(JSON.stringify(blocks ?? []))];
      return (inBlocks.length > inText.length ? inBlocks : inText).map((one) => ({ text: one, ts }));
    });
}
