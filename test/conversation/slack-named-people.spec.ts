import type { SlackSimulator } from '#adapters/slack/simulator/types';
import type { IncidentView, Participant, RoomSnapshot } from '#libs/war-room-protocol/views';
import { useApp } from '#test/support/app';
import { joinSlack, shown, slackPlatform } from '#test/support/slack';
import { until } from '#test/support/until';

describe.each([
  ['with ids in place of names', true],
  ['as it was typed', false],
])('A person named in a command that Slack sends %s', (_, escapeCommands) => {
  const app = useApp({ platforms: [slackPlatform] });
  let slack: SlackSimulator;
  let ana: string;
  let channel: string;

  beforeAll(async () => {
    slack = await joinSlack(app, 'http', 50, { escapeCommands });
    ana = slack.addUser({ name: 'ana.r', realName: 'Ana Ruiz', displayName: 'Ana' }).id;
    slack.addUser({ name: 'bo.l', realName: 'Bo Lindqvist', displayName: 'Bo Lindqvist' });
    const general = slack.addChannel({ name: 'general', members: [ana, slack.app.botUserId] }).id;
    await slack.as(ana).command('/incident', 'Checkout is failing', general);
    channel = (await until('the channel', () => slack.channels().find(({ name }) => name.startsWith('inc-1')))).id;
    await until('the card', () => shown(slack, channel).length > 0);
    await app.database.query(`update person set role = 'responder' where name = 'Ana'`);
  });
  afterAll(() => slack.close());

  it('is that person, though they never spoke and are called otherwise', async () => {
    expect(await say('lead @bo.l')).toContain('Bo Lindqvist leads');
    expect((await incident()).lead).toMatchObject({ name: 'Bo Lindqvist' });
  });

  it('is the one of two who are called the same', async () => {
    const chris = { realName: 'Chris Park', displayName: 'Chris' };
    slack.addUser({ name: 'chris.one', ...chris });
    const two = slack.addUser({ name: 'chris.two', ...chris }).id;
    await say('add @chris.one');

    await say('role comms @chris.two');

    const { people, roles } = await snapshot();
    const comms = roles.find(({ key }) => key === 'comms')?.holder;
    expect(people.filter(({ name }) => name === 'Chris')).toHaveLength(2);
    expect(comms).toMatchObject({ name: 'Chris' });
    expect(await accountOf(comms?.id)).toBe(two);
  });

  it('is asked for when a name is written that two have', async () => {
    expect(await say('lead Chris')).toContain('2 people are called "Chris"');
  });

  it('is nobody when nobody has that handle', async () => {
    expect(await say('lead @nobody.here')).toContain('Nobody here is called "@nobody.here"');
  });

  it('is let in though their name ends with a word of ours', async () => {
    slack.addUser({ name: 'sky.one', realName: 'Sky One', displayName: 'Sky observer' });
    slack.addUser({ name: 'sky.two', realName: 'Sky Two', displayName: 'Sky' });

    await say('add @sky.one');

    const called = (await snapshot()).people.filter(({ name }) => name.startsWith('Sky'));
    expect(called).toMatchObject([{ name: 'Sky observer', observer: false }]);
  });

  it('is refused a role once their account is deactivated, and an app always: they may be sent out', async () => {
    const gil = slack.addUser({ name: 'gil', realName: 'Gil Ode', displayName: 'Gil Ode' }).id;
    await say('lead @gil');
    slack.deactivate(gil);
    const changes = (await app.events('INC-1', 'incident.lead-changed')).length;

    for (const line of ['lead @gil', 'role comms @gil', 'add @gil'])
      expect(await say(line)).toMatch(/@?\w+ is deactivated here: nobody would/);
    expect(await say(`lead @${slack.users().find(({ id }) => id === slack.app.botUserId)?.name ?? ''}`)).toContain(
      'is an app, and no person',
    );

    expect(await app.events('INC-1', 'incident.lead-changed')).toHaveLength(changes);
    expect(await say('remove @gil')).toContain('Gil Ode takes no part any more.');
  });

  it('takes part by a form in which they were picked', async () => {
    const zoe = slack.addUser({ name: 'zoe', realName: 'Zoe Adler', displayName: 'Zoe A.' }).id;
    await slack.as(ana).command('/incident', 'add', channel);
    const view = await until('the form', () => slack.as(ana).views()[0]);

    await slack.as(ana).submit(view.id, { person: zoe, as: 'observer' });

    const isZoe = ({ name, observer }: Participant): boolean => name === 'Zoe A.' && observer;
    await until('Zoe', async () => (await snapshot()).people.some(isZoe));
  });

  async function say(line: string): Promise<string> {
    const said = await slack.as(ana).command('/incident', line, channel);
    return said.ephemerals.map(({ text }) => text).join();
  }

  async function incident(): Promise<IncidentView> {
    return (await app.api('GET', '/api/v1/incidents/INC-1')).body;
  }

  async function snapshot(): Promise<RoomSnapshot> {
    return (await app.api('GET', '/api/v1/incidents/INC-1/snapshot')).body;
  }

  async function accountOf(person: string | undefined): Promise<string | undefined> {
    const [account] = await app.database.query<{ native_user: string }>('select native_user from account where person_id = $1', [person]);
    return account?.native_user;
  }
});

describe('Words of a command that name somebody', () => {
  const app = useApp({ platforms: [slackPlatform] });
  let slack: SlackSimulator;

  beforeAll(async () => {
    slack = await joinSlack(app, 'http');
  });
  afterAll(() => slack.close());

  it('call them by their name wherever they are read', async () => {
    const ana = slack.addUser({ name: 'ana.r', realName: 'Ana Ruiz', displayName: 'Ana' }).id;
    slack.addUser({ name: 'bo.l', realName: 'Bo Lindqvist', displayName: 'Bo Lindqvist' });
    const general = slack.addChannel({ name: 'general', members: [ana, slack.app.botUserId] }).id;

    await slack.as(ana).command('/incident', 'declare @bo.l cannot sign in, nor can @ana.r', general);

    expect((await app.api('GET', '/api/v1/incidents/INC-1')).body).toMatchObject({ title: '@Bo Lindqvist cannot sign in, nor can @Ana' });
  });
});
