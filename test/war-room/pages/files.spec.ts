import { createLink } from '#src/people/sign-in-links';
import { Sessions } from '#src/people/sessions';
import { useApp } from '#test/support/app';
import { aResponder, PlainBrowser } from './browser.ts';

describe('Files in the rooms without a script', () => {
  const app = useApp({ roles: ['web'] });
  let bo: PlainBrowser;
  beforeAll(async () => {
    bo = await aResponder(app, 'Bo');
  });

  async function add(room: string, fields: Record<string, string>, name: string, bytes: string): Promise<Response> {
    const form = new FormData();
    for (const [field, value] of Object.entries(fields)) form.set(field, value);
    form.set('file', new Blob([bytes]), name);
    return fetch(`${app.url}/lite/i/${room}/files`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: bo.cookie, 'sec-fetch-site': 'same-origin', accept: 'text/html' },
      body: form,
    });
  }

  it('adds what the form sends, once for each page, and shows it with its size and a link', async () => {
    const room = (await app.anIncident()).number;
    const fields = PlainBrowser.hidden(await bo.open(`/lite/i/${room}`), 'Add the file');

    const added = [await add(room, fields, 'app.log', 'some lines'), await add(room, fields, 'app.log', 'some lines')];

    expect(added.map(({ status, headers }) => [status, headers.get('location')])).toEqual([
      [303, `/lite/i/${room}#end`],
      [303, `/lite/i/${room}#end`],
    ]);
    expect(await app.events(room, 'file.added')).toHaveLength(1);
    const { body } = await bo.open(`/lite/i/${room}`);
    expect(body).toContain('Bo added app.log (text, 10 bytes)');
    const href = /href="([^"]+)">Open app.log</.exec(body)?.[1] ?? '';
    const bytes = await bo.open((await bo.open(href)).to ?? '');
    expect(bytes.body).toBe('some lines');
  });

  it('says on a page what is wrong with a file', async () => {
    const room = (await app.anIncident()).number;

    const refused = await add(room, {}, 'graph.png', '<svg xmlns="http://www.w3.org/2000/svg"/>');

    expect(refused.status).toBe(415);
    expect(await refused.text()).toContain('an SVG drawing');
    expect(await app.events(room, 'file.added')).toEqual([]);
  });

  it('takes no file from the page of another site', async () => {
    const room = (await app.anIncident()).number;
    const session = await app.get(Sessions).signIn(await createLink(app.database, 'invitation'), 'Cleo');

    const sent = await fetch(`${app.url}/lite/i/${room}/files`, {
      method: 'POST',
      headers: { cookie: `muster=${session}`, 'sec-fetch-site': 'cross-site' },
      body: (() => {
        const form = new FormData();
        form.set('file', new Blob(['some lines']), 'app.log');
        return form;
      })(),
    });

    expect(sent.status).toBe(403);
    expect(await app.events(room, 'file.added')).toEqual([]);
  });

  it('names a file in the text room, with its address', async () => {
    const room = (await app.anIncident()).number;
    await add(room, { alt: '' }, 'app.log', 'some lines');

    const { body } = await bo.open(`/i/${room}.txt`);

    expect(body).toMatch(
      new RegExp(`\\* Bo added app.log \\(text, 10 bytes\\)\\n +http://\\S+/api/v1/incidents/${room}/files/[0-9a-f-]{36}\\n`),
    );
  });
});
