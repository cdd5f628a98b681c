import assert from 'node:assert/strict';
import type { Envelope, History, Page, RoomRef } from '@musterhq/chat-port';
import { heard } from '../acts.ts';
import type { Case, Stage } from '../case.ts';
import { facet, feature, needs, stunt, threads } from '../needs.ts';
import { forgets, outlive, sayMany } from '../past.ts';

type Query = Omit<Parameters<History['page']>[0], 'room' | 'cursor'>;

async function page(stage: Stage, q: Parameters<History['page']>[0]): Promise<Page> {
  const read = await stage.adapter.history?.page(q, AbortSignal.timeout(1_500));
  assert.equal(read?.outcome, 'done', `A page of history could not be read: ${JSON.stringify(read)}`);
  return (read as Extract<NonNullable<typeof read>, { outcome: 'done' }>).value;
}

/** All pages, one after the other. `between` runs after each. */
async function pages(stage: Stage, room: RoomRef, q: Query, between?: () => Promise<unknown>): Promise<Page[]> {
  const read = [await page(stage, { room, ...q })];
  for (let last = read[0]; last && !last.complete; last = read.at(-1)) {
    assert.ok(last.cursor !== undefined, 'A page that is not the last has to say where the next one begins');
    assert.ok(read.length < 50, 'The history does not end');
    await between?.();
    read.push(await page(stage, { room, ...q, cursor: last.cursor }));
  }
  return read;
}

const envelopesOf = (read: readonly Page[]): Envelope[] => read.flatMap((p) => p.envelopes);
const idsOf = (envelopes: readonly Envelope[], type: Envelope['event']['type'] = 'message.created'): string[] =>
  envelopes.filter((e) => e.event.type === type).map((e) => e.id);

const saidMany = async (stage: Stage, room: RoomRef, n: number): Promise<string[]> => (await sayMany(stage, room, n)).map(({ id }) => id);

