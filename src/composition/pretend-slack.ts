import { slackManifest } from '#adapters/slack/src/plugin';
import { startSlackSimulator } from '#adapters/slack/simulator/start';
import type { LostInteraction, SlackMessage, SlackSimulator } from '#adapters/slack/simulator/types';
import type { LostGesture, PretendChat, PretendPersonName, ShownMessage } from '#src/platform/chats/plugins';

const MANIFEST = slackManifest({ name: 'Muster', socketMode: false });

/** A pretend Slack for practice: a workspace with three people in it, on this machine only. */
export async function startPretendSlack(): Promise<PretendChat> {
  const slack = await startSlackSimulator({
    manifest: MANIFEST,
    team: { id: `T${Date.now().toString(36).toUpperCase()}`, name: 'Practice' },
  });
  const people: Record<PretendPersonName, string> = {
    you: slack.addUser({ name: 'You', realName: 'You' }).id,
    mia: slack.addUser({ name: 'Mia Berg', realName: 'Mia Berg' }).id,
    bo: slack.addUser({ name: 'Bo Lindqvist', realName: 'Bo Lindqvist' }).id,
  };
  const lobby = slack.addChannel({ name: 'general', members: [...Object.values(people), slack.app.botUserId] }).id;
  const as = (person: PretendPersonName) => slack.as(people[person]);

  return {
    name: 'Slack',
    port: Number(new URL(slack.url).port),
    tenant: slack.team.id,
    instance: {
      config: { mode: 'http', apiUrl: slack.apiUrl, pretend: true },
      secrets: { bot_token: slack.app.botToken, signing_secret: slack.app.signingSecret, app_token: slack.app.appToken },
    },
    you: people.you,
    lobby,
    page: (room) => `?as=${people.you}&channel=${room ?? lobby}`,
    hearAt: (url) => slack.setRequestUrl(url),
    join: (person, room) => as(person).join(room),
    say: async (person, room, text) => void (await as(person).say(room, text)),
    command: async (person, room, text) => void (await as(person).command('/incident', text, room)),
    press: (person, room) => pressNewest(slack, people[person], room),
    breakEvents: () => slack.setFault({ kind: 'events-silent' }),
    heal: () => slack.clearFaults(),
    shown: (room) => slack.messages(room).map(toShown),
    lost: () => slack.lostInteractions().map((lost) => toGesture(slack, people.you, lost)),
    close: () => slack.close(),
  };
}

async function pressNewest(slack: SlackSimulator, user: string, room: string): Promise<boolean> {
  for (const message of [...slack.messages(room)].reverse()) {
    const action = firstButton(message);
    if (!action) continue;
    await slack.as(user).press(room, message.ts, action);
    return true;
  }
  return false;
}

function firstButton(message: SlackMessage): string | null {
  for (const block of message.blocks ?? []) {
    const elements = (block['elements'] ?? []) as readonly { type?: string; action_id?: string; url?: string }[];
    const button = block.type === 'actions' ? elements.find(({ type, url }) => type === 'button' && !url) : undefined;
    if (button?.action_id) return button.action_id;
  }
  return null;
}

function toGesture(slack: SlackSimulator, you: string, { kind, user, what, label }: LostInteraction): LostGesture {
  const of = { who: slack.users().find(({ id }) => id === user)?.real_name ?? 'Somebody', isYou: user === you };
  if (kind === 'command') return { kind, what, ...of };
  return kind === 'press' ? { kind, what: label ?? 'a button', ...of } : { kind: 'form', what: '', ...of };
}

function toShown(message: SlackMessage): ShownMessage {
  const key = message.metadata?.event_payload['key'];
  return {
    id: message.ts,
    text: message.text,
    byPerson: message.user !== undefined && message.bot_id === undefined && message.subtype === undefined,
    key: typeof key === 'string' ? key : null,
  };
}
