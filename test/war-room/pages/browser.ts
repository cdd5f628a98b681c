import { gunzipSync } from 'node:zlib';
import { createLink, type Purpose } from '#src/people/sign-in-links';
import { Sessions } from '#src/people/sessions';
import type { TestApp } from '#test/support/app';

export interface Seen {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
  /** Where a redirect leads. */
  readonly to: string | null;
}

/** A browser that runs no script: it keeps a cookie, follows nothing by itself, and says where a form was sent from. */
export class PlainBrowser {
  cookie = '';
  /** Each on a machine of their own, seen through the proxy of this one. */
  private static machines = 0;
  private readonly address = `192.0.2.${(PlainBrowser.machines++ % 254) + 1}`;

  constructor(private readonly app: TestApp) {}

  open(path: string, headers: Record<string, string> = {}): Promise<Seen> {
    return this.ask('GET', path, undefined, headers);
  }

  send(path: string, fields: Record<string, string> = {}, headers: Record<string, string> = {}): Promise<Seen> {
    return this.ask('POST', path, new URLSearchParams(fields), { 'sec-fetch-site': 'same-origin', ...headers });
  }

  /** Every hidden field of the form that a button of this name sends. */
  static hidden(page: Seen, button: string): Record<string, string> {
    const form = page.body.split('<form').find((part) => part.includes(`>${button}</button>`)) ?? '';
    return Object.fromEntries(
      [...form.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
    );
  }

  private async ask(method: string, path: string, body: URLSearchParams | undefined, headers: Record<string, string>): Promise<Seen> {
    const response = await fetch(new URL(path, this.app.url), {
      method,
      redirect: 'manual',
      headers: {
        accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
        'x-forwarded-for': this.address,
        ...(this.cookie ? { cookie: this.cookie } : {}),
        ...headers,
      },
      ...(body ? { body } : {}),
    });
    const [cookie] = response.headers.getSetCookie();
    if (cookie) this.cookie = cookie.split(';')[0] ?? '';
    return { status: response.status, headers: response.headers, body: await response.text(), to: response.headers.get('location') };
  }
}

export const aLink = (app: TestApp, purpose: Purpose): Promise<string> => createLink(app.database, purpose);

/** A browser whose person has come in by an invitation. */
export async function aResponder(app: TestApp, name: string): Promise<PlainBrowser> {
  const browser = new PlainBrowser(app);
  browser.cookie = `muster=${await app.get(Sessions).signIn(await aLink(app, 'invitation'), name)}`;
  return browser;
}

export async function anAdmin(app: TestApp): Promise<PlainBrowser> {
  const browser = new PlainBrowser(app);
  browser.cookie = `muster=${await app.get(Sessions).signIn(await aLink(app, 'admin'), 'Ana')}`;
  return browser;
}

/** A browser of somebody who only practises, bound to this incident if one is given. */
export async function aGuest(app: TestApp, incidentId: string | null = null): Promise<PlainBrowser> {
  const { session, person } = await app.get(Sessions).openForPractice('You');
  if (incidentId) await app.database.query('update session set incident_id = $1 where person_id = $2', [incidentId, person.id]);
  const browser = new PlainBrowser(app);
  browser.cookie = `muster=${session}`;
  return browser;
}

/** How many bytes a page is on the line, asked for as browsers do. */
export async function bytesOnTheLine(app: TestApp, browser: PlainBrowser, path: string): Promise<{ bytes: number; body: string }> {
  const { request } = await import('node:http');
  return new Promise((resolve, reject) => {
    const asking = request(
      new URL(path, app.url),
      { headers: { accept: 'text/html', 'accept-encoding': 'gzip', cookie: browser.cookie } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const sent = Buffer.concat(chunks);
          resolve({ bytes: sent.length, body: gunzipSync(sent).toString() });
        });
      },
    );
    asking.on('error', reject).end();
  });
}
