import { heard } from './acts.ts';
import type { MessageEnvelope } from './acts.ts';
import type { Declared, Stage } from './case.ts';
import type { RoomRef } from '@musterhq/chat-port';

const SHORT_PAGE = 3;
/** More is not said, or a case would take too long. */
const MANY = 300;

const pageOf = ({ capabilities }: Declared): number => capabilities.limits.historyPage ?? Infinity;

/** Why no case can see a second page. */
export const manyPages = (declared: Declared): string | undefined =>
  declared.can.has('shortPages') || pageOf(declared) <= MANY
    ? undefined
    : 'the harness has no `shortPages`, and a page is longer than a case may be (limits.historyPage)';

/** A person says more than one page holds. */
export async function fillPage(stage: Stage, room: RoomRef): Promise<void> {
  stage.shortPages?.(SHORT_PAGE);
  const page = stage.shortPages ? SHORT_PAGE : (stage.adapter.capabilities(room).limits.historyPage ?? MANY);
  await sayMany(stage, room, page + 1);
}

export async function sayMany(stage: Stage, room: RoomRef, n: number): Promise<MessageEnvelope[]> {
  const said: MessageEnvelope[] = [];
  for (let i = 1; i <= n; i += 1) said.push(await heard(stage, room, `message ${i}`));
  return said;
}

/** Why no case can see what the platform forgets. */
export const forgets = ({ capabilities, can }: Declared): string | undefined => {
  const { kept } = capabilities.limits;
  if (kept === undefined) return 'declares no end of what it keeps (limits.kept)';
  if ((kept.messages ?? Infinity) <= MANY || (kept.ms !== undefined && can.has('advance'))) return undefined;
  return 'it keeps more than a case may say, and the harness has no `advance`';
};

/** So much is said, or time passes, that the platform does not keep what was said before; the first and the last of what is said. */
export async function outlive(stage: Stage, room: RoomRef): Promise<MessageEnvelope[]> {
  const { messages = Infinity, ms = 0 } = stage.adapter.capabilities(room).limits.kept ?? {};
  if (messages <= MANY) {
    const said: MessageEnvelope[] = [];
    for (let n = 0; n <= messages; n += 1) {
      stage.advance?.(1_000);
      said.push(await heard(stage, room, `message ${n}`));
    }
    return said;
  }
  stage.advance?.(ms + 120_000);
  return sayMany(stage, room, 2);
}
