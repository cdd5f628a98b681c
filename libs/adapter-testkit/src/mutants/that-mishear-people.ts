import { wordsOf } from '../acts.ts';
import { type Mutant, withEnvelopes } from './mutant.ts';

/** Wrong about what people say, and to whom. */
export const MUTANTS_THAT_MISHEAR_PEOPLE: readonly Mutant[] = [
  {
    id: 'cp8-deaf-to-mentions',
    rule: 'CP8',
    wrong: 'does not notice that people speak to it',
    caught: 'cp8-heard-mention',
    because: 'A person speaks to us, and we do not know it',
    breaks: (adapter) =>
      withEnvelopes(adapter, (e) =>
        e.event.type === 'message.created' ? { ...e, event: { ...e.event, message: { ...e.event.message, mentionsMe: false } } } : e,
      ),
  },
  {
    id: 'cp8-hears-its-name-too',
    rule: 'CP8',
    wrong: 'leaves its own name in what is said to it',
    caught: 'cp8-said-to-us',
    because: 'Muster would be asked for something else',
    breaks: (adapter) =>
      withEnvelopes(adapter, (e) => {
        if (e.event.type === 'command') return { ...e, event: { ...e.event, text: `muster ${e.event.text}` } };
        if (e.event.type !== 'message.created' || !e.event.message.toMe) return e;
        const { message } = e.event;
        const toMe = { alone: false, ...message.toMe, text: `muster ${message.toMe?.text}` };
        return { ...e, event: { ...e.event, message: { ...message, toMe } } };
      }),
  },
  {
    id: 'cp8-listens-in',
    rule: 'CP8',
    wrong: 'takes whatever has its name in it for something said to it',
    caught: 'cp8-said-of-us',
    because: 'People speak of Muster',
    breaks: (adapter) =>
      withEnvelopes(adapter, (e) => {
        if (e.event.type !== 'message.created' || !e.event.message.mentionsMe) return e;
        const { message } = e.event;
        return {
          ...e,
          event: { ...e.event, message: { ...message, toMe: message.toMe ?? { text: wordsOf(message.content), alone: false } } },
        };
      }),
  },
  {
    id: 'cp8-answers-aloud',
    rule: 'CP8',
    wrong: 'does not tell that it is alone with somebody',
    caught: 'cp8-said-alone',
    because: 'would not know that it answers one person alone',
    breaks: (adapter) =>
      withEnvelopes(adapter, (e) => {
        if (e.event.type !== 'message.created' || !e.event.message.toMe) return e;
        const { message } = e.event;
        return { ...e, event: { ...e.event, message: { ...message, toMe: { ...e.event.message.toMe, alone: false } } } };
      }),
  },
  {
    id: 'cp9-flattens-threads',
    rule: 'CP9',
    wrong: 'hears answers as if they answered nothing',
    caught: 'cp9-replies',
    because: 'An answer to something would stand in the room',
    breaks: (adapter) =>
      withEnvelopes(adapter, (e) => {
        if (e.event.type !== 'message.created' && e.event.type !== 'message.edited') return e;
        const { replyTo: _replyTo, ...message } = e.event.message;
        const { thread: _thread, ...ref } = message.ref;
        return { ...e, event: { ...e.event, message: { ...message, ref } } };
      }),
  },
  {
    id: 'cp9-deaf-to-deletions',
    rule: 'CP9',
    wrong: 'does not know what it means that a message was deleted',
    caught: 'cp9-deletions',
    because: 'was deleted, which Muster would show for ever',
    breaks: (adapter) =>
      withEnvelopes(adapter, (e) => (e.event.type === 'message.deleted' ? { ...e, event: { type: 'unknown', name: 'deleted' } } : e)),
  },
];
