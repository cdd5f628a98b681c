import type { Envelope, InMessage } from '@musterhq/chat-port';
import { type Wire, numberOf, stringOf, textOf, wireOf, wiresOf } from '#libs/wire/wire';
import { filesInCard } from '../content/file-line.ts';
import { cardsIn, keyOf } from '../content/own-key.ts';
import { threadOf } from '../conversations.ts';
import { decodeActivity } from '../inbound/decode-activity.ts';
import type { Us } from '../inbound/us.ts';
import { saidAt } from './past.ts';

/** Where a message was read, and by what ids Teams tells a bot of people whom Graph names by the directory's. */
export interface ReadIn {
  readonly us: Us;
  readonly tenant: string;
  /** The conversation as live events name it, without a thread. */
  readonly conversation: string;
  readonly userOf: (directoryId: string) => string;
}

/**
 * A message of Graph's as the events that it was: written as the activity that Teams told, or would have told, and read by the same
 * code. So it has the same id by construction. An edited one is told of as it was said and as it was edited, both with the words of now,
 * because Graph does not keep the others. Our own has the key that its card carries.
 */
export function asTold(message: Wire, where: ReadIn, now: number): Envelope[] {
  const said = activityOf(message, where);
  const editedAt = stringOf(message.lastEditedDateTime);
  const edit = editedAt === undefined ? [] : told({ ...said, type: 'messageUpdate', timestamp: editedAt }, message, where, now);
  const revision = edit[0] && revisionOf(edit[0]);
  return [...told(said, message, where, now).map((one) => (revision === undefined ? one : revised(one, revision))), ...edit];
}

function told(activity: Wire, message: Wire, { us }: ReadIn, now: number): Envelope[] {
  return decodeActivity(us, activity, now).flatMap((envelope) => {
    const { event } = envelope;
    if (event.type !== 'message.created' && event.type !== 'message.edited') return [];
    if (event.message.origin !== 'self') return [envelope];
    const key = keyOf(message);
    const own: InMessage = { ...event.message, files: cardsIn(message).flatMap(filesInCard), ...(key !== undefined && { key }) };
    return [{ ...envelope, event: { ...event, message: own } }];
  });
}

const revisionOf = ({ event }: Envelope): string | undefined => ('message' in event ? event.message?.revision : undefined);

const revised = (envelope: Envelope, revision: string): Envelope =>
  envelope.event.type === 'message.created'
    ? { ...envelope, event: { ...envelope.event, message: { ...envelope.event.message, revision } } }
    : envelope;

function activityOf(message: Wire, { tenant, conversation, userOf }: ReadIn): Wire {
  const { content, contentType } = wireOf(message.body);
  const root = stringOf(message.replyToId) ?? textOf(message.id);
  const mentions = wiresOf(message.mentions);
  const html = withOurMentions(textOf(content), mentions);
  return {
    type: 'message',
    id: message.id,
    timestamp: new Date(saidAt(message)).toISOString(),
    from: speakerIn(wireOf(message.from), userOf),
    conversation: { id: threadOf(conversation, root), tenantId: tenant },
    channelData: { tenant: { id: tenant } },
    ...(contentType === 'text' && { text: content }),
    attachments: [...(contentType === 'text' ? [] : [{ contentType: 'text/html', content: html }]), ...wiresOf(message.attachments)],
    entities: mentions.map((mention) => ({
      type: 'mention',
      mentioned: speakerIn(wireOf(mention.mentioned), userOf),
      text: `<at>${textOf(mention.mentionText)}</at>`,
    })),
  };
}

/** An app is told of by its application's id, with 28 before it; a person by an id that only this bot knows them by. */
function speakerIn(identity: Wire, userOf: (directoryId: string) => string): Wire {
  const [user, application] = [wireOf(identity.user), wireOf(identity.application)];
  const [person, app] = [stringOf(user.id), stringOf(application.id)];
  if (person !== undefined) return { id: userOf(person), name: user.displayName, aadObjectId: person };
  return app === undefined ? {} : { id: `28:${app}`, name: application.displayName, role: 'bot' };
}

/** Where somebody is called by name, live messages have a `span`, numbered as the entities are. */
const withOurMentions = (html: string, mentions: readonly Wire[]): string =>
  html.replace(/<at id="(\d+)">(.*?)<\/at>/gs, (all, id: string, name: string) =>
    mentions.some((mention) => numberOf(mention.id) === Number(id))
      ? `<span itemscope itemtype="http://schema.skype.com/Mention" itemid="${id}">${name}</span>`
      : all,
  );

/** Whom a message names by the directory's id: who said it, and whom it calls. */
export function directoryIdsIn(message: Wire): string[] {
  const identities = [message.from, ...wiresOf(message.mentions).map(({ mentioned }) => mentioned)];
  return identities.flatMap((identity) => stringOf(wireOf(wireOf(identity).user).id) ?? []);
}
