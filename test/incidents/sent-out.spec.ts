import { uuidv7 } from 'uuidv7';
import type { RoomCommand } from '#libs/war-room-protocol/commands';
import { Artifacts } from '#src/artifacts/artifacts.service';
import { IncidentNotFound } from '#src/incidents/incidents.errors';
import { Incidents } from '#src/incidents/incidents.service';
import { WEB } from '#src/people/people.types';
import type { SurfaceFact } from '#src/platform/log/event.types';
import { RoomCommands } from '#src/war-room/commands/room-commands';
import { useApp } from '#test/support/app';
import { SomePerson } from '#test/support/person';

/** Between being let in at the door and doing it, an incident may become private, and somebody may be sent out of it. */
describe('Whoever was let in at the door and sent out before they were done', () => {
  const app = useApp({ roles: ['web'] });
  let ana: SomePerson;
  let ben: SomePerson;
  let room: { id: string; number: string };
  let messageId: string;

  beforeAll(async () => {
    ana = await SomePerson.of(app, 'Ana');
    ben = await SomePerson.of(app, 'Ben');
    room = await ana.declares({ private: true });
    messageId = uuidv7();
    await ana.does(room.number, 'message', { text: 'Only for us' }, messageId);
    await ana.does(room.number, 'add', { person: ben.id });
    expect((await ben.does(room.number, 'message', { text: 'Here I am' })).status).toBe(200);
    await ana.does(room.number, 'remove', { person: ben.id });
  });

  const CHAT = { id: 'some-chat', name: 'Some chat' };
  const by = (via: SurfaceFact = WEB) => ({ person: { id: ben.id, name: ben.name }, via });
  const seq = async (): Promise<number> =>
    ((await ana.api('GET', `/api/v1/incidents/${room.number}`)) as { body: { seq: number } }).body.seq;

  const ACTS: [RoomCommand['type'], () => object][] = [
    ['message', () => ({ text: 'hello' })],
    ['severity', () => ({ to: 'SEV1' })],
    ['command', () => ({ text: '/severity sev1' })],
    ['update', () => ({ text: 'All is well' })],
    ['react', () => ({ messageId, emoji: '+1', on: true })],
    ['pin', () => ({ messageId, on: true })],
    ['entry', () => ({ text: 'The deploy went out', at: '2026-01-01T00:00:00Z' })],
    ['lead', () => ({ to: 'me' })],
    ['join', () => ({})],
    ['privacy', () => ({ private: false })],
    ['resolve', () => ({ learned: 'I end it' })],
  ];
  it.each(ACTS.flatMap(([type, body]) => [WEB, CHAT].map((via) => [type, via.name, via, body] as const)))(
    'does nothing there any more: %s, by %s',
    async (type, _name, via, body) => {
      const before = await seq();

      const doing = app.get(RoomCommands).run(room.id, { id: uuidv7(), type, body: body() } as RoomCommand, by(via));

      await expect(doing).rejects.toBeInstanceOf(IncidentNotFound);
      expect(await seq()).toBe(before);
    },
  );

  it.each([WEB, CHAT])('is asked again where an incident changes, by whichever way they came: $name', async (via) => {
    const change = app.database.transaction((tx) => app.get(Incidents).changeSeverity(tx, room.id, 'SEV1', by(via), uuidv7()));

    await expect(change).rejects.toBeInstanceOf(IncidentNotFound);
  });

  it('removes no file there, not even their own', async () => {
    const { id, number } = await ana.declares();
    const response = await fetch(`${app.url}/api/v1/incidents/${number}/files?name=notes.txt`, {
      method: 'POST',
      headers: { cookie: ben.cookie, 'sec-fetch-site': 'same-origin', 'content-type': 'application/octet-stream' },
      body: 'some notes',
    });
    const { file } = (await response.json()) as { file: { fileId: string } };
    await ana.does(number, 'privacy', { private: true });
    await app.database.query('delete from participant where incident_id = $1 and person_id = $2', [id, ben.id]);

    await expect(app.get(Artifacts).remove(id, file.fileId, by())).rejects.toBeInstanceOf(IncidentNotFound);
  });

  it('is answered the same for what was done before', async () => {
    const { id, number } = await ana.declares();
    const request = uuidv7();
    const { body } = await ben.does(number, 'severity', { to: 'SEV1' }, request);
    await ana.does(number, 'privacy', { private: true });

    const again = await app.database.transaction((tx) => app.get(Incidents).changeSeverity(tx, id, 'SEV1', by(), request));

    expect(again.seq).toBe((body as { seq: number }).seq);
  });
});
