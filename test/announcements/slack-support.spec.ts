import { asRead } from '#adapters/slack/test/as-read';
import type { SlackMessage, SlackSimulator } from '#adapters/slack/simulator/types';
import { useApp } from '#test/support/app';
import { joinSlack, shown, slackPlatform } from '#test/support/slack';
import { until } from '#test/support/until';

describe('Telling support', () => {
  const app = useApp({ platforms: [slackPlatform] });
  let slack: SlackSimulator;
  let eva: string;
  let support: string;

  beforeAll(async () => {
    slack = await joinSlack(app, 'socket');
    eva = slack.addUser({ name: 'eva', realName: 'Eva Novak' }).id;
    support = slack.addChannel({ name: 'support', members: [eva, slack.app.botUserId] }).id;
    const body = { room: `https://acme.slack.com/archives/${support}`, severity: 'SEV2', kinds: ['standard'] };
    expect((await app.api('PUT', '/api/v1/announcements/slack/support', body)).status).toBe(200);
  });
  afterAll(() => slack.close());

  it('says what customers see, who leads, where to ask and when the next word comes; and once when it is over', async () => {
    const { number } = await app.anIncident({ title: 'Checkout is failing', severity: 'SEV1', summary: 'Nobody can pay by card' });
    const post = await until('the post', () => said()[0]);
    expect(words(post)).toContain('What customers see: Nobody can pay by card');
    expect(words(post)).toContain('Answer this post: it is read in the incident.');
    expect(words(post)).toContain('Next update');

    await app.does(number, 'lead', { to: 'me' });
    await app.does(number, 'update', { text: 'Cards work again for half', nextUpdateIn: 15 });
    await until('the update', () => words(said()[0]).includes('Cards work again for half'));
    await app.does(number, 'resolve', { learned: 'We test cards each hour' });

    const over = await until('that it is over', () => said()[1]);
    expect(words(over)).toContain('Checkout is failing is over. What will not happen again: We test cards each hour');
    await app.does(number, 'reopen', {});
    await until('that it goes on', () => said().length === 3 && words(said()[2]).includes('goes on again'));
    expect(said()[0]?.ts).toBe(post.ts);
  });

  it('hears what support answers, beneath the post and beneath the end', async () => {
    const [post, over] = said();
    await slack.as(eva).say(support, 'Three shops called', { threadTs: post?.ts ?? '' });
    await until('the first', async () => (await app.texts('INC-1')).length === 1);
    await slack.as(eva).say(support, 'One of them again', { threadTs: over?.ts ?? '' });

    await until('both', async () => (await app.texts('INC-1')).length === 2);
    expect(await app.texts('INC-1')).toEqual(['Three shops called', 'One of them again']);
  });

  it('says so where nobody wrote down what customers see', async () => {
    await app.anIncident({ title: 'Search is slow', severity: 'SEV2' });

    const post = await until('the post', () => said().find((one) => words(one).includes('Search is slow')));

    expect(words(post)).toContain('Search is slow (a key flow is broken: call in who can help). Nobody has written more yet');
  });

  it('says no word that had to wait, once the incident is private', async () => {
    const { number } = await app.anIncident({ title: 'Payroll is wrong', severity: 'SEV1' });
    await until('the post', () => said().find((one) => words(one).includes('Payroll is wrong')));
    slack.setFault({ kind: 'rate-limited', on: 'chat.postMessage', channel: support, retryAfter: 1 });
    await app.does(number, 'resolve', { learned: 'We check each payslip' });
    const waits = `select 1 from delivery d join announcement a using (mirror_id) join incident i on i.id = a.incident_id
      where i.reference = $1 and d.operation = 'send' and d.status = 'pending' and d.attempts > 0`;
    await until('it was refused once', async () => (await app.database.query(waits, [number])).length === 1);
    await app.does(number, 'privacy', { private: true });
    await until('the post shows nothing', () => !said().some((one) => words(one).includes('Payroll is wrong')));

    slack.clearFaults();

    const left = `select 1 from delivery d join announcement a using (mirror_id) join incident i on i.id = a.incident_id
      where i.reference = $1 and d.status in ('pending', 'sending', 'unknown')`;
    await until('nothing waits', async () => (await app.database.query(left, [number])).length === 0);
    expect(said().map(words).join()).not.toContain('payslip');
  });

  const said = (): SlackMessage[] => shown(slack, support).filter(({ thread_ts, ts }) => thread_ts === undefined || thread_ts === ts);
});

const words = (message: SlackMessage | undefined): string => (message ? asRead(message).text : '');
