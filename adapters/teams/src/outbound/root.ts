import type { Content } from '@musterhq/chat-port';
import { render, type TeamsBody } from '../content/render.ts';

/** What the first message of an incident's thread says. */
export interface Root {
  readonly name: string;
  readonly topic?: string;
}

/** Always one part: what of it is too long for that would be no heading. */
export function rootBody({ name, topic }: Root): TeamsBody {
  const content: Content = {
    blocks: [{ t: 'h', level: 1, c: shortText(name) }, ...(topic ? [{ t: 'p' as const, c: shortText(topic) }] : [])],
    summary: name,
  };
  return render(content).parts[0]?.body as TeamsBody;
}

const ROOT_CHARS = 1_000;
const shortText = (v: string): { t: 'text'; v: string }[] => [{ t: 'text', v: v.length <= ROOT_CHARS ? v : `${v.slice(0, ROOT_CHARS)}…` }];
