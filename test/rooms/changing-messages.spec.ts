import { randomUUID } from 'node:crypto';
import type { RoomEventOf } from '#libs/war-room-protocol/events';
import { useApp } from '#test/support/app';
import { type Somebody, somebody } from './somebody.ts';

describe('Changing what was said', () => {
  const app = useApp({ roles: ['web'] });
  let ana: Somebody;
  let bo: Somebody;
  beforeAll(async () => {
    ana = await somebody(app, 'Ana Ruiz');
    bo = await somebody(app, 'Bo Lindqvist');
  });
  const aRoom = async (): Promise<string> => (await app.anIncident()).number;
  const last = async (room: string) => (await app.events(room)).at(-1);

  it('keeps both versions of an edit in the log, with who and when', async () => {
    const room = await aRoom();
    const said = await ana.says(room, 'Rolback at 40 %');

    expect(await ana.does(room, 'edit', { messageId: said, text: ' Rollback at 40 % ' })).toMatchObject({ status: 200 });

    expect(await app.texts(room)).toEqual(['Rolback at 40 %']);
    expect(await last(room)).toMatchObject({
      type: 'message.edited',
      by: { name: 'Ana Ruiz' },
      data: { messageId: said, text: 'Rollback at 40 %', html: '<p>Rollback at 40 %</p>' },
    });
  });

  it("refuses to put words into somebody else's mouth, also for the lead and an admin", async () => {
    const room = await aRoom();
    const said = await ana.says(room, 'mine');
    await bo.does(room, 'lead', { to: 'me' });

    for (const answer of [
      await bo.does(room, 'edit', { messageId: said, text: 'yours' }),
      await app.does(room, 'edit', { messageId: said, text: 'yours' }),
    ])
      expect(answer).toMatchObject({ status: 403, body: { detail: expect.stringContaining('Only whoever wrote a message can edit it') } });
    expect(await app.events(room, 'message.edited')).toEqual([]);
  });

  it('lets whoever wrote it, the lead and an admin delete a message, and nobody else', async () => {
    const room = await aRoom();
    const [own, byLead, byAdmin] = [await ana.says(room, 'one'), await ana.says(room, 'two'), await ana.says(room, 'three')];

    expect(await bo.does(room, 'delete', { messageId: byLead })).toMatchObject({
      status: 403,
      body: { detail: expect.stringContaining('Ask whoever leads the incident, or an admin.') },
    });
    expect(await ana.does(room, 'delete', { messageId: own })).toMatchObject({ status: 200 });
    await bo.does(room, 'lead', { to: 'me' });
    expect(await bo.does(room, 'delete', { messageId: byLead })).toMatchObject({ status: 200 });
    expect(await app.does(room, 'delete', { messageId: byAdmin })).toMatchObject({ status: 200 });

    expect(
      (await app.events(room, 'message.deleted')).map((event) => [
        (event as RoomEventOf<'message.deleted'>).data.messageId,
        event.by?.name,
      ]),
    ).toEqual([
      [own, 'Ana Ruiz'],
      [byLead, 'Bo Lindqvist'],
      [byAdmin, 'Admin'],
    ]);
  });

  it('does each thing once, however often the request arrives, at once or later', async () => {
    const room = await aRoom();
    const said = await ana.says(room, 'one');
    for (const [type, body] of [
      ['edit', { messageId: said, text: 'two' }],
      ['react', { messageId: said, emoji: '👀', on: true }],
      ['pin', { messageId: said, on: true }],
      ['entry', { text: 'the deploy went out', at: '2026-01-01T14:05:00Z' }],
      ['hide', { itemId: said, on: true }],
      ['delete', { messageId: said }],
    ] as const) {
      const id = randomUUID();
      const before = (await app.events(room)).length;
      const answers = await Promise.all([1, 2, 3].map(() => ana.does(room, type, body, id)));
      answers.push(await ana.does(room, type, body, id));

      expect(new Set(answers.map((answer) => JSON.stringify([answer.status, answer.body])))).toEqual(
        new Set([JSON.stringify([200, { seq: before + 1 }])]),
      );
      expect((await app.events(room)).length).toBe(before + 1);
    }
  });

  it('refuses an id that was used for something else', async () => {
    const room = await aRoom();
    const said = await ana.says(room, 'one');
    const id = randomUUID();
    await ana.does(room, 'edit', { messageId: said, text: 'two' }, id);

    expect(await ana.does(room, 'edit', { messageId: said, text: 'three' }, id)).toMatchObject({ status: 409 });
    expect(await ana.does(room, 'delete', { messageId: said }, id)).toMatchObject({ status: 409 });
    expect(await ana.does(room, 'delete', { messageId: said }, said)).toMatchObject({ status: 409 });
  });

  it('changes nothing when nothing changes', async () => {
    const room = await aRoom();
    const said = await ana.says(room, 'one');
    await ana.does(room, 'delete', { messageId: await ana.says(room, 'gone') });
    const before = (await app.events(room)).length;

    for (const [type, body] of [
      ['edit', { messageId: said, text: 'one' }],
      ['react', { messageId: said, emoji: '👀', on: false }],
      ['pin', { messageId: said, on: false }],
      ['hide', { itemId: said, on: false }],
    ] as const)
      expect(await ana.does(room, type, body)).toMatchObject({ status: 200, body: { seq: null } });
    expect((await app.events(room)).length).toBe(before);
  });

  it('lets nobody change what was deleted, and says what to do instead', async () => {
    const room = await aRoom();
    const said = await ana.says(room, 'one');
    await ana.does(room, 'delete', { messageId: said });

    for (const [type, body] of [
      ['edit', { messageId: said, text: 'two' }],
      ['react', { messageId: said, emoji: '👀', on: true }],
      ['pin', { messageId: said, on: true }],
    ] as const)
      expect(await ana.does(room, type, body)).toMatchObject({
        status: 409,
        body: { detail: expect.stringContaining('deleted meanwhile') },
      });
    expect(await ana.does(room, 'delete', { messageId: said })).toMatchObject({ status: 200, body: { seq: null } });
  });

  it('ends two edits at one moment with the one that the log has last', async () => {
    const room = await aRoom();
    const said = await ana.says(room, 'zero');

    await Promise.all(['one', 'two', 'three', 'four'].map((text) => ana.does(room, 'edit', { messageId: said, text })));

    const [row] = await app.database.query<{ text: string }>('select text from message where id = $1', [said]);
    const edits = await app.events(room, 'message.edited');
    expect(edits).toHaveLength(4);
    expect((edits.at(-1) as RoomEventOf<'message.edited'>).data.text).toBe(row?.text);
  });

  it('knows no message of another room', async () => {
    const [room, other] = [await aRoom(), await aRoom()];
    const said = await ana.says(other, 'elsewhere');

    for (const [type, body] of [
      ['edit', { messageId: said, text: 'two' }],
      ['delete', { messageId: said }],
      ['react', { messageId: said, emoji: '👀', on: true }],
      ['pin', { messageId: said, on: true }],
      ['message', { text: 'answer', replyTo: said }],
      ['hide', { itemId: said, on: true }],
    ] as const)
      expect(await ana.does(room, type, body)).toMatchObject({ status: 404 });
    expect(await app.events(room)).toHaveLength(1);
  });

  it('says which message a message answers, and keeps it through a repeat', async () => {
    const room = await aRoom();
    const said = await ana.says(room, 'Is it the pool?');
    const id = randomUUID();
    const answer = { text: 'Yes', replyTo: said };

    expect(await bo.does(room, 'message', answer, id)).toEqual(await bo.does(room, 'message', answer, id));
    expect(await bo.does(room, 'message', { text: 'Yes' }, id)).toMatchObject({ status: 409 });

    expect(await app.events(room, 'message.posted')).toMatchObject([
      { data: { text: 'Is it the pool?' } },
      { data: answer, by: { name: 'Bo Lindqvist' } },
    ]);
  });

  it('counts each person once for each reaction, by whatever name it is given', async () => {
    const room = await aRoom();
    const said = await ana.says(room, 'Rolling back');

    await Promise.all(
      [ana, bo, ana, bo].map((who, n) => who.does(room, 'react', { messageId: said, emoji: n < 2 ? '👍' : ':+1:', on: true })),
    );
    await bo.does(room, 'react', { messageId: said, emoji: 'party-parrot', on: true });
    await bo.does(room, 'react', { messageId: said, emoji: '👍', on: false });

    const reacted = (await app.events(room, 'message.reacted')).map((event) => {
      const { emoji, on } = (event as RoomEventOf<'message.reacted'>).data;
      return `${event.by?.name} ${emoji} ${on}`;
    });
    expect(reacted.slice(0, 2).sort()).toEqual(['Ana Ruiz +1 true', 'Bo Lindqvist +1 true']);
    expect(reacted.slice(2)).toEqual(['Bo Lindqvist party-parrot true', 'Bo Lindqvist +1 false']);
    expect(await ana.does(room, 'react', { messageId: said, emoji: 'two words', on: true })).toMatchObject({ status: 400 });
  });

  it('knows who is meant by a name', async () => {
    const room = await aRoom();
    const said = await ana.says(room, '@Bo Lindqvist can you look? Not bo@Lindqvist.example');

    expect(await last(room)).toMatchObject({
      data: { mentions: [bo.person], html: expect.stringContaining('<span class="mention">@Bo Lindqvist</span> can you look?') },
    });
    await ana.does(room, 'edit', { messageId: said, text: 'Never mind' });
    expect(((await last(room)) as RoomEventOf<'message.edited'>).data.mentions).toBeUndefined();
  });
});

