import { fakePlugin } from '@musterhq/adapter-testkit';
import type { AdapterPlugin, Capabilities } from '@musterhq/chat-port';
import { useApp } from '#test/support/app';
import { FakeChat } from '#test/rooms/fake-chat';

/** The fake chat, with forms as another platform has them. */
class OtherForms extends FakeChat {
  constructor(id: string, formsFrom: Capabilities['formsFrom']) {
    super(id);
    const { chat } = this;
    const create: AdapterPlugin['create'] = async (context) => {
      const { forms: _, ...adapter } = await fakePlugin(chat).create(context);
      return { ...adapter, capabilities: (room) => ({ ...adapter.capabilities(room), formsFrom }) };
    };
    Object.assign(this.platform.plugin, { create });
  }
}

describe('Asking for a form', () => {
  const byButton = new OtherForms('by-button', ['action']);
  const without = new OtherForms('without', []);
  const app = useApp({ roles: ['web', 'ingest', 'worker'], platforms: [byButton.platform, without.platform] });

  beforeAll(async () => {
    await byButton.join(app);
    await without.join(app);
  });

  it('is answered with a button where a form opens from a button alone, and with the form when that is pressed', async () => {
    const lobby = byButton.chat.addRoom('lobby', ['mia']).id;

    const asked = JSON.stringify((await byButton.chat.command('mia', lobby, 'incident', 'declare')).deliveries[0]?.body);
    expect(asked).toContain('"id":"declare","label":"Declare an incident","tone":"primary","opensForm":true');
    expect(asked).toContain('/incident declare <what is broken>');

    const { place } = await byButton.chat.say('mia', lobby, 'stands for the card');
    const pressed = await byButton.chat.press('mia', place ?? { room: lobby, number: 1 }, 'declare');
    expect(pressed.deliveries[0]?.body).toMatchObject({ t: 'form', form: { id: 'declare' } });
  });

  it('is answered with how to write it in one line where there are no forms', async () => {
    const lobby = without.chat.addRoom('lobby', ['mia']).id;

    const asked = JSON.stringify((await without.chat.command('mia', lobby, 'incident', '')).deliveries[0]?.body);

    expect(asked).toContain('This chat has no forms. Write it in one line');
    expect(asked).toContain('/incident declare <what is broken>');
    expect(asked).not.toContain('"t":"button"');
  });
});
