import { randomUUID } from 'node:crypto';
import type { Place } from '@musterhq/adapter-testkit';
import fc from 'fast-check';
import { Sessions } from '#src/people/sessions';
import { createLink } from '#src/people/sign-in-links';
import { useApp } from '#test/support/app';
import { fold } from '#test/support/fold';
import { stateOf } from '#test/support/state';
import { until } from '#test/support/until';
import { FakeChat } from '#test/rooms/fake-chat';

const SEVERITIES = ['SEV1', 'SEV2', 'SEV3'] as const;
const STATUSES = ['investigating', 'identified', 'fixing', 'monitoring', 'reviewing', 'closed', 'paused', 'canceled'] as const;
const PEOPLE = ['mia', 'bo', 'zoe'] as const;

type Act =
  | { readonly where: 'api'; readonly who: number; readonly type: string; readonly body: object; readonly times: number }
  | { readonly where: 'file'; readonly who: number; readonly name: string; readonly removed: boolean; readonly times: number }
  /** What is done with the room's own messages: `which` counts from the first. */
  | { readonly where: 'message'; readonly who: number; readonly which: number; readonly act: MessageAct; readonly times: number }
  | {
      readonly where: 'chat';
      readonly who: string;
      readonly does: 'say' | 'edit' | 'remove' | 'react' | 'pin' | 'join' | 'leave';
      readonly text: string;
    }
  | { readonly where: 'command'; readonly who: string; readonly line: string };

type MessageAct = (messageId: string) => { readonly type: string; readonly body: object };

const text = fc.string({ minLength: 1, maxLength: 20 }).map((words) => `said ${words}`);
const api = (type: string, body: fc.Arbitrary<object>): fc.Arbitrary<Act> =>
  fc.record({ where: fc.constant('api'), who: fc.nat({ max: 2 }), type: fc.constant(type), body, times: fc.integer({ min: 1, max: 3 }) });

