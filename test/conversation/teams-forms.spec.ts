import type { Activity } from '#adapters/teams/simulator/activities';
import type { KeptMessage } from '#adapters/teams/simulator/conversations';
import type { IncidentView } from '#libs/war-room-protocol/views';
import { useApp } from '#test/support/app';
import { JoinedTeams, teamsPlatform } from '#test/support/teams';
import { until } from '#test/support/until';

interface Dialog {
  readonly task: {
    readonly type: string;
    readonly value: { readonly title: string; readonly card: { readonly content: { readonly body: Activity[] } } };
  };
}

describe('Asking in Teams, where a form opens from a button alone', () => {
  const app = useApp({ roles: ['web', 'ingest', 'worker'], platforms: [teamsPlatform] });
  let teams: JoinedTeams;
  let room: string;

  beforeAll(async () => {
    teams = await JoinedTeams.join(app);
    room = teams.teams.conversations.add('general', 'channel').id;
  }, 120_000);
  afterAll(() => teams.teams.close());

  it('declares by one line, and answers beneath it', async () => {
    const answer = await asked('Checkout is failing');

    expect(wordsOf(answer)).toContain('INC-1 is declared');
    expect(wordsOf(answer)).toContain(`${app.url}/i/INC-1`);
    expect(await incident('INC-1')).toMatchObject({ title: 'Checkout is failing', declaredBy: { name: 'mia' } });
  });

  it('offers a button for the form, opens it by the press, says in it what is missing, and declares', async () => {
    const offer = await asked('declare');
    expect(wordsOf(offer)).toContain('Declare an incident');
    expect(wordsOf(offer)).toContain('@Muster declare <what is broken>');

    const form = await dialogOf(teams.teams.press('ben', offer, 'declare'));
    expect(form.task).toMatchObject({ type: 'continue', value: { title: 'Declare an incident' } });

    const again = await dialogOf(teams.teams.submit('ben', room, filledIn(form, { title: '  ', summary: 'Since noon' })));
    expect(again.task).toMatchObject({ type: 'continue', value: { title: 'Declare an incident' } });
    expect(JSON.stringify(again)).toContain('Say what is broken in 1 to 200 characters.');
    expect(JSON.stringify(again)).toContain('Since noon');

    const done = await teams.tells(teams.teams.submit('ben', room, filledIn(again, { title: 'Search is slow', severity: 'SEV2' })));
    expect(done.body).toMatchObject({ task: { type: 'message', value: expect.stringContaining('INC-2 is declared') as string } });
    expect(await incident('INC-2')).toMatchObject({ title: 'Search is slow', severity: 'SEV2', declaredBy: { name: 'ben' } });
  });

  it('says what can be written as it is written there', async () => {
    expect(wordsOf(await asked('help'))).toContain('@Muster declare <what is broken>');
  });

  it('answers nothing in the open that is for one person’s eyes', async () => {
    const answer = wordsOf(await asked('find Checkout'));

    expect(answer).toContain('Everybody here would read the answer');
    expect(answer).not.toContain('INC-1');
  });

  it('takes a line once that is told three times', async () => {
    const before = await howMany();
    const line = teams.teams.call('mia', room, 'Only one of these');

    await Promise.all([1, 2, 3].map(() => teams.tells(line)));
    await until('the answer', () => teams.answers(room, String(line['id'])).length > 0);

    expect(await howMany()).toBe(before + 1);
    expect(teams.answers(room, String(line['id']))).toHaveLength(1);
  });

  it('acts once on a form that Teams sends again under new ids', async () => {
    const form = await dialogOf(teams.teams.press('ben', await asked('declare'), 'declare'));
    const before = await howMany();
    const sent = filledIn(form, { title: 'Payments are slow', severity: 'SEV3' });

    const [first, ...again] = [await submitted(sent), await submitted(sent), await submitted(sent)];

    expect(first?.body).toMatchObject({ task: { type: 'message', value: expect.stringContaining('is declared') as string } });
    expect(again.map(({ status }) => status)).toEqual([200, 200]);
    expect(await howMany()).toBe(before + 1);
  });

  it('does nothing where it is only spoken of', async () => {
    const before = await howMany();
    await teams.tells(teams.teams.say('mia', room, 'Muster told us so yesterday').told);
    await asked('help');
    expect(await howMany()).toBe(before);
  });

  /** What is said beneath a line to the bot. */
  async function asked(line: string): Promise<KeptMessage> {
    const told = teams.teams.call('mia', room, line);
    expect((await teams.tells(told)).status).toBe(200);
    return until('the answer', () => teams.answers(room, String(told['id']))[0]);
  }

  /** With an id of its own each time. */
  const submitted = (data: Activity): ReturnType<JoinedTeams['tells']> => teams.tells(teams.teams.submit('ben', room, data));

  async function dialogOf(activity: Activity): Promise<Dialog> {
    return (await teams.tells(activity)).body as Dialog;
  }

  /** What the dialog's button sends back, with what was typed. */
  function filledIn({ task }: Dialog, typed: Activity): Activity {
    const elements = task.value.card.content.body as { actions?: { data: Activity }[] }[];
    return { ...elements.flatMap(({ actions }) => actions ?? [])[0]?.data, ...typed };
  }

  const wordsOf = ({ activity }: KeptMessage): string => JSON.stringify(activity);

  async function incident(name: string): Promise<IncidentView> {
    return (await app.api('GET', `/api/v1/incidents/${name}`)).body;
  }

  async function howMany(): Promise<number> {
    return (await app.database.query('select 1 from incident')).length;
  }
});