describe('Curating the timeline', () => {
  const app = useApp({ roles: ['web'] });
  let ana: Somebody;
  beforeAll(async () => {
    ana = await somebody(app, 'Ana Ruiz');
  });

  it('takes entries at a time of their own, and keeps every version', async () => {
    const { number } = await app.anIncident();
    const entryId = randomUUID();
    await ana.does(number, 'entry', { text: 'the deploy went out', at: '2026-01-01T14:05:00+00:00' }, entryId);

    await ana.does(number, 'edit-entry', { entryId, text: 'the deploy went out to all', at: '2026-01-01T14:07:00Z' });

    expect((await app.events(number)).slice(-2)).toMatchObject([
      { type: 'timeline.entry-added', id: entryId, data: { entryId, text: 'the deploy went out', happenedAt: '2026-01-01T14:05:00.000Z' } },
      { type: 'timeline.entry-edited', data: { entryId, text: 'the deploy went out to all', happenedAt: '2026-01-01T14:07:00.000Z' } },
    ]);
    expect(await ana.does(number, 'edit-entry', { entryId, text: 'the deploy went out to all', at: '2026-01-01T14:07:00Z' })).toMatchObject(
      {
        body: { seq: null },
      },
    );
  });

  it('says what has happened, not what will', async () => {
    const { number } = await app.anIncident();
    const at = new Date(Date.now() + 3_600_000).toISOString();

    expect(await ana.does(number, 'entry', { text: 'all is well', at })).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('Give a time in the past') },
    });
    expect(await ana.does(number, 'entry', { text: 'all is well', at: 'at noon' })).toMatchObject({ status: 400 });
  });

  it('leaves things out and shows them again', async () => {
    const { number } = await app.anIncident();
    const [declared] = await app.events(number);

    await ana.does(number, 'hide', { itemId: declared?.id, on: true });
    await ana.does(number, 'hide', { itemId: declared?.id, on: false });

    expect((await app.events(number, 'timeline.item-hidden')).map(({ data }) => data)).toEqual([
      { itemId: declared?.id, on: true },
      { itemId: declared?.id, on: false },
    ]);
  });

  it('is written to by a command too', async () => {
    const { number } = await app.anIncident();

    const { body } = await ana.does(number, 'command', { text: '/timeline 2026-01-01 14:05 the deploy went out' });

    expect(body).toMatchObject({ say: 'On the timeline at 2026-01-01 14:05 UTC.' });
    expect(await app.events(number, 'timeline.entry-added')).toMatchObject([
      { data: { text: 'the deploy went out', happenedAt: '2026-01-01T14:05:00.000Z' } },
    ]);
    expect(await ana.does(number, 'command', { text: '/timeline soon' })).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('timeline 14:05') },
    });
  });

  it('says so when the id of an entry was used in another incident', async () => {
    const id = randomUUID();
    const entry = { text: 'the deploy went out', at: '2026-01-01T14:05:00Z' };
    await app.does((await app.anIncident()).number, 'entry', entry, id);

    expect(await app.does((await app.anIncident()).number, 'entry', entry, id)).toMatchObject({
      status: 409,
      body: { detail: 'This id was used for another request. Send it again with a new id.' },
    });
  });
});
