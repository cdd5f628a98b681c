import { App, type Logger, type Receiver } from '@slack/bolt';
import type { Envelope } from '@musterhq/chat-port';
import type { SlackIdentity } from '../slack-identity.ts';
import type { Whose } from '../slack-names.ts';
import { numberOf, stringOf, textOf, type Wire, wireOf, wiresOf } from '#libs/wire/wire';
import { decodeEventCallback } from './decode-event.ts';
import { decodeActions, decodeCommand, decodeShortcut, decodeView, type Received } from './decode-interaction.ts';

/** The way an answer takes back to the person: with the acknowledgement, to the message that was pressed, or nowhere. */
export type AnswerDoor = 'command' | 'view' | 'press' | 'nowhere';

export interface Decoded {
  readonly envelopes: Envelope[];
  readonly door?: AnswerDoor;
}

export interface Delivery extends Received {
  readonly body: Wire;
  readonly redelivery: number;
}

/** What the adapter itself has to know of what Slack tells. */
export interface Told {
  /** It holds events back. */
  limited(): void;
  /** We are not installed any more. */
  removed(): void;
  /** We made a channel. */
  made(name: string, channel: string): void;
}

/** Where listeners put what they decoded. It travels in Bolt's context, one for each delivery. */
interface Harvest {
  envelopes: Envelope[];
  door?: AnswerDoor;
}

/** The app of ours that never hears from the network by itself: we hand it what came. */
const handedOver: Receiver = { init: () => undefined, start: () => Promise.resolve(), stop: () => Promise.resolve() };

/**
 * Bolt as the decoder: it tells events, commands, presses, forms and shortcuts apart and calls our listeners.
 *
 * It does not acknowledge. Left alone Bolt tells Slack 200 before its listeners run, and what they then fail to store
 * is gone for good. So a delivery is handed to Bolt with an acknowledgement that does nothing, the listeners only
 * decode, and whoever handed it over acknowledges when the core has stored the result (CP1).
 *
 * `authorize` is our own and answers from memory: with a token Bolt would ask Slack who it is while it is being
 * constructed, and end the process when Slack is away. `ignoreSelf` is off: our own voice is how we know we were heard.
 */
export class BoltDecoder {
  /** One for what happens and one for what people press, since Bolt asks each of its listeners about each delivery, and there is a flood of one kind only. */
  private readonly events: App;
  private readonly gestures: App;

  constructor(
    private readonly identity: SlackIdentity,
    logger: Logger,
    private readonly told: Told,
  ) {
    this.events = appOf(logger);
    this.gestures = appOf(logger);
    this.listenToEvents(this.events);
    this.listenToGestures(this.gestures);
  }

  /** No side effect. Whatever Slack may send, known or not, comes out as envelopes; a broken body is the one thing that throws. */
  async decode(delivery: Delivery): Promise<Decoded> {
    const { body, redelivery } = delivery;
    if (body['type'] === 'app_rate_limited') return { envelopes: [this.rateLimited(body, delivery)] };

    const harvest: Harvest = { envelopes: [] };
    const customProperties = { harvest, delivery };
    const app = 'event' in body ? this.events : this.gestures;
    await app.processEvent({ body: { ...body }, retryNum: redelivery, ack: () => Promise.resolve(), customProperties });
    return harvest;
  }

  private listenToEvents(app: App): void {
    app.event(/.*/, ({ context, body }) => {
      const { harvest, delivery } = reach(context);
      const wire = wireOf(body);
      const envelopes = decodeEventCallback(wire, this.whose(wire), delivery.redelivery);
      this.tell(envelopes);
      harvest.envelopes.push(...envelopes);
      return Promise.resolve();
    });
  }

  private listenToGestures(app: App): void {
    app.command(/.*/, ({ context, body }) => {
      const { harvest, delivery } = reach(context);
      harvest.envelopes.push(decodeCommand(wireOf(body), this.whose(wireOf(body)), delivery));
      harvest.door = 'command';
      return Promise.resolve();
    });
    app.action({ type: 'block_actions' }, ({ context, body }) => {
      const { harvest, delivery } = reach(context);
      harvest.envelopes.push(...decodeActions(wireOf(body), this.whose(wireOf(body)), delivery));
      harvest.door = doorOf(wireOf(body));
      return Promise.resolve();
    });
    for (const type of ['view_submission', 'view_closed'] as const) {
      app.view({ callback_id: /.*/, type }, ({ context, body }) => {
        const { harvest, delivery } = reach(context);
        harvest.envelopes.push(decodeView(wireOf(body), this.whose(wireOf(body)), delivery));
        harvest.door = type === 'view_submission' ? 'view' : 'nowhere';
        return Promise.resolve();
      });
    }
    app.shortcut(/.*/, ({ context, body }) => {
      const { harvest, delivery } = reach(context);
      harvest.envelopes.push(decodeShortcut(wireOf(body), this.whose(wireOf(body)), delivery, this.identity.current?.url));
      harvest.door = doorOf(wireOf(body));
      return Promise.resolve();
    });
  }

  /** The workspace that installed us, which in a shared channel is not the author's. */
  private whose(body: Wire): Whose {
    const installed = wiresOf(body['authorizations'])[0];
    const tenant = stringOf(installed?.['team_id']) ?? stringOf(body['team_id']) ?? stringOf(wireOf(body['team'])['id']);
    return this.identity.whose(tenant ?? stringOf(wireOf(body['user'])['team_id']), stringOf(body['api_app_id']));
  }

  private tell(envelopes: readonly Envelope[]): void {
    for (const { event } of envelopes) {
      if (event.type === 'tenant' && event.change === 'removed') this.told.removed();
      const isOurs = event.type === 'room' && event.change === 'created' && event.by?.user === this.identity.current?.user;
      if (isOurs && event.value !== undefined) this.told.made(event.value, event.room.room);
    }
  }

  /** Of that minute Slack tells us nothing more, ever. */
  private rateLimited(body: Wire, { redelivery, now }: Delivery): Envelope {
    const minute = numberOf(body['minute_rate_limited']) ?? Math.floor(now / 60_000) * 60;
    const tenant = textOf(body['team_id']);
    const [from, to] = [minute * 1000, (minute + 60) * 1000];
    this.told.limited();
    return {
      id: `app_rate_limited:${tenant}:${minute}`,
      lane: 'missed',
      at: from,
      redelivery,
      event: { type: 'missed', tenant, from, to },
    };
  }
}

function appOf(logger: Logger): App {
  const app = new App({ receiver: handedOver, authorize: () => Promise.resolve({}), ignoreSelf: false, convoStore: false, logger });
  app.error((error) => Promise.reject(error));
  return app;
}

const doorOf = (body: Wire): AnswerDoor => (stringOf(body['response_url']) === undefined ? 'nowhere' : 'press');

function reach(context: object): { harvest: Harvest; delivery: Delivery } {
  return context as { harvest: Harvest; delivery: Delivery };
}
