import { uuidv7 } from 'uuidv7';
import { Sessions } from '#src/people/sessions';
import { createLink } from '#src/people/sign-in-links';
import type { TestApp } from '#test/support/app';

/** A responder with a page of their own. */
export interface Somebody {
  readonly person: { readonly id: string; readonly name: string };
  ask(method: string, path: string, body?: unknown): Promise<{ status: number; body: never }>;
  does(incident: string, type: string, body: object, id?: string): Promise<{ status: number; body: never }>;
  /** Answers the message's id. */
  says(incident: string, text: string, replyTo?: string): Promise<string>;
}

export async function somebody(app: TestApp, name: string): Promise<Somebody> {
  const token = await app.get(Sessions).signIn(await createLink(app.database, 'invitation'), name);

  const ask: Somebody['ask'] = async (method, path, body) => {
    const response = await fetch(new URL(path, app.url), {
      method,
      headers: { 'content-type': 'application/json', cookie: `muster=${token}`, 'sec-fetch-site': 'same-origin' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as never };
  };
  const does: Somebody['does'] = (incident, type, body, id = uuidv7()) =>
    ask('POST', `/api/v1/incidents/${incident}/commands`, { id, type, body });
  const { person } = (await ask('GET', '/api/v1/me')).body as { person: Somebody['person'] };
  return {
    person,
    ask,
    does,
    async says(incident, text, replyTo) {
      const id = uuidv7();
      const { status } = await does(incident, 'message', { text, ...(replyTo ? { replyTo } : {}) }, id);
      if (status !== 200) throw new Error(`posting answered ${status}`);
      return id;
    },
  };
}
