import { type Attempt, type Content, done, type Home, type UserRef } from '@musterhq/chat-port';
import { homeView } from '../content/form-view.ts';
import type { SlackClient } from '../slack-client.ts';

/** What somebody finds under "Home" of the app. Slack keeps it until the next one, so an old one is shown until then. */
export class SlackHome implements Home {
  constructor(private readonly client: SlackClient) {}

  async publish(user: UserRef, content: Content, signal: AbortSignal): Promise<Attempt<void>> {
    const view = homeView(content, { adapter: user.adapter, tenant: user.tenant, room: user.user });
    const published = await this.client.call<object>('views.publish', { user_id: user.user, view }, signal);
    return published.outcome === 'done' ? done(undefined) : published;
  }
}
