import { SLACK_API } from './slack-config.ts';
import { SLACK_STATUS, readStatus, slackStatusFeed } from './slack-status-feed.ts';

/** As https://docs.slack.dev/reference/slack-status-api has it, with words of our own. */
const current = (...incidents: readonly object[]): string =>
  JSON.stringify({
    status: 'active',
    date_created: '2026-03-01T03:00:00-08:00',
    date_updated: '2026-03-01T03:00:00-08:00',
    active_incidents: incidents.map((incident) => ({
      id: '1',
      type: 'incident',
      status: 'active',
      url: 'https://slack-status.com/2026-03/1',
      services: ['Messaging'],
      notes: [],
      ...incident,
    })),
  });

describe('Reading what Slack says of itself', () => {
  it('finds nothing wrong where Slack says that all is well', () => {
    expect(readStatus('{"status":"ok","date_created":"2026-03-01T03:00:00-08:00","active_incidents":[]}')).toEqual([]);
  });

  it('finds what is wrong, and where to read on, the worst first', () => {
    const body = current({ title: 'Slow', type: 'notice' }, { title: 'Down', type: 'outage' }, { title: 'New', type: 'something new' });

    expect(readStatus(body)).toEqual([
      { title: 'Down', href: 'https://slack-status.com/2026-03/1' },
      { title: 'New', href: 'https://slack-status.com/2026-03/1' },
      { title: 'Slow', href: 'https://slack-status.com/2026-03/1' },
    ]);
  });

  it('leaves out what is planned, and what explains no trouble of ours', () => {
    const body = current(
      { title: 'Planned', status: 'scheduled' },
      { title: 'Huddles', services: ['Huddles', 'Search'] },
      { title: 'Both', services: ['Huddles', 'Apps/Integrations/APIs'] },
      { title: 'Of a service that is new', services: ['Telepathy'] },
      { title: 'Of everything', services: [] },
    );

    expect(readStatus(body)?.map(({ title }) => title)).toEqual(['Both', 'Of a service that is new', 'Of everything']);
  });

  it.each([
    '',
    'not found',
    '{"status":"ok"',
    '{"status":"maintenance"}',
    '{"status":"active"}',
    '{"status":"active","active_incidents":[{}]}',
  ])('knows nothing by %j', (body) => {
    expect(readStatus(body)).toBeNull();
  });

  it('asks Slack’s own page of Slack itself, and of a pretend one only what somebody names', () => {
    const asked = (apiUrl: string, statusUrl?: string) => slackStatusFeed({ apiUrl, statusUrl })?.address();

    expect([
      asked(SLACK_API),
      asked(SLACK_API, 'off'),
      asked('http://127.0.0.1:1/api/'),
      asked('http://127.0.0.1:1/api/', 'http://127.0.0.1:2/'),
    ]).toEqual([SLACK_STATUS, undefined, undefined, 'http://127.0.0.1:2/']);
  });
});
