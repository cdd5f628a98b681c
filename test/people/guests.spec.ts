import { uuidv7 } from 'uuidv7';
import { LinkNotUsable } from '#src/people/people.errors';
import { createLink } from '#src/people/sign-in-links';
import { Sessions } from '#src/people/sessions';
import { useApp } from '#test/support/app';

describe('Somebody who only practises', () => {
  const app = useApp({ roles: ['web'] });

  it('sees no real incident, also before their drill is declared', async () => {
    await app.anIncident({ title: 'A real one' });
    const { session } = await app.get(Sessions).openForPractice('You');

    const listed = await fetch(`${app.url}/api/v1/incidents`, { headers: { cookie: `muster=${session}` } });

    expect(listed.status).toBe(200);
    expect(await listed.json()).toEqual({ incidents: [], next: null, more: false });
    expect((await fetch(`${app.url}/api/v1/incidents/INC-1`, { headers: { cookie: `muster=${session}` } })).status).toBe(404);
  });

  it('sees every drill that was declared in their own pretend chat, and nobody else does', async () => {
    const [mine, stranger] = [await app.get(Sessions).openForPractice('You'), await app.get(Sessions).openForPractice('You')];
    const { id, number } = await app.anIncident({ title: 'A drill' });
    await app.database.query(`update incident set kind = 'drill', practice_instance = 'practice-1' where id = $1`, [id]);
    await app.database.query(`insert into practice (id, owner, instance) values ($1, $2, 'practice-1')`, [uuidv7(), mine.person.id]);
    const look = (path: string, { session }: { session: string }): Promise<Response> =>
      fetch(`${app.url}/api/v1/incidents${path}`, { headers: { cookie: `muster=${session}` } });

    expect((await look(`/${number}`, mine)).status).toBe(200);
    expect(await (await look('', mine)).json()).toMatchObject({ incidents: [{ number }] });
    expect((await look(`/${number}`, stranger)).status).toBe(404);
    expect(await (await look('', stranger)).json()).toEqual({ incidents: [], next: null, more: false });
  });

  it('cannot become a responder by their link', async () => {
    const link = await createLink(app.database, 'practice');

    await expect(app.get(Sessions).signIn(link, 'Mallory')).rejects.toBeInstanceOf(LinkNotUsable);
  });
});
