import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Attempt,
  type ChatAdapter,
  type Content,
  type Room,
  type RoomRef,
  type Rooms,
  type UserRef,
  refused,
} from '@musterhq/chat-port';
import { uuidv7 } from 'uuidv7';
import * as z from 'zod/mini';
import { mustBeAllowed } from '#src/people/permissions.types';
import type { AtTheDoor } from '#src/people/people.types';
import type { Chats } from '#src/platform/chats/chats';
import type { Database } from '#src/platform/database/database';
import { BadRequest } from '#src/platform/http/problems';
import { toldOf } from '#src/platform/inbox/lanes';

/** `POST /api/v1/adapters/:chat/test`. `who`: a mail address or a handle, as the chat knows the person. */
export const testToSend = z.object({ who: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)) });

/** How a test message went: what was done, in order, and what to do where it stopped. */
export const testSent = z.object({ worked: z.boolean(), said: z.array(z.string()) });

type Trial = z.infer<typeof testSent>;

const CALL_MS = 10_000;
const HEARING_MS = 10_000;
const LOOK_MS = 400;
const KEY = 'test-message';
const ROOM = 'muster-test';
const TOO_MANY = `${ROOM} and those numbered after it are archived. Unarchive the first, or delete some of them there.`;

const WORDS = 'This is the test message of Muster. It was said here, and Muster waits to hear of it as of anything that is said.';
const CONTENT: Content = { summary: WORDS, blocks: [{ t: 'p', c: [{ t: 'text', v: WORDS }] }] };

/** A message there and back, by all that an incident needs: somebody is found, a private room opened with them in it, and a post heard. */
export class TestMessage {
  constructor(
    private readonly database: Database,
    private readonly chats: Chats,
  ) {}

  /** `who`: a mail address or a handle, as the chat knows the person. @throws NotAllowed, BadRequest */
  async send(id: string, who: string, by: AtTheDoor): Promise<Trial> {
    mustBeAllowed(by, 'chat.connect');
    const chat = this.chats.get(id);
    if (!chat)
      throw new BadRequest('This chat does not run yet. Enter what it asks for first; then look at the page "Chats" for how it is.', 409);
    const [found] = await this.database.query<{ tenant: string }>('select tenant from chat_tenant where instance = $1', [id]);
    if (!found) throw new BadRequest(`${chat.name} has not been reached yet. Wait a few seconds and try again.`, 409);
    const said: string[] = [];
    const worked = await this.attempt(chat.adapter, { name: chat.name, tenant: found.tenant }, who.trim(), said);
    return { worked, said };
  }

  private async attempt(
    adapter: ChatAdapter,
    { name, tenant }: { name: string; tenant: string },
    who: string,
    said: string[],
  ): Promise<boolean> {
    const { rooms, people, messages } = adapter;
    if (!rooms || !people) {
      said.push(`${name} opens no rooms or finds no people by itself, so there is no test message for it.`);
      return false;
    }
    const user = await this.personOf(people, who, tenant, said);
    if (!user) return false;

    const made = await roomWith(user, rooms);
    if (made.outcome !== 'done') return failed(said, `No private room could be opened in ${name}`, made);
    const { ref: room, name: called, uninvited = [] } = made.value;
    const [left] = uninvited;
    if (left)
      return failed(
        said,
        `Opened the private room "${called}", but you could not be brought into it. Name somebody whom Muster may invite there`,
        { outcome: 'refused', fault: left.fault },
      );
    said.push(`Opened the private room "${called}" with you in it.`);

    const key = `${KEY}:${uuidv7()}`;
    const [part] = messages.render(CONTENT, room).parts;
    if (!part) return false;
    const sent = await messages.send({ key, room, part }, AbortSignal.timeout(CALL_MS));
    if (sent.outcome !== 'done') return failed(said, 'The message could not be posted there', sent);
    said.push('Posted the test message there.');
    return this.heard(room, name, key, said);
  }

  private async personOf(people: NonNullable<ChatAdapter['people']>, who: string, tenant: string, said: string[]): Promise<UserRef | null> {
    const by = /.@./.test(who) ? { email: who } : { handle: who.replace(/^@/, '') };
    const found = await people.find(by, tenant, AbortSignal.timeout(CALL_MS));
    if (found.outcome !== 'done') {
      failed(said, `Nobody could be looked for`, found);
      return null;
    }
    const [only, ...others] = found.value;
    if (only && others.length === 0) return only.ref;
    said.push(
      only
        ? `Several people are called "${who}" there. Use your mail address.`
        : `Nobody is called "${who}" there. Use the mail address that you have there.`,
    );
    return null;
  }

  private async heard({ adapter, tenant, room }: RoomRef, name: string, key: string, said: string[]): Promise<boolean> {
    const since = Date.now();
    for (;;) {
      const [found] = await this.database.query(
        `select 1 from inbox where ${toldOf('$1', '$2', '$3')} and body -> 'message' ->> 'key' = $4`,
        [adapter, tenant, room, key],
      );
      if (found) {
        said.push(`Heard it back from ${name}, ${((Date.now() - since) / 1000).toFixed(1)} seconds later. All of it works.`);
        return true;
      }
      if (Date.now() - since > HEARING_MS) break;
      await sleep(LOOK_MS);
    }
    said.push(
      `It is in ${name}, but Muster did not hear of it within ${HEARING_MS / 1000} seconds: events do not arrive. Compare the events of the app with the manifest above, and look at the steps that are not done.`,
    );
    return false;
  }
}

/** How many rooms of tests are looked for one that is not archived: each is one that somebody put away. */
const ROOMS = 9;

/** The room of every test, or the next where that is archived: nobody can be brought into it any more. */
async function roomWith(user: UserRef, rooms: Rooms): Promise<Attempt<Room>> {
  for (let nth = 1; ; nth++) {
    const [key, name] = nth === 1 ? [KEY, ROOM] : [`${KEY}-${nth}`, `${ROOM}-${nth}`];
    const made = await rooms.create({ key, name, private: true, members: [user] }, AbortSignal.timeout(CALL_MS));
    const isShut = made.outcome === 'done' ? made.value.archived : made.fault.code === 'closed' || made.fault.code === 'conflict';
    if (!isShut) return made;
    if (nth === ROOMS) return refused({ code: 'conflict', scope: 'room', detail: TOO_MANY });
  }
}

function failed(said: string[], what: string, { fault, outcome }: Exclude<Attempt<unknown>, { outcome: 'done' }>): false {
  const why = fault.detail ?? `It answered "${fault.native ?? fault.code}".`;
  said.push(`${what}. ${why}${outcome === 'unknown' ? ' Try again in a moment.' : ''}`);
  return false;
}
