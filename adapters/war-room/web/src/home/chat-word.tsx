import { useState } from 'react';
import { chatWordWords, wordOn } from '#libs/war-room-protocol/chat-word';
import type { ChatList } from '#libs/war-room-protocol/views';
import { api } from '../api/api.ts';
import { Button } from '../ui/button.tsx';

type Answered = { readonly say: string; readonly refused: boolean };

/** A person's word that a chat is down, or back: folded away, with what follows from it, because people are called out of bed. */
export function ChatWord({ chat: { id, name, state } }: { readonly chat: ChatList['chats'][number] }) {
  const [answered, setAnswered] = useState<Answered | null>(null);
  const [saying, setSaying] = useState(false);
  const word = wordOn(state);
  if (word === null) return null;
  const { title, follows } = chatWordWords(name, word);

  const say = async (): Promise<void> => {
    setSaying(true);
    setAnswered(
      await api.chatWord(id, word).then(
        ({ say }) => ({ say, refused: false }),
        (error: unknown) => ({ say: error instanceof Error ? error.message : 'Muster did not answer.', refused: true }),
      ),
    );
    setSaying(false);
  };
  return (
    <>
      {/* Another word is another question: what was open for the one is closed for the other. */}
      <details key={word}>
        <summary>Say that {title}</summary>
        <p>{follows}</p>
        <Button disabled={saying} onClick={() => void say()}>
          {title}
        </Button>
      </details>
      {answered && <p role={answered.refused ? 'alert' : 'status'}>{answered.say}</p>}
    </>
  );
}
