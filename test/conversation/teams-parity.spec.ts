import { asRead } from '#adapters/teams/test/as-read';
import type { KeptMessage } from '#adapters/teams/simulator/conversations';
import { Verbs } from '#src/conversation/verbs.service';
import { useApp } from '#test/support/app';
import { SomePerson } from '#test/support/person';
import { JoinedTeams, teamsPlatform } from '#test/support/teams';
import { until } from '#test/support/until';
import { BESIDE } from '../../scripts/docs/commands-page.mjs';

/** What ends the others: nothing is heard of a chat that somebody says is down. */
const LAST = ['chat-down', 'chat-back'];
const VERBS = [...Object.keys(BESIDE).filter((name) => !LAST.includes(name)), ...LAST];

/** Where the last lines are buttons in a chat that has them. */
const BY_BUTTONS = ['what-goes-on', 'what-now'];

/** Only the words: which incident it is, how a command is written there, and codes that are drawn are another every time. */
const wordsOf = (answer: string): string =>
  answer
    .replaceAll(/INC-\d+/g, 'INC')
    .replaceAll(/DRILL-\d+/g, 'DRILL')
    .replaceAll(/https?:\/\/\S+/g, ' ')
    .replaceAll(/@Muster |\//g, ' ')
    .replaceAll(/\b[A-Z0-9]{4}-[A-Z0-9]{4}\b/g, 'code')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const FIRST_WORDS = 40;

const exampleOf = (verb: string): string => (BESIDE as Record<string, { readonly example: string }>)[verb]?.example ?? '';

describe('Every word that the war room takes', () => {
  const app = useApp({ roles: ['web', 'ingest', 'worker'], platforms: [teamsPlatform] });
  let teams: JoinedTeams;

  beforeAll(async () => {
    teams = await JoinedTeams.join(app, { inThreads: true });
    await until('the tenant is known', async () => (await app.database.query('select 1 from chat_tenant')).length > 0);
    await SomePerson.of(app, 'Ana Ruiz');
    // Mia says in Teams what an admin says in the war room.
    teams.teams.people.introduce('mia', {});
    await teams.tells(teams.teams.sayAlone('mia', 'help').told);
    await until('Mia is known', () =>
      app.database.query(`update person set role = 'admin' where name = 'mia' returning id`).then((found) => found.length > 0),
    );
  }, 120_000);
  afterAll(() => teams.teams.close());

  it('is tried here, with the very examples of docs/commands.md', () => {
    expect(VERBS.toSorted()).toEqual(
      app
        .get(Verbs)
        .all()
        .map(({ name }) => name)
        .toSorted(),
    );
  });

  it.each(VERBS)(
    'is taken in Teams, and answered with the same words: %s',
    async (name) => {
      const isAlone = isForThemAlone(name);
      const [here, there] = [await anIncidentFor(name), await anIncidentFor(name)];
      // There is one drill at a time, and both are told so.
      if (name === 'drill') await app.does(there.number, 'command', { text: `/${there.example}` });
      const expected = wordsOf(await saidInTheWarRoom(there.number, there.example));

      const { told } = isAlone
        ? teams.teams.sayAlone('mia', here.example)
        : teams.teams.say('mia', teams.channel, here.example, { toUs: true, thread: (await threadOf(here)).id });
      expect((await teams.tells(told)).status).toBe(200);

      const place = isAlone ? teams.teams.conversations.personalOf('mia').id : teams.channel;
      const answers = (): string[] =>
        teams.teams.conversations
          .of(place)
          .messages.filter(({ from, id }) => from === 'us' && Number(id) > Number(told['id']))
          .map((message) => wordsOf(asRead(message).text));
      const isIt = (answer: string): boolean =>
        answer === expected ||
        answer === `Nothing to change ${expected}` ||
        (BY_BUTTONS.includes(name) && answer.startsWith(expected.slice(0, FIRST_WORDS)));
      await until('the answer', () => answers().some(isIt)).catch(() => undefined);
      expect(answers().some(isIt) ? [expected] : answers()).toEqual([expected]);
    },
    60_000,
  );

  function isForThemAlone(name: string): boolean {
    const { forThemAlone = false } = app.get(Verbs).get(name)!;
    if (typeof forThemAlone === 'boolean') return forThemAlone;
    return forThemAlone(exampleOf(name).slice(name.length).trim());
  }

  let count = 0;

  async function anIncidentFor(verb: string): Promise<{ number: string; title: string; example: string }> {
    const title = `Trouble ${(count += 1)} z`;
    const { number } = await app.anIncident({ title, triage: verb === 'accept' || verb === 'decline' });
    if (verb === 'reopen') await app.does(number, 'resolve', { learned: 'Nothing yet' });
    const another = exampleOf(verb).includes('INC-1') ? (await app.anIncident({ private: verb === 'let-in' })).number : '';
    return { number, title, example: exampleOf(verb).replace('INC-1', another) };
  }

  async function saidInTheWarRoom(incident: string, example: string): Promise<string> {
    const { status, body } = await app.does(incident, 'command', { text: `/${example}` });
    if (!example.startsWith('drill')) expect({ example, status }).toEqual({ example, status: 200 });
    const { say, detail } = body as { say?: string; detail?: string };
    return say ?? detail ?? '';
  }

  /** Once Muster knows of it. */
  async function threadOf({ number, title }: { number: string; title: string }): Promise<KeptMessage> {
    await until('its room is open', async () => (await app.events(number, 'mirror.opened')).length > 0);
    const { messages } = teams.teams.conversations.of(teams.channel);
    return messages.find((message) => message.from === 'us' && message.thread === message.id && asRead(message).text.includes(title))!;
  }
});
