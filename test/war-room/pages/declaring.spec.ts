import { uuidv7 } from 'uuidv7';
import { useApp } from '#test/support/app';
import { aResponder, PlainBrowser } from './browser.ts';

describe('Declaring by the plain form', () => {
  const app = useApp({ roles: ['web'] });
  let bo: PlainBrowser;
  beforeAll(async () => {
    bo = await aResponder(app, 'Bo');
  });

  it('needs a title only, and leads to the room', async () => {
    const fields = PlainBrowser.hidden(await bo.open('/declare'), 'Declare');

    const declared = await bo.send('/declare', { ...fields, title: 'Search is slow' });

    expect(declared.status).toBe(303);
    const room = await bo.open(declared.to ?? '');
    expect(room.body).toContain('Search is slow');
    expect(room.body).toContain('SEV3 Minor');
    expect(room.body).toContain('declared by Bo');
  });

  it('declares one incident, however often the button is pressed', async () => {
    const fields = {
      ...PlainBrowser.hidden(await bo.open('/lite'), 'Declare'),
      title: 'Pressed twice',
      severity: 'SEV1',
      summary: 'Both\r\nlines',
    };

    const [first, second] = await Promise.all([bo.send('/declare', fields), bo.send('/declare', fields)]);

    expect(first.status).toBe(303);
    expect(second.to).toBe(first.to);
    expect((await bo.open('/lite')).body.match(/Pressed twice/g)).toHaveLength(1);
  });

  it('has what few need in a fold: the kind, who sees it, and whether somebody else decides', async () => {
    const form = await bo.open('/declare');
    expect(form.body).toContain('<details><summary>More</summary>');

    const fields = {
      ...PlainBrowser.hidden(form, 'Declare'),
      title: 'The move of the database',
      kind: 'planned',
      private: 'on',
      triage: 'on',
    };
    const room = await bo.open((await bo.send('/declare', fields)).to ?? '');

    expect(room.body).toContain('Planned work');
    expect(room.body).toContain('Those who take part only');
    expect(room.body).toMatch(/<dt>Status<\/dt><dd>triage/);
    expect(form.body).toContain('Both together: nobody else sees what is private');
    expect(room.body).toContain('no other responder can accept it');
    expect((await bo.open('/lite')).body).toMatch(/The move of the database<\/a><br><small>private, triage/);
  });

  it('keeps what was chosen in the fold, opened, when it could not be done', async () => {
    const fields = { ...PlainBrowser.hidden(await bo.open('/declare'), 'Declare'), title: ' ', kind: 'near_miss', private: 'on' };

    const { body } = await bo.send('/declare', fields);

    expect(body).toContain('<details open><summary>More</summary>');
    expect(body).toContain('<option value="near_miss" selected>');
    expect(body).toContain('name="private" checked');
    expect(body).not.toContain('name="triage" checked');
  });

  it('asks again when the form of one incident declares another', async () => {
    const fields = { ...PlainBrowser.hidden(await bo.open('/declare'), 'Declare'), title: 'One' };
    await bo.send('/declare', fields);

    const asked = await bo.send('/declare', { ...fields, title: 'Another' });
    const declared = await bo.send('/declare', { ...PlainBrowser.hidden(asked, 'Declare'), title: 'Another' });

    expect(asked.status).toBe(409);
    expect(asked.body).toContain('has declared an incident already');
    expect(asked.body).toContain('value="Another"');
    expect(declared.status).toBe(303);
  });

  it.each([
    [{ title: '   ' }, 'Say what is broken in 1 to 200 characters'],
    [{ title: 'x'.repeat(201) }, 'Say what is broken in 1 to 200 characters'],
    [{ title: 'Fine', severity: 'SEV0' }, 'There is no severity'],
    [{ title: 'Fine', summary: 'y'.repeat(3_001) }, 'at most 3000 characters'],
  ])('says why it could not, and keeps what was typed (%#)', async (typed, why) => {
    const refused = await bo.send('/declare', { key: uuidv7(), summary: 'Kept <this>', ...typed });

    expect(refused.status).toBe(400);
    expect(refused.body).toContain(why);
    expect(refused.body).toContain(`value="${typed.title}"`);
    if (!('summary' in typed)) expect(refused.body).toContain('Kept &lt;this&gt;</textarea>');
  });

  it('lists what is going on, worst first, and not what is over', async () => {
    const [critical, minor, over] = [
      await app.anIncident({ title: 'A critical one', severity: 'SEV1' }),
      await app.anIncident({ title: 'A minor one' }),
      await app.anIncident({ title: 'One that is over' }),
    ];
    await app.does(over.id, 'resolve', { learned: 'Nothing' });

    const { body } = await bo.open('/lite');

    expect(body.indexOf('A critical one')).toBeLessThan(body.indexOf('A minor one'));
    expect(body).toContain(`href="/lite/i/${critical.number}"`);
    expect(body).toContain(`href="/lite/i/${minor.number}"`);
    expect(body).not.toContain('One that is over');
  });
});
