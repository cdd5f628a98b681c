import { uuidv7 } from 'uuidv7';
import { mustBeAllowed } from '#src/people/permissions.types';
import type { Actor, Role } from '#src/people/people.types';
import { type Tx, afterCommit, rows } from '#src/platform/database/database';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import type { StreamLog } from '#src/platform/log/log';
import { recordChange } from '#src/platform/log/organisation-log';
import { ChatNotReached, NoSuchChat } from './outage.errors.ts';
import type { SurfaceState, Word } from './outage.types.ts';

interface NamedChat {
  readonly id: string;
  readonly name: string;
  /** Of a drill: it is the only one there, and nobody is told of it but its room. */
  readonly isDrills?: boolean;
}

/**
 * Takes a person's word that a chat is down, or back. It is a row that whoever watches the chats takes, so it outlives the
 * process it was given to. Not for the chats of practice: there the detector is what is practised. In the room of a drill it is said of the
 * drill's own view of its chat, by the name of either.
 */
export class PersonsWord {
  constructor(
    private readonly log: StreamLog,
    private readonly doorbell: Doorbell,
  ) {}

  /**
   * `called`: the chat's id or name; nothing, where there is only one. Answers what follows from it, for whoever said it.
   *
   * `incidentId`: in whose room.
   *
   * @throws NotAllowed, ScopeMissing, NoSuchChat, ChatNotReached
   */
  async say(tx: Tx, called: string, word: Word, { person, via, scopes = null }: Actor, incidentId: string | null = null): Promise<string> {
    const [asking] = await rows<{ role: Role }>(tx, 'select role from one_person where own_id = $1', [person.id]);
    mustBeAllowed({ role: asking?.role ?? 'guest', scopes }, 'chat.word');
    const chat = (incidentId !== null && (await drillsChat(tx, called, incidentId))) || (await chatCalled(tx, called));
    const { id, name } = chat;
    const taken = await rows<{ state: SurfaceState }>(
      tx,
      `insert into chat_word as w (instance, tenant, id, word, by, via)
       select t.instance, t.tenant, $2, $3, $4, $5 from chat_tenant t where t.instance = $1
       on conflict (instance, tenant) do update set id = excluded.id, word = excluded.word, by = excluded.by, via = excluded.via, said_at = clock_timestamp()
       returning coalesce((select h.state from surface_health h where h.instance = w.instance and h.tenant = w.tenant), 'ok') as state`,
      [id, uuidv7(), word, JSON.stringify(person), JSON.stringify(via)],
    );
    const states = taken.map(({ state }) => state);
    if (states.length === 0) throw new ChatNotReached(name);
    afterCommit(tx, () => this.doorbell.ring({ topic: 'health', id }));
    await recordChange(tx, this.log, { type: 'surface.said', by: person, via, data: { what: name, before: states[0], after: word } });
    return word === 'down' ? saidDown(chat, states) : saidBack(name, states);
  }
}

/** What is meant in the room of a drill: what fails there is its view of the chat. Whoever means the chat itself says so anywhere else. */
async function drillsChat(tx: Tx, called: string, incidentId: string): Promise<NamedChat | null> {
  const [view] = await rows<NamedChat & { of: string; ofName: string }>(
    tx,
    `select c.id, c.name, o.id as of, o.name as "ofName" from incident i join chat_instance c on c.id = i.heard_in join chat_instance o on o.id = c.drill_of
      where i.id = $1`,
    [incidentId],
  );
  const wanted = called.trim().toLowerCase();
  const isMeant = view && ['', ...[view.id, view.name, view.of, view.ofName].map((name) => name.toLowerCase())].includes(wanted);
  return isMeant ? { id: view.id, name: view.name, isDrills: true } : null;
}

async function chatCalled(tx: Tx, called: string): Promise<NamedChat> {
  const chats = await rows<NamedChat>(tx, 'select id, name from chat_instance where not pretend order by name, id');
  const wanted = called.trim().toLowerCase();
  const meant = wanted === '' ? chats : chats.filter(({ id, name }) => id === wanted || name.toLowerCase() === wanted);
  const [one, ...others] = meant;
  if (!one || others.length > 0) throw new NoSuchChat(chats.map(({ name }) => name));
  return one;
}

function saidDown({ name, isDrills }: NamedChat, states: readonly SurfaceState[]): string {
  const first = states.every((state) => state === 'down')
    ? `Muster knows that ${name} is down, and holds to it.`
    : `${isDrills ? 'This room' : 'Everybody'} is told that ${name} is down, and that you say so. What is written here waits for it.`;
  return `${first} After five minutes Muster goes by what it sees again; say that ${name} is back as soon as you know it.`;
}

const saidBack = (name: string, states: readonly SurfaceState[]): string =>
  states.every((state) => state === 'ok' || state === 'recovering')
    ? `Muster relies on ${name} already. Nothing was changed.`
    : `Muster takes ${name} up again: it reads what was said there, and what waited goes out. If ${name} does not answer, it is called down again within a minute.`;
