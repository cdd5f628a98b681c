import { makeContext } from '@musterhq/adapter-testkit';
import type { SetupStep } from '@musterhq/chat-port';
import { startSlackSimulator } from '../simulator/start.ts';
import { slackPlugin } from '../src/plugin.ts';

const steps = async (config: object, secrets: Record<string, string> = {}): Promise<Record<string, SetupStep>> => {
  const all = (await slackPlugin.setup?.(makeContext({ instance: 'slack', config, secrets })).steps()) ?? [];
  return Object.fromEntries(all.map((step) => [step.id, step]));
};

describe('Setting Slack up', () => {
  it('begins with a manifest to paste, and says what is missing', async () => {
    const { app, works, ...more } = await steps({ mode: 'socket', command: '/fire' });

    expect(app).toMatchObject({ done: false, give: { label: 'Manifest', text: expect.stringContaining('command: "/fire"') as string } });
    expect(more).toMatchObject({
      'bot-token': { done: false },
      'app-token': { done: false, say: expect.stringContaining('SLACK_APP_TOKEN') as string },
    });
    expect(works?.done).toBe(false);
  });

  it('asks for the signing secret where Slack calls us, and names our address', async () => {
    const { app, 'signing-secret': secret } = await steps({ mode: 'http' }, { signing_secret: 's' });

    expect(secret?.done).toBe(true);
    expect(JSON.stringify(app)).toContain('/hooks/slack');
  });

  it('says which workspace it is in when all is well, and what to do when the token is not accepted', async () => {
    const slack = await startSlackSimulator({ team: { id: 'T1', name: 'Acme' } });
    const config = { mode: 'http', apiUrl: slack.apiUrl };

    const good = await steps(config, { bot_token: slack.app.botToken, signing_secret: 's' });
    const bad = await steps(config, { bot_token: 'xoxb-wrong', signing_secret: 's' });

    expect(good['works']).toMatchObject({ done: true, say: 'Connected to the workspace "Acme".' });
    expect(bad['works']).toMatchObject({ done: false, say: expect.stringContaining('Install the app again') as string });
    expect(JSON.stringify([good, bad])).not.toContain('xoxb-');
    await slack.close();
  });

  it('has the manifest to download, and nothing else', async () => {
    const setup = slackPlugin.setup?.(makeContext({ config: { mode: 'socket' } }));

    expect(Buffer.from((await setup?.artefact('manifest.yaml'))?.bytes ?? []).toString()).toContain('socket_mode_enabled: true');
    await expect(setup?.artefact('secrets')).rejects.toThrow('manifest.yaml');
  });
});
