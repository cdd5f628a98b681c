import type { Attempt, ChatEvent, FileRef, InMessage, RoomRef } from '@musterhq/chat-port';
import { type Attached, card, file, picture } from '../simulator/attached.ts';
import { type Stage, said, soon, stage } from './stage.ts';

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const LOG = Buffer.from('ERROR pool exhausted');

const messageIn = (events: readonly ChatEvent[]): InMessage => {
  const [found] = events.flatMap((event) => (event.type === 'message.created' ? [event.message] : []));
  if (!found) throw new Error('Nothing was said');
  return found;
};

/** What somebody says in this room with these things, as the bot is told. */
async function heard(
  s: Stage,
  room: RoomRef,
  text: string,
  things: readonly Attached[],
  o: { inBrowser?: boolean } = {},
): Promise<InMessage> {
  const { harness, inlet } = s;
  const [channel = '', thread] = room.room.split(';messageid=');
  const { told } = harness.teams.say('mia', channel, text, { with: things, ...o, ...(thread !== undefined && { thread }) });
  const before = inlet.admitted.length;
  await harness.receive(harness.teams.told(told));
  return messageIn(inlet.admitted.slice(before).map(({ event }) => event));
}

async function readBack({ harness }: Stage, room: RoomRef): Promise<InMessage> {
  const page = await harness.adapter.history!.page({ room, limit: 50 }, soon());
  if (page.outcome !== 'done') throw new Error(`Not read: ${JSON.stringify(page)}`);
  const said = page.value.envelopes.map(({ event }) => event).filter((e) => e.type === 'message.created' && e.message.files.length > 0);
  return messageIn(said);
}

const open = ({ harness }: Stage, room: RoomRef, one: FileRef) => harness.adapter.files!.open(room, one, soon());

