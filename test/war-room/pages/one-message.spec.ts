import { uuidv7 } from 'uuidv7';
import { useApp } from '#test/support/app';
import { aResponder, PlainBrowser } from './browser.ts';

describe('A message in the plain room', () => {
  const app = useApp({ roles: ['web'] });
  let ana: PlainBrowser;
  let bo: PlainBrowser;
  beforeAll(async () => {
    ana = await aResponder(app, 'Ana');
    bo = await aResponder(app, 'Bo');
  });

  /** A room in which Bo wrote something, and the address of what he wrote. */
  async function somethingBoWrote(text = 'Restarted db-7'): Promise<{ room: string; message: string }> {
    const { number } = await app.anIncident();
    await bo.send(`/lite/i/${number}`, { do: 'message', id: uuidv7(), text });
    const [event] = await app.events(number, 'message.posted');
    return { room: `/lite/i/${number}`, message: `/lite/i/${number}/m/${event?.seq}` };
  }

  async function press(who: PlainBrowser, message: string, button: string, fields: Record<string, string> = {}): Promise<string | null> {
    const page = await who.open(message);
    return (await who.send(message.replace(/\/m\/\d+$/, ''), { ...PlainBrowser.hidden(page, button), ...fields })).to;
  }

  it('is reached by its time in the room', async () => {
    const { room, message } = await somethingBoWrote();

    const { body } = await ana.open(room);

    expect(body).toContain(`<a href="${message}"><time`);
    expect((await ana.open(message)).body).toContain('What Bo wrote in');
  });

  it('is answered, and the answer says what it answers', async () => {
    const { room, message } = await somethingBoWrote();

    const to = await press(ana, message, 'Send', { text: 'Thank you.\nIs it green?' });

    expect(to).toBe(`${room}#end`);
    expect((await bo.open(room)).body).toMatch(/<b>Ana<\/b>.*In answer to <a href="#m\d+">Bo: Restarted db-7<\/a>.*Is it green\?/s);
    expect((await bo.open(`${room.replace('/lite', '')}.txt`)).body).toContain('(in answer to Bo: Restarted db-7) Thank you.');
  });

  it('shows who reacts how; one takes one’s own reaction back', async () => {
    const { room, message } = await somethingBoWrote();

    await press(ana, message, 'React', { text: 'eyes' });
    expect((await bo.open(room)).body).toContain('<p class="muted">👀 Ana</p>');
    expect((await bo.open(message)).body).not.toContain('Take back');
    const to = await press(ana, message, 'Take back 👀');

    expect(to).toBe(message);
    expect((await bo.open(room)).body).not.toContain('👀');
  });

  it('goes on the timeline and off it', async () => {
    const { room, message } = await somethingBoWrote();

    await press(ana, message, 'Put on the timeline');
    expect((await bo.open(room)).body).toContain('<p class="muted">On the timeline</p>');
    await press(bo, message, 'Take off the timeline');

    expect((await bo.open(message)).body).toContain('Put on the timeline');
  });

  it('is edited by whoever wrote it, and says what it said before', async () => {
    const { room, message } = await somethingBoWrote();

    await press(bo, message, 'Save', { text: 'Restarted db-8' });

    expect((await ana.open(room)).body).toMatch(/edited.*Restarted db-8/s);
    expect((await ana.open(message)).body).toMatch(/What it said before.*Restarted db-7/s);
    expect((await ana.open(message)).body).not.toContain('>Save<');
  });

  it('is deleted by whoever wrote it, and its words are shown to nobody', async () => {
    const { room, message } = await somethingBoWrote('The password is hunter2');
    await press(ana, message, 'Send', { text: 'Please delete that.' });
    await press(bo, message, 'Save', { text: 'The password is hunter3' });

    await press(bo, message, 'Delete');

    const shown = [(await ana.open(room)).body, (await ana.open(message)).body, (await bo.open(message)).body].join('');
    expect(shown).toContain('Deleted');
    expect(shown).not.toContain('hunter');
  });

  it('gives back what was typed when it cannot be done, with why', async () => {
    const { room, message } = await somethingBoWrote();
    const page = await ana.open(message);

    const refused = await ana.send(room, { ...PlainBrowser.hidden(page, 'Send'), text: 'y'.repeat(10_001) });

    expect(refused.status).toBe(400);
    expect(refused.body).toContain('What Bo wrote in');
    expect(refused.body).toContain('Write 1 to 10000 characters');
    expect(refused.body).toContain('y'.repeat(10_001));
  });

  it('refuses to edit another’s words, whatever the form says', async () => {
    const { room, message } = await somethingBoWrote();

    const refused = await ana.send(room, { do: 'edit', id: uuidv7(), about: message.split('/').at(-1) ?? '', text: 'mine now' });

    expect(refused.status).toBe(403);
    expect(refused.body).toContain('Only whoever wrote a message can edit it');
    expect((await bo.open(message)).body).toContain('Restarted db-7');
  });

  it.each(['0', 'x', '99999', '1'])('is not there under the number %s', async (number) => {
    const { room } = await somethingBoWrote();

    const { status, body } = await ana.open(`${room}/m/${number}`);

    expect([status, body]).toEqual([404, expect.stringContaining('There is no such message in this room.')]);
  });
});
