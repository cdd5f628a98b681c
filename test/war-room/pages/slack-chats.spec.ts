import type { SlackSimulator } from '#adapters/slack/simulator/types';
import { chatHealth } from '#src/outage/outage.queries';
import { Chats } from '#src/platform/chats/chats';
import { useApp } from '#test/support/app';
import { joinSlack, slackPlatform } from '#test/support/slack';
import { until } from '#test/support/until';
import { aGuest, anAdmin, aResponder, PlainBrowser } from './browser.ts';

describe('Looking at the chats', () => {
  const app = useApp({ roles: ['web', 'ingest'], platforms: [slackPlatform] });

  describe('before one is connected', () => {
    it('shows an admin how to connect it, with the text to copy and what is missing', async () => {
      const page = await (await anAdmin(app)).open('/adapters/slack/setup');

      expect(page.status).toBe(200);
      expect(page.body).toContain('Make the Slack app');
      expect(page.body).toContain('display_information:');
      expect(page.body).toContain('SLACK_BOT_TOKEN');
      expect(page.body).toContain('CHAT_ADAPTERS=slack');
      expect(page.body).toContain('Start Muster again');
      expect(page.body).toContain('<a href="https://api.slack.com/apps"');
    });

    it('begins with sockets, which need no address that Slack can reach, and says so in the manifest', async () => {
      const page = await (await anAdmin(app)).open('/adapters/slack/setup');

      expect(page.body).toMatch(/<option value="socket" selected>Muster calls Slack/);
      expect(page.body).toContain('socket_mode_enabled: true');
    });

    it('shows the steps for the way that is chosen', async () => {
      const ana = await anAdmin(app);

      const [requests, sockets] = [await ana.open('/adapters/slack/setup?mode=http'), await ana.open('/adapters/slack/setup?mode=socket')];

      expect(requests.body).toContain('SLACK_SIGNING_SECRET');
      expect(requests.body).toContain(`request_url: &quot;${app.url}/hooks/slack&quot;`);
      expect(sockets.body).toContain('add the scope connections:write');
      expect(sockets.body).toMatch(/<option value="socket" selected>Muster calls Slack/);
      expect((await ana.open('/adapters/slack/setup?mode=pigeon')).status).toBe(200);
    });

    it('gives the files that the setup offers', async () => {
      const ana = await anAdmin(app);

      const [file, none] = [await ana.open('/adapters/slack/setup/manifest.yaml'), await ana.open('/adapters/slack/setup/passwd')];

      expect(file.headers.get('content-disposition')).toContain('attachment');
      expect(file.body).toContain('display_information:');
      expect(none.status).toBe(404);
    });

    it('tells others whom to ask', async () => {
      const page = await (await aResponder(app, 'Bo')).open('/adapters/slack/setup');

      expect(page.status).toBe(403);
      expect(page.body).toContain('Ask an admin');
      expect((await new PlainBrowser(app).open('/adapters/slack/setup')).status).toBe(303);
      expect((await (await anAdmin(app)).open('/adapters/mattermost/setup')).status).toBe(404);
    });

    it('says that rooms live here alone', async () => {
      expect((await (await anAdmin(app)).open('/adapters')).body).toContain('No chat is connected');
    });
  });

  describe('once one is connected', () => {
    let slack: SlackSimulator;
    beforeAll(async () => {
      slack = await joinSlack(app, 'http');
    });
    afterAll(() => slack.close());

    it('says how it is', async () => {
      const bo = await aResponder(app, 'Bo');

      // It may change between the two.
      const page = await until('both say the same', async () => {
        const [health] = await chatHealth(app.database, app.get(Chats));
        const { body } = await bo.open('/adapters');
        return health !== undefined && body.includes(health.say) && body;
      });

      expect(page).toContain('<b>Slack</b>');
    });

    it('says what catching up costs, also for an app that Slack gives little', async () => {
      const page = await (await aResponder(app, 'Cy')).open('/adapters');

      expect(page.body).toContain('What catching up costs');
      expect(page.body).toContain(
        'An app that is distributed outside Slack’s marketplace is given 15 messages in a minute: then a room takes 2 h 14 min.',
      );
    });

    it('shows it to nobody who only practises, and a pretend one to nobody', async () => {
      await app.database.query(
        `insert into chat_instance (id, plugin, name, config, secrets, pretend) select 'practice-1', plugin, 'Pretend Slack', config, secrets, true from chat_instance where id = 'slack'`,
      );
      app.doorbell.ring({ topic: 'chats', id: 'practice-1' });
      await until('the pretend chat', () => app.get(Chats).get('practice-1'));

      const [inside, guest] = [await (await anAdmin(app)).open('/adapters'), await (await aGuest(app)).open('/adapters')];

      expect(inside.body).not.toContain('Pretend Slack');
      expect(guest.body).not.toContain('<b>');
    });
  });
});