const on = fc.boolean();
const onMessage: fc.Arbitrary<MessageAct> = fc.oneof(
  text.map((words): MessageAct => (messageId) => ({ type: 'edit', body: { messageId, text: words } })),
  fc.constant<MessageAct>((messageId) => ({ type: 'delete', body: { messageId } })),
  text.map((words): MessageAct => (replyTo) => ({ type: 'message', body: { text: words, replyTo } })),
  fc
    .tuple(fc.constantFrom('👍', 'eyes'), on)
    .map(([emoji, is]): MessageAct => (messageId) => ({ type: 'react', body: { messageId, emoji, on: is } })),
  on.map((is): MessageAct => (messageId) => ({ type: 'pin', body: { messageId, on: is } })),
  on.map((is): MessageAct => (itemId) => ({ type: 'hide', body: { itemId, on: is } })),
);

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    where: fc.constant('message' as const),
    who: fc.nat({ max: 2 }),
    which: fc.nat({ max: 5 }),
    act: onMessage,
    times: fc.integer({ min: 1, max: 2 }),
  }),
  api('entry', fc.record({ text, at: fc.constantFrom('2026-01-01T10:05:00Z', '2026-01-01T12:05:00+02:00') })),
  api('message', fc.record({ text })),
  api('severity', fc.record({ to: fc.constantFrom(...SEVERITIES), reason: text })),
  api('status', fc.record({ to: fc.constantFrom(...STATUSES) })),
  api('lead', fc.record({ to: fc.constantFrom('me', null) })),
  api(
    'update',
    fc.record(
      {
        text,
        severity: fc.constantFrom(...SEVERITIES),
        status: fc.constantFrom('fixing', 'monitoring', 'paused'),
        nextUpdateIn: fc.constant(20),
      },
      { requiredKeys: ['text'] },
    ),
  ),
  api('join', fc.record({ observer: fc.boolean() })),
  api('leave', fc.constant({})),
  api('add-team', fc.record({ team: fc.constant('Everybody'), observer: fc.boolean() })),
  api('role', fc.record({ role: fc.constantFrom('lead', 'comms'), to: fc.constantFrom('me', null) })),
  api('resolve', fc.record({ learned: text })),
  api('reopen', fc.constant({})),
  api('rename', fc.record({ title: text })),
  api('summary', fc.record({ summary: fc.oneof(text, fc.constant('')) })),
  api('decline', fc.record({ reason: text })),
  api('accept', fc.constant({})),
  api('kind', fc.record({ to: fc.constantFrom('standard', 'near_miss', 'planned', 'drill') })),
  api('privacy', fc.record({ private: fc.boolean() })),
  fc.record({
    where: fc.constant('chat' as const),
    who: fc.constantFrom(...PEOPLE),
    does: fc.constantFrom('say', 'say', 'edit', 'remove', 'react', 'pin', 'join', 'leave'),
    text,
  }),
  fc.record({
    where: fc.constant('file' as const),
    who: fc.nat({ max: 2 }),
    name: text,
    removed: fc.boolean(),
    times: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({
    where: fc.constant('command' as const),
    who: fc.constantFrom(...PEOPLE),
    line: fc.oneof(
      fc.constantFrom(...SEVERITIES).map((to) => `severity ${to} because`),
      fc.constantFrom(...STATUSES).map((to) => `status ${to}`),
      fc.constantFrom('lead me', 'lead nobody', 'role comms me', 'role comms nobody', 'resolve We know now'),
    ),
  }),
);

describe('Keeping the state and the log the same', () => {
  const fake = new FakeChat('fake');
  const app = useApp({ roles: ['web', 'ingest', 'worker'], platforms: [fake.platform] });
  const pages: string[] = [];

  beforeAll(async () => {
    await fake.join(app);
    for (const name of ['Ana', 'Ben', 'Cleo'])
      pages.push(await app.get(Sessions).signIn(await createLink(app.database, 'invitation'), name));
    await app.database.query(`with made as (insert into team (id, name) values (gen_random_uuid(), 'Everybody') returning id)
      insert into team_member select made.id, person.id from made, person where person.name in ('Ben', 'Cleo')`);
  });

  it('holds whatever several people do at once, in the war room and in a chat', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(act, { minLength: 1, maxLength: 8 }), { minLength: 2, maxLength: 4 }), async (people) => {
        const { id, number } = await app.anIncident({ summary: 'A summary' });
        const room = await fake.room(app, number);

        await Promise.all(people.map((acts) => play(number, room, acts)));
        await fake.heard(app);
        await fake.told(app);

        const events = await app.events(number);
        expect(events.map(({ seq }) => seq)).toEqual(events.map((_, n) => n + 1));
        expect(new Set(events.map((event) => event.id)).size).toBe(events.length);
        expect(await stateOf(app, id)).toEqual(fold(events));
      }),
      { numRuns: 12 },
    );
  }, 180_000);

  /** One person's acts, one after the other. Each is sent as often as a bad line would send it. */
  async function play(incident: string, room: string, acts: readonly Act[]): Promise<void> {
    const said: Place[] = [];
    for (const one of acts) {
      if (one.where === 'api') {
        const id = randomUUID();
        const answers = await Promise.all(
          Array.from({ length: one.times }, () => send(incident, one.who, { id, type: one.type, body: one.body })),
        );
        // Somebody may have made it private meanwhile: then it is not there for who takes no part.
        // Resolving asks for a sentence, by whichever word.
        expect([200, 400, 404, 409]).toContain(answers[0]);
      } else if (one.where === 'file') {
        await file(incident, one);
      } else if (one.where === 'message') {
        const said = await app.events(incident, 'message.posted');
        const chosen = said[one.which % Math.max(said.length, 1)];
        if (!chosen) continue;
        const id = randomUUID();
        const command = { id, ...one.act(chosen.id) };
        const answers = await Promise.all(Array.from({ length: one.times }, () => send(incident, one.who, command)));
        for (const answer of answers) expect([200, 403, 404, 409]).toContain(answer);
      } else if (one.where === 'command') {
        await fake.chat.command(one.who, room, 'incident', one.line);
      } else if (one.does === 'join' || one.does === 'leave') {
        await fake.chat[one.does](one.who, room);
      } else if (one.does === 'say' || said.length === 0) {
        said.push(await fake.says(one.who, room, one.text));
      } else if (one.does === 'react') {
        await fake.chat.react(one.who, said.at(-1) as Place, '👍', one.text.length % 2 === 0);
      } else if (one.does === 'pin') {
        await fake.chat.pin(one.who, said.at(-1) as Place, one.text.length % 2 === 0);
      } else if (one.does === 'edit') {
        await fake.chat.edit(one.who, said.at(-1) as Place, one.text);
      } else {
        await fake.chat.remove(one.who, said.pop() as Place);
      }
    }
  }

  async function send(incident: string, who: number, command: object): Promise<number> {
    const response = await fetch(new URL(`/api/v1/incidents/${incident}/commands`, app.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: `muster=${pages[who]}`, 'sec-fetch-site': 'same-origin' },
      body: JSON.stringify(command),
    });
    await response.arrayBuffer();
    return response.status;
  }

  async function file(incident: string, act: Extract<Act, { where: 'file' }>): Promise<void> {
    const id = randomUUID();
    const headers = { 'content-type': 'text/plain', cookie: `muster=${pages[act.who]}`, 'sec-fetch-site': 'same-origin' };
    const address = new URL(`/api/v1/incidents/${incident}/files`, app.url);
    const added = await Promise.all(
      Array.from({ length: act.times }, () =>
        fetch(`${address.href}?${new URLSearchParams({ id, name: act.name })}`, { method: 'POST', headers, body: 'some lines' }),
      ),
    );
    if (added.some(({ status }) => status === 404)) return;
    expect(added.map(({ status }) => status)).toEqual(added.map(() => 201));
    if (!act.removed) return;
    const removed = await Promise.all(
      Array.from({ length: act.times }, () => fetch(`${address.href}/${id}`, { method: 'DELETE', headers })),
    );
    for (const { status } of removed) expect([200, 404]).toContain(status);
  }

  it('notices a state that the log does not tell of', async () => {
    const { id, number } = await app.anIncident();
    await until('the room', () => fake.room(app, number));
    await app.database.query(`update incident set severity = 'SEV1' where id = $1`, [id]);

    expect(await stateOf(app, id)).not.toEqual(fold(await app.events(number)));
  });
});
