import { asRead } from '#adapters/slack/test/as-read';
import type { SlackMessage, SlackSimulator } from '#adapters/slack/simulator/types';
import { useApp } from '#test/support/app';
import { joinSlack, slackPlatform } from '#test/support/slack';
import { until } from '#test/support/until';

describe('Muster’s page under Home in Slack', () => {
  const app = useApp({ platforms: [slackPlatform] });
  let slack: SlackSimulator;
  let ana: string;
  let bo: string;

  beforeAll(async () => {
    slack = await joinSlack(app, 'http');
    ana = slack.addUser({ name: 'ana', realName: 'Ana Ruiz' }).id;
    bo = slack.addUser({ name: 'bo', realName: 'Bo Lindqvist' }).id;
  });
  afterEach(() => slack.clearFaults());
  afterAll(() => slack.close());

  it('says that nothing goes on, and declares by its button', async () => {
    await slack.as(ana).openHome();
    await until('the page', () => page(ana).includes('No incident goes on'));

    const { id } = slack.as(ana).home()!;
    await slack.as(ana).pressInView(id, 'declare');
    const form = await until('the form', () => slack.as(ana).views()[0]);
    await slack.as(ana).submit(form.id, { title: 'Checkout is failing' });

    await until('it is declared', async () => (await app.api('GET', '/api/v1/incidents/INC-1')).status === 200);
  });

  it('shows what goes on when it is opened again, with its room, and what waits for whoever leads it', async () => {
    await app.database.query(`update incident set lead_id = declared_by where reference = 'INC-1'`);
    await app.database.query(`update event set at = at - interval '2 hours' where type = 'incident.declared'`);
    await until('Muster knows of its room', async () => (await app.events('INC-1', 'mirror.opened')).length === 1);
    const channel = slack.channels().find(({ name }) => name.startsWith('inc-1'))!;

    await slack.as(ana).openHome();

    await until('the incident', () => page(ana).includes('INC-1 Checkout is failing · SEV3, investigating · led by Ana Ruiz'));
    expect(page(ana)).toMatch(/INC-1 Checkout is failing: an update was due at/);
    expect(JSON.stringify(slack.as(ana).home())).toContain(channel.id);
  });

  it('shows nobody what they may not see, nor that it is there', async () => {
    const { number } = await app.anIncident({ title: 'Payroll leaks', private: true });

    await slack.as(bo).openHome();

    await until('the page', () => page(bo).includes('INC-1'));
    expect(JSON.stringify(slack.as(bo).home())).not.toMatch(new RegExp(`Payroll|${number}|more`));
    expect(page(bo)).toContain('Nothing.');
  });

  it('is shown as soon as Slack allows, as things are then', async () => {
    slack.setFault({ kind: 'rate-limited', on: 'views.publish', retryAfter: 1 });
    await slack.as(bo).openHome();
    await until('refused once', () => slack.calls().some(({ method, outcome }) => method === 'views.publish' && outcome !== 'ok'));

    await app.does('INC-1', 'rename', { title: 'Checkout fails for all' });
    slack.clearFaults();

    await until('the page', () => page(bo).includes('Checkout fails for all'));
  });

  it('has room for what a hundred blocks hold, and says how much more there is', async () => {
    for (let n = 0; n < 17; n++) await app.anIncident({ title: `Something <!channel> ${n}` });

    await slack.as(bo).openHome();

    await until('the page', () => page(bo).includes('more.'));
    expect(page(bo)).toContain('And 3 more. All incidents are in the war room.');
    expect(page(bo)).toContain('Something <!channel>');
    expect(slack.as(bo).home()?.blocks.length).toBeLessThanOrEqual(100);
  });

  it('knows whoever leads by another account of theirs', async () => {
    const people = await app.database.query<{ id: string }>('select person_id as id from account where native_user = any($1)', [[ana, bo]]);
    const joined = await app.api('POST', '/api/v1/people/joins', { one: people[0]?.id, other: people[1]?.id });

    await slack.as(bo).openHome();

    await until('what waits for them', () => /INC-1 Checkout fails for all: an update was due at/.test(page(bo)));
    expect(joined.status).toBe(204);
  });

  const page = (user: string): string => {
    const view = slack.as(user).home();
    return view ? asRead({ text: '', blocks: view.blocks } as unknown as SlackMessage).text : '';
  };
});
