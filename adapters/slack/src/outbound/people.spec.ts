import { SlackClient } from '../slack-client.ts';
import { slackLogger } from '../slack-logger.ts';
import { SlackPeople } from './people.ts';

/** As users.info shows somebody of the workspace: https://docs.slack.dev/reference/objects/user-object */
const SPENGLER = {
  id: 'W012A3CDE',
  team_id: 'T012AB3C4',
  name: 'spengler',
  deleted: false,
  is_bot: false,
  profile: { display_name: 'spengler', real_name: 'Egon Spengler', email: 'spengler@ghostbusters.example.com' },
};

describe('Whose mail it is, as Slack says', () => {
  const verifiedOf = async (marks: object): Promise<unknown> => {
    const client = new SlackClient({
      token: 'xoxb-none',
      apiUrl: 'https://slack.example.test/api/',
      fetch: () => Promise.resolve(Response.json({ ok: true, user: { ...SPENGLER, ...marks } })),
      logger: slackLogger({ debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }),
    });
    const found = await new SlackPeople(client, 'slack').find({ id: SPENGLER.id }, SPENGLER.team_id, AbortSignal.timeout(5_000));
    return found.outcome === 'done' ? found.value[0]?.email : found;
  };
  const address = SPENGLER.profile.email;

  it('is theirs when Slack says that they confirmed it', async () => {
    expect(await verifiedOf({ is_email_confirmed: true })).toEqual({ address, verified: true });
  });

  it.each([
    ['says nothing of it', {}],
    ['says that they did not', { is_email_confirmed: false }],
    ['says so of a guest', { is_email_confirmed: true, is_restricted: true }],
    ['says so of a guest of one channel', { is_email_confirmed: true, is_ultra_restricted: true }],
    ['says so of somebody of another workspace', { is_email_confirmed: true, is_stranger: true }],
  ])('is not known to be theirs when Slack %s', async (_what, marks) => {
    expect(await verifiedOf(marks)).toEqual({ address, verified: false });
  });
});
