import { uuidv7 } from 'uuidv7';
import type { IncidentView } from '#libs/war-room-protocol/views';
import { useApp } from '#test/support/app';
import { aLink, anAdmin, aResponder, PlainBrowser } from './browser.ts';

/** What people, chats and alerts may write. Each carries a mark, so that its traces are found wherever it comes out. */
const PAYLOADS = [
  '<script>alert("MARK")</script>',
  '<img src=x onerror=alert("MARK")>',
  '"><svg onload=alert("MARK")>',
  "' onmouseover='alert(`MARK`)",
  '</textarea><script>alert("MARK")</script>',
  '</title><script>alert("MARK")</script>',
  '</option></select><iframe src=//evil.test/MARK>',
  '[MARK](javascript:alert(1))',
  '![MARK](https://evil.test/MARK.png)',
  '<a href="javascript:alert(1)">MARK</a>',
  '<javascript:alert("MARK")>',
  '&lt;script&gt;MARK&lt;/script&gt;',
  '<!-- MARK --><base href=//evil.test/>',
  '```html" onload="alert(1)\n<b>MARK</b>\n```',
];

/** The elements that our pages are made of, forms included. Anything else was made of text. */
const OURS = new Set(
  `!doctype a b blockquote body br button code dd details div dl dt em fieldset form h1 h2 h3 h4 h5 head header html input label legend li link main meta nav
  ol optgroup option p pre q section select small span strong del hr summary table tbody td textarea th thead time title tr ul`.split(
    /\s+/,
  ),
);
const ATTRIBUTES =
  /^(?:id|class|href|rel|name|content|charset|lang|type|value|method|action|enctype|accept|multiple|for|rows|maxlength|min|max|autocomplete|autocapitalize|required|readonly|selected|checked|open|spellcheck|datetime|role|target|scope|start|aria-[a-z]+)$/;
