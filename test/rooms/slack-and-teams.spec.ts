import { picture } from '#adapters/teams/simulator/attached';
import { TOKEN, useApp } from '#test/support/app';
import { slackPlatform } from '#test/support/slack';
import { type Everywhere, type Seen, TwoChats } from '#test/support/slack-and-teams';
import { teamsPlatform } from '#test/support/teams';
import { until } from '#test/support/until';
import { aResponder } from '#test/war-room/pages/browser';
import { type Somebody, somebody } from './somebody.ts';

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

describe('An incident that is in Slack, in Teams and in the war room at once', () => {
  const app = useApp({ roles: ['web', 'ingest', 'worker'], platforms: [slackPlatform, teamsPlatform] });
  let chats: TwoChats;
  let cy: Somebody;

  beforeAll(async () => {
    chats = await TwoChats.join(app);
    cy = await somebody(app, 'Cy Mbeki');
  }, 120_000);
  afterAll(() => chats.close());

  describe('what somebody says', () => {
    it('is read on the two other surfaces once, under their name and where they said it', async () => {
      const incident = await chats.incident();

      await incident.saysInSlack('from Slack');
      await chats.quiet();
      await incident.saysInTeams('ben', 'from Teams');
      await chats.quiet();
      await cy.says(incident.number, 'from the war room');
      await chats.quiet();

      expect(await byWhom(incident)).toEqual([
        ['Ana Ruiz', 'Slack', 'from Slack'],
        [expect.stringContaining('ben'), 'Microsoft Teams', 'from Teams'],
        ['Cy Mbeki', 'web', 'from the war room'],
      ]);
      expect(incident.inSlack().map(({ by, text }) => [by, text])).toEqual([
        [chats.ana, 'from Slack'],
        [expect.stringMatching(/ben.* \(Microsoft Teams\)$/), 'from Teams'],
        ['Cy Mbeki (web)', 'from the war room'],
      ]);
      expect(incident.inTeams().map(({ text }) => text)).toEqual([
        'Ana Ruiz (Slack)\nfrom Slack',
        'from Teams',
        'Cy Mbeki (web)\nfrom the war room',
      ]);
    });

    it('is one event and is shown once on each, whoever says how much: no copy is ever heard as a new message', async () => {
      const incident = await chats.incident();
      const before = (await app.events(incident.number)).length;

      for (let n = 0; n < 100; n++) {
        if (n % 3 === 0) await incident.saysInSlack(`message ${n}`);
        else if (n % 3 === 1) await incident.saysInTeams('ben', `message ${n}`);
        else await cy.says(incident.number, `message ${n}`);
      }
      await chats.quiet();

      const all = Array.from({ length: 100 }, (_, n) => `message ${n}`).sort();
      expect((await app.texts(incident.number)).sort()).toEqual(all);
      expect(incident.inSlack().map(lastLine).sort()).toEqual(all);
      expect(incident.inTeams().map(lastLine).sort()).toEqual(all);
      // Besides the messages only that Cy and Ben came is new: Ana was there.
      const others = (await app.events(incident.number)).slice(before).filter(({ type }) => type !== 'message.posted');
      expect(others.map(({ type }) => type)).toEqual(['participant.joined', 'participant.joined', 'participant.joined']);
    }, 120_000);

    it('stands on each surface in the order in which the room has it, but for what was said there', async () => {
      const incident = await chats.incident();
      for (let n = 0; n < 12; n++) {
        if (n % 3 === 0) await incident.saysInSlack(`line ${n}`);
        else if (n % 3 === 1) await incident.saysInTeams('ben', `line ${n}`);
        else await cy.says(incident.number, `line ${n}`);
      }
      await chats.quiet();

      for (const surface of ['slack', 'teams'] as const) {
        const { shown, said } = await incident.toldIn(surface);
        expect(said).toHaveLength(8);
        expect(shown).toEqual(said);
      }
    }, 60_000);
  });

  describe('an answer', () => {
    it('in a thread of Slack answers the same message in the room, and quotes it in Teams, where a thread has no threads', async () => {
      const incident = await chats.incident();
      await incident.saysInTeams('ben', 'is it the pool?');
      const asked = await incident.message('is it the pool?');
      await chats.quiet();

      await incident.saysInSlack('yes, shard 7', incident.inSlack()[0]?.id);
      const answer = await incident.message('yes, shard 7');
      await chats.quiet();

      expect(answer.data.replyTo).toBe(asked.id);
      const [, inTeams] = incident.inTeams();
      expect(inTeams?.text).toMatch(/^Ana Ruiz \(Slack\)\n.*ben: is it the pool\?\nyes, shard 7$/);
    });

    it('in the war room to what was said in Slack stands in its thread there, and quotes it in Teams', async () => {
      const incident = await chats.incident();
      const { ts } = await incident.saysInSlack('shall I roll back?');
      const asked = await incident.message('shall I roll back?');

      await cy.says(incident.number, 'please do', asked.id);
      await chats.quiet();

      expect(incident.inSlack().find(({ text }) => text === 'please do')?.thread).toBe(ts);
      expect(incident.inTeams().at(-1)?.text).toBe('Cy Mbeki (web)\nAna Ruiz: shall I roll back?\nplease do');
    });
  });

  describe('what is changed where it was said', () => {
    it.each<[string, (incident: Everywhere) => Promise<(text: string | null) => Promise<unknown>>]>([
      ['Slack', saidInSlack],
      ['Teams', saidInTeams],
      ['the war room', saidHere],
    ])('reads so everywhere, and goes everywhere when it is taken back: in %s', async (_where, said) => {
      const incident = await chats.incident();
      const change = await said(incident);
      await incident.message('Rolback');
      await chats.quiet();

      await change('Rollback');
      await until('the edit', async () => (await app.events(incident.number, 'message.edited')).length > 0);
      await chats.quiet();
      expect(incident.inSlack().map(lastLine)).toEqual(['Rollback']);
      expect(incident.inTeams().map(lastLine)).toEqual(['Rollback']);

      await change(null);
      await until('its end', async () => (await app.events(incident.number, 'message.deleted')).length > 0);
      await chats.quiet();
      expect(incident.inSlack()).toEqual([]);
      expect(incident.inTeams()).toEqual([]);
      const happened = (await app.events(incident.number)).filter(({ type }) => type.startsWith('message.'));
      expect(happened.map(({ type }) => type)).toEqual(['message.posted', 'message.edited', 'message.deleted']);
    });
  });

  it('is said once more on each surface when whoever took it back in Teams puts it back, with its picture', async () => {
    const incident = await chats.incident();
    const { teams } = chats.teams;
    const message = await incident.saysInTeams('ben', 'it is the pool', [picture(PNG)]);
    await until('its picture', async () => (await app.events(incident.number, 'file.added')).length > 0);
    await chats.quiet();
    await incident.isTold(teams.remove('ben', message));
    await until('its end', async () => (await app.events(incident.number, 'message.deleted')).length > 0);
    await chats.quiet();
    expect(incident.inSlack()).toEqual([]);

    const putBack = teams.restore('ben', message);
    await incident.isTold(putBack);
    await incident.isTold(putBack);
    await until('its picture again', async () => (await app.events(incident.number, 'file.added')).length > 1);
    await chats.quiet();

    expect((await app.events(incident.number)).filter(({ type }) => type.startsWith('message.')).map(({ type }) => type)).toEqual([
      'message.posted',
      'message.deleted',
      'message.posted',
    ]);
    expect(incident.inSlack().map(lastLine)).toEqual(['it is the pool']);
    expect(incident.inTeams().map(({ text }) => text)).toEqual(['it is the pool']);

    await incident.isTold(teams.edit('ben', message, 'it was the pool'));
    await until('the edit', async () => (await app.events(incident.number, 'message.edited')).length > 0);
    await chats.quiet();
    expect(incident.inSlack().map(lastLine)).toEqual(['it was the pool']);
  });

  describe('a reaction', () => {
    it('in Slack to what was said in Teams is read in the room, once, and one from the room is shown in Slack', async () => {
      const incident = await chats.incident();
      await incident.saysInTeams('ben', 'it is back');
      const { id } = await incident.message('it is back');
      await chats.quiet();
      const ts = incident.inSlack()[0]?.id ?? '';

      await chats.slack.as(chats.ana).react(incident.channel, ts, 'tada');
      await until('it is heard', async () => (await app.events(incident.number, 'message.reacted')).length > 0);
      await cy.does(incident.number, 'react', { messageId: id, emoji: '+1', on: true });
      await chats.quiet();

      const [{ reactions = [] } = {}] = chats.slack.messages(incident.channel).filter((message) => message.ts === ts);
      expect(reactions.map(({ name, users }) => [name, users])).toEqual([
        ['tada', [chats.ana]],
        ['+1', [chats.slack.app.botUserId]],
      ]);
      const reacted = await app.events(incident.number, 'message.reacted');
      expect(reacted.map(({ by, via }) => [by?.name, via.id])).toEqual([
        ['Ana Ruiz', 'slack'],
        ['Cy Mbeki', 'web'],
      ]);
    });
  });

  it('shows in Slack how somebody in Teams reacts to what was said in Slack, and not in Teams again', async () => {
    const incident = await chats.incident();
    const { ts } = await incident.saysInSlack('rolled back');
    await chats.quiet();
    const { teams } = chats.teams;
    const copy = teams.conversations.of(chats.teams.channel).messages.find(({ id }) => id === incident.inTeams()[0]?.id);
    if (!copy) throw new Error('Teams has no copy of it');

    await incident.isTold(teams.react('ben', copy, 'like'));
    await until('it is heard', async () => (await app.events(incident.number, 'message.reacted')).length > 0);
    await chats.quiet();

    const [{ reactions = [] } = {}] = chats.slack.messages(incident.channel).filter((message) => message.ts === ts);
    expect(reactions.map(({ name, users }) => [name, users])).toEqual([['+1', [chats.slack.app.botUserId]]]);
    expect((await app.events(incident.number, 'message.reacted')).map(({ by, via }) => [by?.name, via.id])).toEqual([['ben', 'teams']]);
  });

  describe('a file', () => {
    it('that somebody adds in Slack is kept in the room, and in Teams is a line with the way to it', async () => {
      const incident = await chats.incident();

      const bytes = Buffer.from('ERROR pool exhausted');
      await chats.slack
        .as(chats.ana)
        .share(incident.channel, [{ name: 'app.log', mimetype: 'text/plain', bytes }], { text: 'look at this' });
      await until('it is kept', async () => (await app.events(incident.number, 'file.added')).length > 0);
      await chats.quiet();

      const [words, file] = incident.inTeams();
      expect(words?.text).toBe('Ana Ruiz (Slack)\nlook at this');
      expect(file?.text).toContain('Ana Ruiz (Slack) added app.log (text, 20 bytes)');
      expect(file?.links).toContain(`${app.url}/i/${incident.number}`);
      expect(chats.slack.messages(incident.channel).filter(({ files }) => files)).toHaveLength(1);
      expect(incident.inSlack()).toEqual([]);
    });

    it('that somebody pastes in Teams is kept in the room, and is a picture in Slack', async () => {
      const incident = await chats.incident();

      await incident.saysInTeams('ben', 'look at this', [picture(PNG)]);
      await until('it is kept', async () => (await app.events(incident.number, 'file.added')).length > 0);
      await chats.quiet();

      const [added] = await app.events(incident.number, 'file.added');
      expect(added).toMatchObject({ by: { name: 'ben' }, via: { id: 'teams' }, data: { name: 'picture.png', mediaType: 'image/png' } });
      expect(chats.slack.files().map(({ name, size }) => [name, size])).toContainEqual(['picture.png', PNG.length]);
      expect(incident.inSlack().map(lastLine)).toEqual(['look at this']);
      expect(incident.inTeams().map(({ text }) => text)).toEqual(['look at this']);
    });

    it('that somebody adds in the war room is a file in Slack, and in Teams a line with the way to it', async () => {
      const incident = await chats.incident();

      const response = await fetch(`${app.url}/api/v1/incidents/${incident.number}/files?name=graph.log`, {
        method: 'POST',
        headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/octet-stream' },
        body: new Uint8Array(Buffer.from('p99')),
      });
      expect(response.status).toBe(201);
      await until('it is heard of', async () => (await app.events(incident.number, 'file.added')).length > 0);
      await chats.quiet();

      expect(chats.slack.files().map(({ name }) => name)).toContain('graph.log');
      expect(incident.inTeams().map(({ text, links }) => [text.includes('added graph.log'), links])).toEqual([
        [true, [`${app.url}/i/${incident.number}`]],
      ]);
    });
  });

  describe('somebody with an account in each', () => {
    it('is one author after the code from the one was written in the other, and is called natively in each, wherever they were named', async () => {
      const incident = await chats.incident();
      await incident.saysInTeams('anna', 'this is I');
      await chats.slack.as(chats.ana).command('/incident', 'this-is-me', incident.channel);
      const code = await until('the code', () => {
        const [words] = chats.slack.as(chats.ana).ephemerals(incident.channel).slice(-1);
        return /Your code is (\S+),/.exec(words?.text ?? JSON.stringify(words?.blocks ?? ''))?.[1];
      });
      const { teams } = chats.teams;
      await incident.isTold(teams.call('anna', chats.teams.channel, `this-is-me ${code}`, incident.root));
      await until('they are one', async () => (await app.database.query('select 1 from person_join')).length > 0);

      await incident.saysInSlack('by Slack');
      await incident.saysInTeams('anna', 'by Teams');
      await cy.says(incident.number, '@Ana Ruiz could you look?');
      await chats.quiet();

      const said = await incident.inWarRoom();
      const [bySlack, byTeams] = ['by Slack', 'by Teams'].map((text) => said.find(({ data }) => data.text === text)?.by);
      expect(byTeams).toEqual(bySlack);
      expect(incident.inSlack().find(({ text }) => text === 'by Teams')?.by).toBe('Ana Ruiz (Microsoft Teams)');
      const asked = (seen: readonly Seen[]): Seen | undefined => seen.find(({ text }) => text.endsWith('could you look?'));
      expect(asked(incident.inSlack())?.pinged).toEqual([chats.ana]);
      expect(asked(incident.inTeams())?.pinged).toEqual(['29:anna']);

      const { message, told } = teams.say('ben', chats.teams.channel, 'is it the pool?', { thread: incident.root, calls: ['anna'] });
      expect(message.text).toBe('anna is it the pool?');
      await incident.isTold(told);
      await chats.quiet();
      expect(incident.inSlack().at(-1)?.pinged).toEqual([chats.ana]);
      await incident.saysInSlack('whoever wants me, @ana is me');
      await chats.quiet();
      expect(incident.inTeams().at(-1)?.pinged).toEqual(['29:anna']);
    });
  });

  it('shows of each message where it has been heard, to pages and in the plain room', async () => {
    const incident = await chats.incident();
    await incident.saysInSlack('heard by all');
    const { id, seq } = await incident.message('heard by all');
    await chats.quiet();

    const heard = (await app.api('GET', `/api/v1/incidents/${incident.number}/messages/${id}/heard`)).body as { chats: object[] };
    expect(heard.chats).toMatchObject([
      { surface: { name: 'Microsoft Teams' }, state: 'there' },
      { surface: { name: 'Slack' }, state: 'there' },
    ]);
    const page = (await (await aResponder(app, 'Dee')).open(`/lite/i/${incident.number}/m/${seq}`)).body.replace(/<[^>]*>/g, '');
    expect(page).toMatch(/In Microsoft Teams: yes, \d\d:\d\d/);
    expect(page).toMatch(/In Slack: yes, \d\d:\d\d/);
  });

  async function byWhom(incident: Everywhere): Promise<unknown[]> {
    return (await incident.inWarRoom()).map(({ by, via, data }) => [by?.name, via.name, data.text]);
  }

  type Change = (text: string | null) => Promise<unknown>;
  async function saidInSlack(incident: Everywhere): Promise<Change> {
    const { ts } = await incident.saysInSlack('Rolback');
    const ana = chats.slack.as(chats.ana);
    return (text) => (text === null ? ana.remove(incident.channel, ts) : ana.edit(incident.channel, ts, text));
  }
  async function saidInTeams(incident: Everywhere): Promise<Change> {
    const message = await incident.saysInTeams('ben', 'Rolback');
    const { teams } = chats.teams;
    return (text) => incident.isTold(text === null ? teams.remove('ben', message) : teams.edit('ben', message, text));
  }
  async function saidHere(incident: Everywhere): Promise<Change> {
    const messageId = await cy.says(incident.number, 'Rolback');
    return (text) => cy.does(incident.number, text === null ? 'delete' : 'edit', { messageId, ...(text === null ? {} : { text }) });
  }
});

const lastLine = ({ text }: Seen): string => text.split('\n').at(-1) ?? '';