async function bytesOf(opened: Attempt<AsyncIterable<Uint8Array>>): Promise<Buffer> {
  if (opened.outcome !== 'done') throw new Error(`Not opened: ${JSON.stringify(opened)}`);
  const pieces: Uint8Array[] = [];
  for await (const piece of opened.value) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function* inPieces(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes.subarray(0, 3);
  yield bytes.subarray(3);
}

const put = ({ harness }: Stage, room: RoomRef, name: string, key = 'a-key') =>
  harness.adapter.files!.put(room, key, inPieces(LOG), { name, mime: 'text/plain', bytes: LOG.length }, soon());

describe('A picture that somebody pastes in Teams', () => {
  it('comes with its message and is given to the bot without any permission of Graph', async () => {
    await using s = await stage({ kind: 'thread' });
    const room = await s.harness.room();

    const { content, files } = await heard(s, room, 'look', [picture(PNG), picture(LOG, 'image/jpeg')]);

    expect(content.summary).toBe('look');
    expect(files.map(({ name }) => name)).toEqual(['picture.png', 'picture-2.jpeg']);
    expect(await bytesOf(await open(s, room, files[0]!))).toEqual(PNG);
    expect(await bytesOf(await open(s, room, files[1]!))).toEqual(LOG);
  });

  it('comes also without a word, and where a browser shows it among the words alone', async () => {
    await using s = await stage({ kind: 'groupChat' });
    const room = await s.harness.room();

    const { content, files } = await heard(s, room, '', [picture(PNG)], { inBrowser: true });

    expect(content.blocks).toEqual([]);
    expect(await bytesOf(await open(s, room, files[0]!))).toEqual(PNG);
  });

  it('is the same file when its message is read back', async () => {
    await using s = await stage({ kind: 'thread', read: true });
    const room = await s.harness.room();

    const { files } = await heard(s, room, 'look', [picture(PNG)]);

    expect((await readBack(s, room)).files.map(({ id }) => id)).toEqual(files.map(({ id }) => id));
  });

  it('is taken from Graph where Teams does not give it to the bot', async () => {
    await using s = await stage({ kind: 'room-channel', files: false });
    const room = await s.harness.room();
    const pasted = picture(PNG);
    s.harness.teams.withheld.add(pasted.id);

    const { files } = await heard(s, room, 'look', [pasted]);

    expect(await bytesOf(await open(s, room, files[0]!))).toEqual(PNG);
    s.harness.teams.graph.granted.delete('ChannelMessage.Read.Group');
    expect(await open(s, room, files[0]!)).toMatchObject({ outcome: 'refused', fault: { code: 'forbidden' } });
  });

  it('is got from where Teams said that it serves this tenant, and from no address in a message', async () => {
    await using s = await stage({ kind: 'thread' });
    const room = await s.harness.room();
    const { teams } = s.harness;
    const { told } = teams.say('mia', s.harness.channel!, 'look');
    const html = '<img src="https://evil.test/v1/objects/0-weu-d1-0000/views/imgo">';
    const beside = { contentType: 'image/png', contentUrl: 'https://evil.test/v3/attachments/0-weu-d1-0000/views/original' };
    await s.harness.receive(teams.told({ ...told, attachments: [{ contentType: 'text/html', content: html }, beside] }));
    const { files } = messageIn(s.inlet.admitted.map(({ event }) => event));

    expect(await open(s, room, files[0]!)).toMatchObject({ outcome: 'refused', fault: { code: 'not-found' } });
  });

  it('is asked for again when Teams is too busy to give it', async () => {
    await using s = await stage({ kind: 'thread' });
    const room = await s.harness.room();
    const { files } = await heard(s, room, 'look', [picture(PNG)]);
    s.harness.fault('file', 'rate-limited', 1, { retryAfterMs: 7_000 });

    expect(await open(s, room, files[0]!)).toMatchObject({ outcome: 'refused', fault: { code: 'rate-limited', retryAfterMs: 7_000 } });
    s.harness.fault('file', 'reset-before');
    expect(await open(s, room, files[0]!)).toMatchObject({ fault: { code: 'unavailable' } });
    expect(await bytesOf(await open(s, room, files[0]!))).toEqual(PNG);
  });
});

describe('A file that somebody attaches in a channel of Teams', () => {
  it('is words where Graph is not asked, because Teams tells a bot no more than that it is there', async () => {
    await using s = await stage({ kind: 'thread' });

    const { content, files } = await heard(s, await s.harness.room(), 'the log', [file('app.log', LOG)]);

    expect(files).toEqual([]);
    expect(content.summary).toBe('the log With an attachment, to be seen in Teams.');
  });

  it('is named, with the way to it, by the permission that reads messages, and its bytes want one more', async () => {
    await using s = await stage({ kind: 'thread', read: true, files: false });
    const room = await s.harness.room();
    const { content, files } = await heard(s, room, 'the log', [file('app.log', LOG)]);
    expect(content.summary).toBe('the log');

    const looked = await s.harness.adapter.files!.look!(room, files[0]!, soon());

    expect(looked).toMatchObject({
      outcome: 'done',
      value: {
        id: files[0]!.id,
        name: 'app.log',
        href: expect.stringMatching(/^https:\/\/contoso\.sharepoint\.com\/.*app\.log$/) as string,
      },
    });
    expect(await open(s, room, files[0]!)).toMatchObject({ outcome: 'refused', fault: { code: 'forbidden' } });
  });

  it('is read byte for byte where Muster may have the files, the token going to Graph alone', async () => {
    await using s = await stage({ kind: 'room-channel' });
    const room = await s.harness.room();

    const { files } = await heard(s, room, 'the log', [file('app.log', LOG)]);

    // The pretend SharePoint refuses whoever comes with a token.
    expect(await bytesOf(await open(s, room, files[0]!))).toEqual(LOG);
  });

  it('is the same file when its message is read back, with its name at once; a card of another app is none', async () => {
    await using s = await stage({ kind: 'thread', read: true });
    const room = await s.harness.room();
    const { files } = await heard(s, room, 'the log', [file('app.log', LOG), card()]);

    const again = await readBack(s, room);

    expect(again.files).toMatchObject([{ id: files[0]!.id, name: 'app.log' }]);
    expect(again.content.summary).toBe('the log');
    expect(await s.harness.adapter.files!.look!(room, files[1]!, soon())).toMatchObject({ fault: { code: 'unsupported' } });
  });

  it('names the permission that is missing', async () => {
    await using s = await stage({ kind: 'thread', read: true });
    const room = await s.harness.room();
    const { files } = await heard(s, room, 'the log', [file('app.log', LOG)]);
    s.harness.teams.graph.granted.delete('Files.ReadWrite.All');

    expect(await open(s, room, files[0]!)).toMatchObject({
      outcome: 'refused',
      fault: { code: 'forbidden', detail: expect.stringContaining('Files.ReadWrite.All') as string },
    });
  });

  it('is not gone after to where Graph should send Muster on to anybody else', async () => {
    await using s = await stage({ kind: 'thread', read: true });
    const room = await s.harness.room();
    const { files } = await heard(s, room, 'the log', [file('app.log', LOG)]);
    s.harness.teams.graph.library.sendsElsewhere = 'https://sharepoint.com.evil.test/app.log';

    expect(await open(s, room, files[0]!)).toMatchObject({ outcome: 'refused', fault: { code: 'forbidden' } });
  });
});

describe('A file of the room, in a channel of Teams', () => {
  it('is put into the channel’s folder, and its line leads there', async () => {
    await using s = await stage({ kind: 'thread', read: true });
    const room = await s.harness.room();

    const brought = await put(s, room, 'app.log');
    if (brought.outcome !== 'done') throw new Error(JSON.stringify(brought));
    await said(s, room, { blocks: [{ t: 'file', file: brought.value }], summary: 'a file' });

    const { items } = s.harness.teams.graph.library;
    expect(items.map(({ folder, bytes }) => [folder, Buffer.from(bytes)])).toEqual([[s.harness.channel, LOG]]);
    expect(await s.harness.observed(room)).toMatchObject([{ text: 'app.log', links: [brought.value.href] }]);
  });

  it('is there once when it is brought again, and never in the place of another of its name', async () => {
    await using s = await stage({ kind: 'thread', read: true });
    const room = await s.harness.room();
    const { library } = s.harness.teams.graph;
    library.add(s.harness.channel!, 'app.log', PNG);

    for (const key of ['one', 'one', 'two']) expect(await put(s, room, 'app.log', key)).toMatchObject({ outcome: 'done' });

    expect(library.items).toHaveLength(3);
    expect(Buffer.from(library.items[0]!.bytes)).toEqual(PNG);
  });

  it.each(['../../etc/passwd', '~$owner.docx', 'a:b*c?"d"<e>|f.txt', '_vti_cnf', '...', `${'ü'.repeat(300)}.log`, 'two\nlines.log', 'CON'])(
    'has a name that SharePoint takes, and its own in the line: %j',
    async (name) => {
      await using s = await stage({ kind: 'thread', read: true });

      expect(await put(s, await s.harness.room(), name)).toMatchObject({ outcome: 'done', value: { name } });
    },
  );

  it('is refused with the permission that is missing, and taken away again for good where it was put', async () => {
    await using s = await stage({ kind: 'thread', read: true });
    const room = await s.harness.room();
    const brought = await put(s, room, 'app.log');
    if (brought.outcome !== 'done') throw new Error(JSON.stringify(brought));

    for (const _time of ['first', 'second'])
      expect(await s.harness.adapter.files!.remove!(room, brought.value, soon())).toMatchObject({ outcome: 'done' });
    expect(s.harness.teams.graph.library.items).toEqual([]);
    s.harness.teams.graph.granted.delete('Files.ReadWrite.All');
    expect(await put(s, room, 'app.log')).toMatchObject({
      outcome: 'refused',
      fault: { code: 'forbidden', detail: expect.stringContaining('Files.ReadWrite.All') as string },
    });
  });

  it('is not declared where it was not chosen', async () => {
    await using without = await stage({ kind: 'thread', read: true, files: false });
    await using chosen = await stage({ kind: 'thread', read: true });

    const featureOf = ({ harness }: Stage) => harness.adapter.capabilities().features.files ?? 'none';
    expect([featureOf(without), featureOf(chosen)]).toEqual(['none', 'full']);
  });
});