const ADDRESS = /^(?:\/(?!\/)|#|https?:\/\/|mailto:|data:,$)/;

/** The only script of our pages, as it is written out. Written in any other way it was made of text. */
const OWN_SCRIPT = /<script src="\/passkey\.js\?v=[0-9a-f]{10}" defer><\/script>/;

/** What is wrong with a page, read as a browser reads it: tags with their attributes, and what is between them is text. */
function foreignMarkup(written: string): string[] {
  const page = written.replace(OWN_SCRIPT, '');
  const wrong: string[] = [];
  for (const [tag, name = '', attributes = ''] of page.matchAll(/<\/?([a-z!][^\s/>]*)((?:[^<>"]|"[^"]*")*)>/gi)) {
    if (!OURS.has(name.toLowerCase())) wrong.push(tag);
    for (const [, attribute = '', value = ''] of attributes.matchAll(/([^\s=/"]+)(?:="([^"]*)")?/g)) {
      if (name.toLowerCase() === '!doctype') continue;
      if (!ATTRIBUTES.test(attribute)) wrong.push(`${attribute} in ${tag}`);
      if (['href', 'action', 'src'].includes(attribute) && !ADDRESS.test(value)) wrong.push(`${value} in ${tag}`);
    }
  }
  const between = page.replace(/<\/?[a-z!](?:[^<>"]|"[^"]*")*>/gi, '');
  if (/[<>]/.test(between)) wrong.push(`unescaped: ${/.{0,40}[<>].{0,40}/.exec(between)?.[0]}`);
  return wrong;
}

describe('Writing markup into every field', () => {
  const app = useApp({ roles: ['web'] });
  let ana: PlainBrowser;
  beforeAll(async () => {
    ana = await anAdmin(app);
    await aChatAndATeam('Another');
  });

  it.each(PAYLOADS)('shows it as text on every page: %s', async (payload) => {
    const writer = await aResponder(app, payload);
    const declared = await writer.send('/declare', { key: uuidv7(), title: payload, summary: payload });
    const room = declared.to ?? '';
    const press = (kind: string, text: string, reason = ''): ReturnType<PlainBrowser['send']> =>
      writer.send(room, { do: kind, id: uuidv7(), text, reason, role: 'lead' });
    await press('message', payload);
    await press('severity', 'SEV1', payload);
    await press('role', 'me');
    await aMirror(room, payload);
    const id = await aDrillThatWas(room, payload);
    const drills = [
      await ana.open('/drill'),
      await ana.open(`/drill/${id}`),
      await ana.open(`/drill/${encodeURIComponent(payload)}`),
      await ana.send('/drill', { fault: payload, minutes: payload, chat: payload, team: payload, tells: payload }),
    ];

    const pages = [
      await writer.open(room),
      await press('message', `${payload}${'x'.repeat(10_000)}`),
      await press('severity', payload, payload),
      await press('role', payload),
      await press('resolve', `${payload}${'x'.repeat(1_000)}`),
      await writer.open('/lite'),
      await writer.open('/sign-in'),
      await writer.send('/declare', { key: payload, title: payload + 'x'.repeat(200), summary: payload, severity: payload }),
      await new PlainBrowser(app).send(room, { do: 'message', id: payload, text: payload, reason: payload }),
      await new PlainBrowser(app).open(`/sign-in?to=${encodeURIComponent(`/${payload}`)}`),
      await new PlainBrowser(app).open(`/sign-in/${await aLink(app, 'invitation')}?to=${encodeURIComponent(`/${payload}`)}`),
      await new PlainBrowser(app).send(`/sign-in/${await aLink(app, 'invitation')}`, { name: payload + 'x'.repeat(80) }),
      await writer.open(`/lite/i/${encodeURIComponent(payload)}`),
      await writer.open(`/nowhere/${encodeURIComponent(payload)}`),
      await ana.open(`/adapters/${encodeURIComponent(payload)}/setup`),
      await ana.open('/adapters'),
      ...drills,
    ];
    await press('resolve', payload);
    pages.push(await ana.open(room));

    expect(pages.flatMap(({ body }) => foreignMarkup(body))).toEqual([]);
    for (const page of [pages[0], drills[0], drills[1], drills[3]]) expect(page?.body).toContain('MARK');
    for (const { headers } of pages) expect(headers.get('content-security-policy')).toContain("script-src 'self'");
  });

  it('is found by this test when a page lets it through', () => {
    const page = (text: string): string => `<!doctype html><p class="x">${text}</p>`;

    const raw = PAYLOADS.filter((payload) => /[<>]/.test(payload) && !payload.startsWith('```') && !payload.startsWith('!['));

    for (const payload of raw) expect(foreignMarkup(page(payload))).not.toEqual([]);
    expect(foreignMarkup('<p><a href="javascript:alert(1)">x</a></p>')).not.toEqual([]);
    expect(foreignMarkup('<p onclick="x">y</p>')).not.toEqual([]);
    expect(foreignMarkup('<script src="/passkey.js?v=0123456789" defer>alert(1)</script>')).not.toEqual([]);
    expect(foreignMarkup('<script src="//evil.test/passkey.js?v=0123456789" defer></script>')).not.toEqual([]);
    expect(foreignMarkup('<script src="/passkey.js?v=0123456789" defer></script>'.repeat(2))).not.toEqual([]);
    expect(foreignMarkup(page('&lt;script&gt; is fine'))).toEqual([]);
  });

  async function aMirror(room: string, payload: string): Promise<void> {
    const { id }: IncidentView = (await app.api('GET', `/api/v1/incidents/${room.replace('/lite/i/', '')}`)).body;
    await app.database.query(
      `insert into mirror (id, incident_id, instance, tenant, surface, state, name, permalink) values ($1, $2, 'slack', 'T1', $3, 'open', $3, $3)`,
      [uuidv7(), id, payload],
    );
  }

  /** Another one can be begun with these names. */
  async function aChatAndATeam(name: string): Promise<void> {
    const id = uuidv7();
    await app.database.query(`insert into chat_instance (id, plugin, name, config) values ($1, 'nobody''s', $2, '{}')`, [id, name]);
    await app.database.query(`insert into chat_tenant (instance, tenant) values ($1, 'T1')`, [id]);
    await app.database.query(
      `with made as (insert into team (id, name) values ($1, $2) returning id) insert into team_member (team_id, person_id) select made.id, p.id from made, person p limit 1`,
      [id, name],
    );
  }

  async function aDrillThatWas(room: string, payload: string): Promise<string> {
    await aChatAndATeam(payload);
    const line = { what: payload, goal: payload, came: payload, is: 'missed', improve: payload };
    const id = uuidv7();
    await app.database.query(
      `insert into drill (id, incident_id, chat, tenant, chat_name, instance, fault, minutes, tells, asked_by, pace, phase, broken_at, healed_at, over_at, stopped_by, cut_short, report)
       select $1, i.id, $3, 'T1', $3, 'drill', 'flood', 5, true, i.declared_by, 1, 'over', now(), now(), now(), $3, 'stopped', $4 from incident i where i.reference = $2`,
      [id, room.replace('/lite/i/', ''), payload, JSON.stringify({ kept: 0, of: 1, lines: [line] })],
    );
    return id;
  }
});
