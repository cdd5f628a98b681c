import { attempt, post, sendOf } from './acts.ts';
import type { Stage } from './case.ts';

/**
 * What is wrong with the harness itself, in a sentence, when a case has failed: an author would look for it in the adapter. Nothing,
 * when nothing is found; what the adapter may have done is never blamed on the harness.
 */
export async function troubleOf(stage: Stage): Promise<string | undefined> {
  const room = await stage.room('harness');
  const calls = stage.requests('send');
  await post(stage, room, 'harness-1', 'is it counted?');
  if (!(await isShown(stage, room, 'is it counted?'))) return 'what was sent is not in `observed`';
  if (stage.requests('send') === calls) return "a message was sent and is there, and `requests('send')` did not count it";

  const before = stage.requests('send');
  stage.fault('send', 'error-before', 1, { room });
  const sent = await attempt(stage, sendOf(stage, room, 'harness-2', 'does it fail?'));
  const once = stage.requests('send') - before === 1;
  if (once && sent.outcome === 'done' && (await isShown(stage, room, 'does it fail?')))
    return "`fault('send', 'error-before')` did nothing: the message was said as if all was well";
  return undefined;
}

const isShown = async (stage: Stage, room: Parameters<Stage['observed']>[0], words: string): Promise<boolean> =>
  (await stage.observed(room)).some(({ text, author }) => author === 'us' && text === words);
