import type { Mention } from '@musterhq/chat-port';
import type { AccountKind, People } from '#src/people/people.service';
import { LeftTheChat, NotAPerson } from './conversation.errors.ts';
import type { InteractionEvent, Named, Verb } from './conversation.types.ts';

/** More are left as the words they are: nobody calls so many people in one line. */
const MOST = 20;
/** "@bo", where no other word goes on before it. */
const HANDLE = /(?<=^|\s)@[\w.-]*\w/;

/** What was written with people by their names, and who they are. */
export interface Told {
  readonly text: string;
  readonly mentions: readonly Named[];
}

/**
 * Whom a gesture names, by the accounts that their chat says were meant. Where it says none and the verb is of
 * somebody, the first "@handle" is looked up there, because a handle is one person's; a display name is not.
 * Asks the chat: never inside a transaction.
 *
 * @throws NotAPerson, LeftTheChat where who is named has to be able to do something
 */
export async function peopleIn(
  people: Pick<People, 'meet' | 'withHandle' | 'kindOf'>,
  event: InteractionEvent,
  whoseIs: (verb: string) => Verb['ofSomebody'],
): Promise<Told> {
  const text = event.type === 'command' ? event.text : '';
  const given = event.type === 'shortcut' ? [] : (event.mentions ?? []).slice(0, MOST);
  const [first = ''] = text.trim().toLowerCase().split(/\s+/);
  const verb = event.type === 'form' || event.type === 'action' ? event.id : first;
  const ofSomebody = whoseIs(verb);
  if (given.length === 0 && ofSomebody) {
    const [handle] = HANDLE.exec(text) ?? [];
    const account = handle ? await people.withHandle(handle, event.via.user) : null;
    if (!handle || !account) return reworded(text, []);
    if (ofSomebody === 'who-can') mustBeAble(handle, account.kind);
    return reworded(text, [{ text: handle, person: await people.meet(account.user) }]);
  }
  if (ofSomebody === 'who-can') for (const { text: words, who } of given) mustBeAble(words, await people.kindOf(who));
  const met = await Promise.all(given.map(async ({ text: words, who }: Mention) => ({ text: words, person: await people.meet(who) })));
  return event.type === 'command' ? reworded(text, met) : { text, mentions: met };
}

function mustBeAble(words: string, kind: AccountKind): void {
  if (kind === 'app') throw new NotAPerson(words);
  if (kind === 'deactivated') throw new LeftTheChat(words);
}

/** A handle means nothing outside its chat: what is kept calls people by their names. */
function reworded(text: string, mentions: readonly Named[]): Told {
  let [done, rest] = ['', text];
  const named = mentions.flatMap(({ text: words, person }) => {
    const at = rest.indexOf(words);
    if (at < 0) return [];
    const name = `@${person.name}`;
    done += rest.slice(0, at) + name;
    rest = rest.slice(at + words.length);
    return [{ text: name, person }];
  });
  return { text: done + rest, mentions: named };
}