export const historyIsTheSameEvents: readonly Case[] = [
  {
    id: 'cp13-messages',
    rule: 'CP13',
    title: 'history gives a message the id that it had live',
    notFor: needs(facet('history')),
    async run(stage) {
      const room = await stage.room();
      const live = await saidMany(stage, room, 3);

      const read = idsOf(envelopesOf(await pages(stage, room, { limit: 10 })));

      assert.deepEqual(
        live.filter((id) => !read.includes(id)),
        [],
        `The core would take these for new messages: ${read.join(', ')}`,
      );
    },
  },
  {
    id: 'cp13-edit-id',
    rule: 'CP13',
    title: 'an edit’s id is its message’s id with the revision after it, so that history can know it',
    notFor: needs(feature('event.edit'), stunt('edit')),
    async run(stage) {
      const room = await stage.room();
      const created = await heard(stage, room, 'first');
      const { ref } = created.event.message;

      await stage.inject({ do: 'edit', message: ref, text: 'second' });

      const edited = await stage.inlet.until((e) => e.event.type === 'message.edited', 'the edit');
      assert.ok(edited.event.type === 'message.edited');
      assert.equal(edited.id, `${created.id}:${edited.event.message.revision}`);
    },
  },
  {
    id: 'cp13-edits',
    rule: 'CP13',
    title: 'history gives an edit the id that it had live',
    notFor: needs(facet('history'), feature('event.edit'), stunt('edit')),
    async run(stage) {
      const room = await stage.room();
      const { event } = await heard(stage, room, 'first');
      await stage.inject({ do: 'edit', message: event.message.ref, text: 'second' });
      const live = await stage.inlet.until((e) => e.event.type === 'message.edited', 'the edit');

      const read = idsOf(envelopesOf(await pages(stage, room, { limit: 10 })), 'message.edited');

      assert.deepEqual(read, [live.id], 'The core would take the edit for another one');
    },
  },
  {
    id: 'cp13-edited-whole',
    rule: 'CP13',
    title: 'history gives an edited message as it was said and as it was edited',
    notFor: needs(facet('history'), feature('event.edit'), stunt('edit')),
    async run(stage) {
      const room = await stage.room();
      const created = await heard(stage, room, 'first');
      await stage.inject({ do: 'edit', message: created.event.message.ref, text: 'second' });

      const read = envelopesOf(await pages(stage, room, { limit: 10 }));

      assert.deepEqual(idsOf(read), [created.id], 'Whoever had not heard the message would hear of its edit alone');
      assert.equal(idsOf(read, 'message.edited').length, 1, 'Its edit is not there');
    },
  },
  {
    id: 'cp13-limit',
    rule: 'CP13',
    title: 'no page holds more messages than it was asked for',
    notFor: needs(facet('history')),
    async run(stage) {
      const room = await stage.room();
      await sayMany(stage, room, 5);

      for (const { envelopes } of await pages(stage, room, { limit: 2 })) {
        const messages = new Set(envelopes.flatMap(({ event }) => ('message' in event && event.message ? [event.message.ref.id] : [])));
        assert.ok(messages.size <= 2, `Two messages were asked for, and the page holds ${messages.size}`);
      }
    },
  },
  {
    id: 'cp13-kept-from',
    rule: 'CP13',
    title: 'history says from when on it is whole, when the platform does not keep all that was asked for',
    notFor: needs(facet('history'), forgets),
    async run(stage) {
      const room = await stage.room();
      const first = await heard(stage, room, 'long ago');
      const since = await outlive(stage, room);

      const all = await pages(stage, room, { after: first.at, limit: 100 });

      const read = idsOf(envelopesOf(all));
      assert.ok(!read.includes(first.id), 'The harness has to forget what capabilities say is not kept');
      const keptFrom = Math.max(...all.map((one) => one.keptFrom ?? -Infinity));
      assert.ok(keptFrom > first.at, 'The core would take what it read for the whole, and tell nobody that something is missing');
      const missing = since.filter(({ id, at }) => at >= keptFrom && !read.includes(id));
      assert.deepEqual(
        missing.map(({ id }) => id),
        [],
        'From the moment that it names on, everything has to be there',
      );
    },
  },
  {
    id: 'cp13-pages',
    rule: 'CP13',
    title: 'pages neither overlap nor leave gaps',
    notFor: needs(facet('history')),
    async run(stage) {
      const room = await stage.room();
      const live = await saidMany(stage, room, 7);

      const read = idsOf(envelopesOf(await pages(stage, room, { limit: 3 }))).filter((id) => live.includes(id));

      assert.deepEqual([...read].sort(), [...live].sort(), 'Each message has to be on one page');
    },
  },
  {
    id: 'cp13-pages-growing',
    rule: 'CP13',
    title: 'pages neither overlap nor leave gaps while people go on talking',
    notFor: needs(facet('history')),
    async run(stage) {
      const room = await stage.room();
      const live = await saidMany(stage, room, 7);

      const all = await pages(stage, room, { limit: 3 }, () => stage.inject({ do: 'say', room, text: 'one more' }));

      const read = idsOf(envelopesOf(all));
      assert.deepEqual(read.filter((id) => live.includes(id)).sort(), [...live].sort(), 'Each message has to be on one page');
      assert.equal(new Set(read).size, read.length, 'A message is on two pages');
    },
  },
  {
    id: 'cp13-thread',
    rule: 'CP13',
    title: 'the history of a thread holds all its messages, with the ids they had live',
    notFor: needs(facet('history'), threads),
    async run(stage) {
      const room = await stage.room();
      const root = (await heard(stage, room, 'the root')).event.message.ref;
      const live: string[] = [];
      for (const words of ['one', 'two', 'three', 'four']) live.push((await heard(stage, room, words, root)).id);

      const read = idsOf(envelopesOf(await pages(stage, room, { thread: root.id, limit: 3 })));

      assert.deepEqual(read.filter((id) => live.includes(id)).sort(), [...live].sort());
    },
  },
  {
    id: 'cp13-window',
    rule: 'CP13',
    title: 'history between two moments holds what was said between them',
    notFor: needs(facet('history')),
    async run(stage) {
      const room = await stage.room();
      const live = [];
      for (let i = 1; i <= 5; i += 1) {
        live.push(await heard(stage, room, `message ${i}`));
        stage.advance?.(60_000);
      }
      const [, second, , fourth, fifth] = live;
      assert.ok(second && fourth && fifth);

      const read = idsOf(envelopesOf(await pages(stage, room, { after: second.at, before: fifth.at, limit: 10 })));

      assert.ok(read.includes(second.id) && read.includes(fourth.id), 'What was said at `after` or later belongs to it');
      if (stage.advance) assert.ok(!read.includes(fifth.id) && !read.includes(live[0]?.id ?? ''), 'What was said at `before` does not');
    },
  },
  {
    id: 'cp13-removed',
    rule: 'CP13',
    title: 'what was deleted is not in the history as a message',
    notFor: needs(facet('history'), feature('event.delete'), stunt('remove')),
    async run(stage) {
      const room = await stage.room();
      const gone = await heard(stage, room, 'oops');
      const [kept] = await saidMany(stage, room, 1);
      await stage.inject({ do: 'remove', message: gone.event.message.ref });

      const read = idsOf(envelopesOf(await pages(stage, room, { limit: 10 })));

      assert.ok(kept !== undefined && read.includes(kept));
      assert.ok(!read.includes(gone.id), 'A deleted message would come back');
    },
  },
];
