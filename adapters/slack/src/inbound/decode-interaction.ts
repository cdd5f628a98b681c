import type { Envelope, Interaction, Mention } from '@musterhq/chat-port';
import { asTyped, type Typed } from '../content/as-typed.ts';
import { idOfAction, isLinkAction } from '../content/actions.ts';
import { pickedIn, valuesOf, type ViewState } from '../content/view-values.ts';
import { messageRef, msOfTs, permalinkOf, roomRef, userRef, type Whose } from '../slack-names.ts';
import { stringOf, textOf, type Wire, wireOf, wiresOf } from '#libs/wire/wire';
import { messageOf } from './decode-message.ts';
import { encodeHandle, type Handle, TRIGGER_MS } from './handle.ts';

/** When it was received, by our clock or by Slack's stamp: interactions themselves mostly carry no time. */
export interface Received {
  readonly at: number;
  readonly now: number;
}

export function decodeCommand(body: Wire, whose: Whose, received: Received): Envelope {
  const id = textOf(body['trigger_id']);
  const via = interaction(id, textOf(body['user_id']), body, whose, received, { channel: textOf(body['channel_id']) });
  const name = textOf(body['command']).replace(/^\//, '');
  const { text, mentioned } = asTyped(textOf(body['text']));
  return envelope(via, received.at, { type: 'command', name, text, ...mentions(mentioned, whose), via });
}

/** A press, a choice. Links are opened by Slack itself, which tells us all the same: nothing follows from that. */
export function decodeActions(body: Wire, whose: Whose, received: Received): Envelope[] {
  const channel = textOf(wireOf(body['channel'])['id']) || textOf(wireOf(body['container'])['channel_id']);
  const message = wireOf(body['message']);
  const ts = textOf(message['ts']) || textOf(wireOf(body['container'])['message_ts']);
  const state = (body['state'] ?? wireOf(body['view'])['state']) as ViewState;
  const actions = wiresOf(body['actions']).filter((action) => !isLinkAction(textOf(action['action_id'])));
  return actions.map((action, i) => {
    const trigger = textOf(body['trigger_id']);
    const id = i === 0 ? trigger : `${trigger}:${i}`;
    const via = interaction(id, textOf(wireOf(body['user'])['id']), body, whose, received, {
      channel,
      ...(ts ? { ts, thread: stringOf(message['thread_ts']) } : {}),
    });
    const user = stringOf(action['selected_user']);
    const value = stringOf(action['value']) ?? stringOf(wireOf(action['selected_option'])['value']) ?? user;
    const picked = [...pickedIn(state), ...(user === undefined ? [] : [user])];
    const at = stringOf(action['action_ts']);
    return envelope(via, at ? msOfTs(at) : received.at, {
      type: 'action',
      id: idOfAction(textOf(action['action_id'])),
      ...(value === undefined ? {} : { value }),
      inputs: valuesOf(state),
      ...mentions(
        [...new Set(picked)].map((id) => ({ text: id, user: id })),
        whose,
      ),
      via,
    });
  });
}

export function decodeView(body: Wire, whose: Whose, received: Received): Envelope {
  const view = wireOf(body['view']);
  const dismissed = body['type'] === 'view_closed';
  // A form sent again after an error is another gesture on the same view, so its trigger names it; closing has none.
  const id = stringOf(body['trigger_id']) ?? `${textOf(view['id'])}:${textOf(view['hash'])}${dismissed ? ':closed' : ''}`;
  const via = interaction(id, textOf(wireOf(body['user'])['id']), body, whose, received, { view: textOf(view['id']) });
  const state = textOf(view['private_metadata']);
  return envelope(via, received.at, {
    type: 'form',
    id: textOf(view['callback_id']),
    ...(state === '' ? {} : { state }),
    values: valuesOf(view['state'] as ViewState),
    ...mentions(
      pickedIn(view['state'] as ViewState).map((id) => ({ text: id, user: id })),
      whose,
    ),
    dismissed,
    via,
  });
}

export function decodeShortcut(body: Wire, whose: Whose, received: Received, workspaceUrl?: string): Envelope {
  const channel = textOf(wireOf(body['channel'])['id']);
  const message = wireOf(body['message']);
  const ts = textOf(message['ts']);
  const via = interaction(textOf(body['trigger_id']), textOf(wireOf(body['user'])['id']), body, whose, received, {
    channel,
    ...(ts ? { ts, thread: stringOf(message['thread_ts']) } : {}),
  });
  const permalink = via.on && permalinkOf(workspaceUrl, via.on);
  return envelope(via, received.at, {
    type: 'shortcut',
    id: textOf(body['callback_id']),
    ...(ts ? { message: messageOf(message, channel, whose) } : {}),
    ...(permalink ? { permalink } : {}),
    via,
  });
}

const mentions = (picked: Typed['mentioned'], whose: Whose): { mentions?: Mention[] } =>
  picked.length === 0 ? {} : { mentions: picked.map(({ text, user }) => ({ text, who: userRef(whose, user) })) };

interface Where {
  readonly channel?: string;
  readonly ts?: string;
  readonly thread?: string | undefined;
  readonly view?: string;
}

function interaction(id: string, user: string, body: Wire, whose: Whose, { now }: Received, where: Where): Interaction {
  const trigger = stringOf(body['trigger_id']);
  const responseUrl = stringOf(body['response_url']);
  const handle: Handle = {
    ...(trigger ? { trigger } : {}),
    ...(responseUrl ? { responseUrl } : {}),
    ...(where.view ? { view: where.view } : {}),
  };
  const room = where.channel ? roomRef(whose, where.channel) : undefined;
  return {
    id,
    user: userRef(whose, user),
    ...(room ? { room } : {}),
    ...(room && where.ts ? { on: messageRef(room, where.ts, where.thread) } : {}),
    expiresAt: now + TRIGGER_MS,
    handle: encodeHandle(handle),
  };
}

/** A lane of its own: a press never waits for messages, nor they for it. Slack sends interactions once. */
function envelope(via: Interaction, at: number, event: Envelope['event']): Envelope {
  return { id: `interaction:${via.id}`, lane: `interaction:${via.id}`, at, redelivery: 0, event };
}
