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
    expect(await listed.json()).toEqual({ incidents: [] });
    expect((await fetch(`${app.url}/api/v1/incidents/INC-1`, { headers: { cookie: `muster=${session}` } })).status).toBe(404);
  });

  it('cannot become a responder by their link', async () => {
    const link = await createLink(app.database, 'practice');

    await expect(app.get(Sessions).signIn(link, 'Mallory')).rejects.toBeInstanceOf(LinkNotUsable);
  });
});
