import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { uuidv7 } from 'uuidv7';
import { roomCommand } from '#libs/war-room-protocol/commands';
import { TOKEN, useApp } from '#test/support/app';
import { StreamLog } from '#src/platform/log/log';
import { SomePerson } from '#test/support/person';
import { curlsOf } from './curls.ts';

const README = readFileSync(fileURLToPath(new URL('../../README.md', import.meta.url)), 'utf8');

describe('What the README says of the API and of commands', () => {
  const app = useApp({ roles: ['web', 'ingest', 'worker'] });
  beforeAll(async () => {
    const di = await SomePerson.of(app, 'Di');
    const { id } = (await di.api('POST', '/api/v1/teams', { name: 'Payments' })).body as { id: string };
    await di.api('POST', `/api/v1/teams/${id}/members`, { person: 'Di' });
  });

  it('is answered as it says, when its curl is sent', async () => {
    const [declaring, acting] = curlsOf(README);
    const send = (request = declaring) =>
      fetch(new URL(request?.path ?? '', app.url), {
        method: request?.method ?? '',
        headers: { ...request?.headers, Authorization: `Bearer ${TOKEN}` },
        body: request?.body ?? '',
      });

    const first = await send();
    const incident: unknown = await first.json();

    expect([first.status, incident]).toEqual([
      201,
      expect.objectContaining({ number: 'INC-1', url: `${app.url}/i/INC-1`, severity: 'SEV2', title: 'Checkout is failing' }),
    ]);
    expect(await (await send()).json()).toEqual(incident);
    const done = await (await send(acting)).json();
    expect(done).toEqual({ seq: expect.any(Number) as number });
    expect(await (await send(acting)).json()).toEqual(done);
    expect(await app.texts('INC-1')).toEqual(['We look into it']);
  });

  it('is done, each command of the API that it shows, and there is no other', async () => {
    const { id: incidentId, number } = await app.anIncident();
    const shown = [...README.matchAll(/^\| `([\w-]+)` +\| `(\{ (?:.+? )?\})`/gm)].map(([, type = '', body = '']) => ({ type, body }));
    expect(shown.map(({ type }) => type).sort()).toEqual(roomCommand.def.options.map(({ def }) => def.shape.type.def.values[0]).sort());

    await SomePerson.of(app, 'Ana Ruiz');
    const ids = { messageId: await app.says(number, 'A message'), entryId: uuidv7(), itemId: '', offerId: await anOffer(incidentId) };
    for (const { type, body } of shown) {
      const facts = JSON.parse(body, (key, value: unknown) => (value === '…' ? ids[key as keyof typeof ids] : value)) as object;
      const id = type === 'entry' ? ids.entryId : uuidv7();
      // What is deleted in one row is needed in the next.
      if (type === 'delete') ids.messageId = await app.says(number, 'Another message');
      if (type === 'entry') ids.itemId = ids.entryId;
      const fresh = { accept: true, decline: true, merge: false };
      const where = type in fresh ? (await app.anIncident({ triage: fresh[type as keyof typeof fresh] })).number : number;
      const answer = await app.does(where, type, facts, id);
      // No chat is here that anything could be missing in, or announced.
      const seq = type === 'say-again' || type === 'announce' ? null : (expect.any(Number) as number);
      expect({ type, ...answer }).toMatchObject({ type, status: 200, body: { seq } });
    }
  });

  it('is understood, each command of its table', async () => {
    const { number } = await app.anIncident();
    const commands = [...README.matchAll(/^\| `\/incident ([^`]+)`/gm)].map(([, text]) => text ?? '');
    expect(commands.length).toBeGreaterThanOrEqual(5);

    for (const text of commands) {
      const { status, body } = await app.does(number, 'command', { text: `/${text}` });
      expect({ text, status, body }).toEqual({
        text,
        status: 200,
        body: expect.objectContaining({ say: expect.not.stringMatching(/not know|unknown/i) }),
      });
    }

    const { body } = await app.api('GET', `/api/v1/incidents/${number}`);
    expect(body).toMatchObject({ severity: 'SEV1', status: 'resolved', learned: 'We alert on pool saturation now' });
  });

  /** Something that was asked for too late. */
  async function anOffer(incidentId: string): Promise<string> {
    const data = { text: 'status identified', askedAt: new Date().toISOString() };
    const offer = { id: uuidv7(), type: 'command.offered', by: null, via: { id: 'slack', name: 'Slack' }, data };
    await app.database.transaction((tx) => app.get(StreamLog).append(tx, incidentId, offer));
    return offer.id;
  }
});
