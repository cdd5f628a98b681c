import { readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import * as z from 'zod';

/** What a chat is called in addresses. */
export const chatId = z
  .string({ error: 'has to be text' })
  .regex(
    /^[a-z][a-z0-9-]{0,39}$/,
    'has to begin with a small letter and hold small letters, digits and - only, 40 at most: it is a part of an address',
  )
  .refine((id) => !RESERVED.includes(id) && !id.startsWith('practice-'), 'is taken by Muster itself');

const entry = z
  .strictObject({
    id: chatId,
    name: z.string().trim().min(1, 'is empty').max(60, 'is longer than 60 characters').optional(),
    package: z.string().trim().min(1, 'is empty').max(500).optional(),
    plugin: z.string().trim().min(1, 'is empty').optional(),
    config: z.record(z.string(), z.unknown(), { error: 'has to be an object' }).default({}),
    secrets: z
      .record(
        z.string(),
        z.strictObject(
          { env: z.string().regex(/^\w+$/, 'has to be the name of a variable') },
          { error: 'has to be written as { "env": "NAME_OF_A_VARIABLE" }' },
        ),
      )
      .default({}),
  })
  .refine((given) => (given.package === undefined) !== (given.plugin === undefined), {
    error: 'needs either "package", for an adapter from outside, or "plugin", for one that comes with Muster',
  });

/** What others in a room's log are called by, and what stands in addresses beside chats. */
const RESERVED = ['muster', 'web', 'api', 'file', 'another'];

export type ChatEntry = z.infer<typeof entry>;

/** A chat that is asked for and cannot be, as it is asked for. */
export interface ChatProblem {
  /** Of the chat, where it has one. */
  readonly id: string;
  readonly say: string;
  /** Its adapter is named, so it can say how it is set up. */
  readonly hasSetup?: true;
}

export interface ChatsFile {
  readonly entries: readonly ChatEntry[];
  readonly problems: readonly ChatProblem[];
  /** False when nobody knows which chats are wanted: then none is taken for unwanted. */
  readonly isReadable: boolean;
}

export const NO_FILE: ChatsFile = { entries: [], problems: [], isReadable: true };

/** Where the file is, and where its packages are looked for first. */
export const folderOf = (path: string): string => dirname(resolve(path));

/** The file that MUSTER_CHATS names: a list of chats. What is wrong with one of them costs that one. Shows no values. */
export async function readChatsFile(path: string): Promise<ChatsFile> {
  const name = basename(path);
  const unreadable = (say: string): ChatsFile => ({ entries: [], problems: [{ id: name, say }], isReadable: false });
  let text: string;
  try {
    text = await readFile(resolve(path), 'utf8');
  } catch (error) {
    return unreadable(
      `MUSTER_CHATS names ${resolve(path)}, which cannot be read (${(error as NodeJS.ErrnoException).code ?? 'error'}). The chats stay as they were.`,
    );
  }
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch (error) {
    return unreadable(`${resolve(path)} is not JSON${placeIn(text, error)}. Correct it and start again. The chats stay as they were.`);
  }
  if (!Array.isArray(list))
    return unreadable(`${resolve(path)} has to hold a list of chats: [{ "id": …, "package": … }]. The chats stay as they were.`);

  const entries: ChatEntry[] = [];
  const problems: ChatProblem[] = [];
  for (const [index, given] of list.entries()) {
    const read = entry.safeParse(given);
    const id = idOf(given) ?? `number ${index + 1}`;
    if (!read.success)
      problems.push({
        id,
        say: `The chat "${id}" of ${name} is not usable: ${read.error.issues.map(wordsOf).join('; ')}. Correct it and start again.`,
      });
    else if (entries.some((other) => other.id === read.data.id))
      problems.push({
        id: `${id} (number ${index + 1})`,
        say: `Two chats of ${name} have the id "${id}". The first one counts: give the other an id of its own and start again.`,
      });
    else entries.push(read.data);
  }
  return { entries, problems, isReadable: true };
}

const idOf = (given: unknown): string | null => {
  const id = (given as { id?: unknown } | null)?.id;
  return typeof id === 'string' && id !== '' ? id.slice(0, 40) : null;
};

function wordsOf(issue: z.core.$ZodIssue): string {
  const at = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') return `${[at, issue.keys.join(', ')].filter(Boolean).join('.')} is not known`;
  if (issue.code === 'invalid_type' && issue.message.startsWith('Invalid input'))
    return `${at || 'it'} has to be of the type ${issue.expected}`;
  return `${at || 'it'} ${issue.message}`;
}

/** The parser's own words quote the text, which may hold what is nobody's business. */
function placeIn(text: string, error: unknown): string {
  const position = /position (\d+)/.exec((error as Error).message)?.[1];
  return position === undefined ? '' : ` in line ${text.slice(0, Number(position)).split('\n').length}`;
}
