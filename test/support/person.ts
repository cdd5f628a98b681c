import { uuidv7 } from 'uuidv7';
import type { Role } from '#src/people/people.types';
import { Sessions } from '#src/people/sessions';
import { createLink } from '#src/people/sign-in-links';
import type { TestApp } from './app.ts';

interface Answer {
  readonly status: number;
  readonly body: never;
}

/** Somebody in the organisation, with a browser of their own. */
export class SomePerson {
  private constructor(
    private readonly app: TestApp,
    readonly id: string,
    readonly name: string,
    readonly cookie: string,
  ) {}

  static async of(app: TestApp, name: string, role: Exclude<Role, 'guest'> = 'responder'): Promise<SomePerson> {
    const session = await app.get(Sessions).signIn(await createLink(app.database, 'invitation'), name);
    const found = await app.get(Sessions).ofCookie(session);
    const id = found?.person.id ?? '';
    await app.database.query('update person set role = $2 where id = $1', [id, role]);
    return new SomePerson(app, id, name, `muster=${session}`);
  }

  api(method: string, path: string, body?: unknown): Promise<Answer> {
    return this.app.api(method, path, body, { authorization: '', cookie: this.cookie, 'sec-fetch-site': 'same-origin' });
  }

  async declares(facts: object = {}): Promise<{ id: string; number: string }> {
    const headers = { authorization: '', cookie: this.cookie, 'sec-fetch-site': 'same-origin', 'idempotency-key': uuidv7() };
    const { status, body } = await this.app.api('POST', '/api/v1/incidents', { title: 'Checkout is failing', ...facts }, headers);
    if (status !== 201) throw new Error(`declaring answered ${status}: ${JSON.stringify(body)}`);
    return body;
  }

  does(incident: string, type: string, body: object, id: string = uuidv7()): Promise<Answer> {
    return this.api('POST', `/api/v1/incidents/${incident}/commands`, { id, type, body });
  }
}
