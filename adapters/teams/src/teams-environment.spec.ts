import { fromEnvironment } from './teams-environment.ts';

const ALL = {
  TEAMS_APP_ID: 'b0756e7c-1111-4000-8000-0123456789ab',
  TEAMS_TENANT_ID: '72f988bf-1111-4000-8000-0123456789ab',
  TEAMS_CLIENT_SECRET: ' a-secret ',
  TEAMS_CHANNEL: 'https://teams.microsoft.com/l/channel/19%3Aabc_1-x%40thread.tacv2/Incidents?groupId=1&tenantId=2',
};

describe('Teams from the environment', () => {
  it('is the registration, its secret, and the channel that the link names', () => {
    expect(fromEnvironment(ALL)).toEqual({
      config: { appId: ALL.TEAMS_APP_ID, tenantId: ALL.TEAMS_TENANT_ID, channel: ALL.TEAMS_CHANNEL },
      secrets: { client_secret: 'a-secret' },
    });
  });

  it('is a channel for each incident where that is said, with a link that names the team', () => {
    const link = ALL.TEAMS_CHANNEL.replace('groupId=1', 'groupId=57fb72d0-d811-46f4-8947-305e6072eaa5');

    expect(fromEnvironment({ ...ALL, TEAMS_CHANNEL: link, TEAMS_KIND: 'channel' })).toMatchObject({
      config: { kind: 'channel', channel: link },
    });
    expect(fromEnvironment({ ...ALL, TEAMS_KIND: 'channel' })).toEqual({
      problems: ['TEAMS_CHANNEL names no team: give the whole link, with its groupId.'],
    });
    expect(fromEnvironment({ ...ALL, TEAMS_CHANNEL: link, TEAMS_FILES: 'yes' })).toMatchObject({ config: { files: 'yes' } });
    expect(fromEnvironment({ ...ALL, TEAMS_FILES: 'yes' })).toMatchObject({ problems: [expect.stringContaining('names no team')] });
    expect(fromEnvironment({ ...ALL, TEAMS_FILES: 'perhaps' })).toEqual({ problems: ['TEAMS_FILES is neither yes nor no.'] });
    expect(fromEnvironment({ ...ALL, TEAMS_KIND: 'room' })).toEqual({
      problems: ['TEAMS_KIND is none of what an incident can be in Teams: thread, channel, chat.'],
    });
  });

  it('says all that is missing, and where it is found', () => {
    const found = fromEnvironment({ TEAMS_APP_ID: ' ' });

    expect(found).toMatchObject({
      problems: [
        expect.stringMatching(/^TEAMS_APP_ID is not set: the application/) as string,
        expect.stringMatching(/^TEAMS_TENANT_ID is not set/) as string,
        expect.stringMatching(/^TEAMS_CLIENT_SECRET is not set/) as string,
        expect.stringMatching(/^TEAMS_CHANNEL is not set/) as string,
      ],
    });
  });

  it('says what is no id and no link, and shows neither', () => {
    const found = fromEnvironment({ ...ALL, TEAMS_APP_ID: 'hunter2', TEAMS_CHANNEL: 'https://example.test/19%3Ahunter2' });

    expect(found).toEqual({
      problems: [expect.stringMatching(/^TEAMS_APP_ID is no id/) as string, 'TEAMS_CHANNEL is no link to a channel of Teams.'],
    });
    expect(JSON.stringify(found)).not.toContain('hunter2');
  });
});
