import { FakeChat } from '#test/rooms/fake-chat';
import { useApp } from '#test/support/app';

describe('The command alone, in an incident’s room', () => {
  const fake = new FakeChat('fake');
  const app = useApp({ roles: ['web', 'ingest', 'worker'], platforms: [fake.platform] });
  let room: string;

  beforeAll(async () => {
    await fake.join(app);
    await app.anIncident();
    room = await fake.room(app, 'INC-1');
    await fake.told(app);
  });

  it('shows what is most likely needed as buttons, and how to see the rest', async () => {
    const { body } = (await fake.chat.command('mia', room, 'incident', '')).deliveries[0] ?? {};

    expect(buttonsIn(body).map(({ label }) => label)).toEqual(['Take the lead', 'Raise to SEV2', 'Share an update']);
    expect(JSON.stringify(body)).toContain('/incident help');
  });

  it('says the same three over the API and in the war room, as they are written there', async () => {
    for (const text of ['/', '/incident', '/what-now']) {
      const { body } = await app.does('INC-1', 'command', { text });
      const { say, seq } = body as { say: string; seq: number | null };
      expect(seq).toBeNull();
      expect([...say.matchAll(/\/(lead me|severity sev2|update|help)\b/g)].map(([, words]) => words)).toEqual([
        'lead me',
        'severity sev2',
        'update',
        'help',
      ]);
    }
  });

  it('does what its buttons say when they are pressed', async () => {
    const card = Number(fake.chat.observed(room).find(({ text }) => text.includes('Severity: '))?.id);
    const { body } = (await fake.chat.command('mia', room, 'incident', '')).deliveries[0] ?? {};

    for (const { id, value } of buttonsIn(body).slice(0, 2)) await fake.chat.press('mia', { room, number: card }, id, value);

    expect((await app.api('GET', '/api/v1/incidents/INC-1')).body).toMatchObject({ lead: { name: 'mia' }, severity: 'SEV2' });
    const then = (await fake.chat.command('mia', room, 'incident', '')).deliveries[0]?.body;
    expect(buttonsIn(then).map(({ label }) => label)).toEqual(['Raise to SEV1', 'Share an update', 'Resolve']);
  });
});

function buttonsIn(answer: unknown): { id: string; value?: string; label: string }[] {
  const { content } = answer as { content: { blocks: { t: string; items: { id: string; value?: string; label: string }[] }[] } };
  return content.blocks.find(({ t }) => t === 'actions')?.items ?? [];
}
