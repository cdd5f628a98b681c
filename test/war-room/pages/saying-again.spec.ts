import { uuidv7 } from 'uuidv7';
import { useApp } from '#test/support/app';
import { aResponder, PlainBrowser } from './browser.ts';

describe('What a chat did not take, in the plain room', () => {
  const app = useApp({ roles: ['web'] });
  let bo: PlainBrowser;
  beforeAll(async () => {
    bo = await aResponder(app, 'Bo');
  });

  /** A room with a chat that refused this message; no worker is here to say it again. */
  async function refused(text: string): Promise<string> {
    const { number, id } = await app.anIncident();
    const messageId = await app.says(number, text);
    const mirror = uuidv7();
    await app.database.query(
      `insert into mirror (id, incident_id, instance, tenant, surface, state, room, name) values ($1, $2, 'slack', 'T1', 'Slack', 'open', $3, '#inc')`,
      [mirror, id, `C-${number}`],
    );
    await app.database.query(
      `insert into delivery (id, mirror_id, lane, position, operation, message_id, content, status, attempts, fault)
       values ($1, $2, 'room', 2, 'send', $3, '{"blocks":[],"summary":""}', 'refused', 1, '{"code":"not-found","scope":"room","remedy":"invite-bot"}')`,
      [uuidv7(), mirror, messageId],
    );
    return number;
  }

  it('stands beside the message, with what to do and a button that has it said again', async () => {
    const room = await refused('Rolling back');
    const page = await bo.open(`/lite/i/${room}`);
    expect(page.body).toMatch(/Rolling back.*Slack did not take it\. Muster is not in that room: invite it there\./s);

    const answer = await bo.send(`/lite/i/${room}`, PlainBrowser.hidden(page, 'Say it again'));

    expect(answer.body).toContain('1 message is said again in Slack');
    expect(answer.body).toContain('Bo asked to say 1 message again in Slack');
    expect(answer.body).not.toContain('Say it again');
    expect((await app.api('GET', `/i/${room}.txt`)).body).toContain('Bo asked to say 1 message again in Slack');
  });

  it('is said again all at once beside the name of the chat', async () => {
    const room = await refused('Rolling back');
    const page = await bo.open(`/lite/i/${room}`);
    expect(page.body).toContain('1 message was not taken there. Muster is not in that room: invite it there.');

    const answer = await bo.send(`/lite/i/${room}`, PlainBrowser.hidden(page, 'Say again what is missing'));

    expect(answer.body).toContain('1 message is said again in Slack');
    expect(answer.body).not.toContain('Say again what is missing');
  });

  it('stands on the page of the message, which says where that has been heard', async () => {
    const room = await refused('Rolling back');
    const page = await bo.open(`/lite/i/${room}/m/2`);
    expect(page.body).toMatch(/In the room: \d\d:\d\d<\/li><li>In Slack: not taken\. Muster is not in that room: invite it there\.<\/li>/);

    await bo.send(`/lite/i/${room}`, PlainBrowser.hidden(page, 'Say it again'));

    expect((await bo.open(`/lite/i/${room}/m/2`)).body).toContain('<li>In Slack: not yet, it waits</li>');
  });
});
