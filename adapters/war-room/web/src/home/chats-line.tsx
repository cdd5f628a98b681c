import { api } from '../api/api.ts';
import { useLoaded } from '../ui/use-loaded.ts';
import { ChatWord } from './chat-word.tsx';
import styles from './home.module.css';

const EVERY_MS = 15_000;

/** The chats that rooms are mirrored in, and how each of them is. */
export function ChatsLine({ mayTell }: { readonly mayTell: boolean }) {
  const [chats] = useLoaded(api.chats, EVERY_MS);
  if (chats.name !== 'here') return null;
  return (
    <section className={styles.section}>
      <h2>Chats</h2>
      {chats.value.chats.length === 0 ? (
        <p>
          No chat is connected; rooms live here alone. <a href="/adapters/slack/setup">Connect Slack</a>
        </p>
      ) : (
        <ul className={styles.chats}>
          {chats.value.chats.map((chat) => (
            <li key={chat.id}>
              <strong>{chat.name}</strong>
              {chat.pretend && ' (pretend)'}{' '}
              <span data-trouble={chat.state === 'ok' || chat.state === 'starting' ? undefined : ''}>{chat.say}</span>
              {mayTell && <ChatWord chat={chat} />}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
