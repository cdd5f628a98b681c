import { useState } from 'react';
import { ask } from '../../api/ask.ts';
import { Button } from '../../ui/button.tsx';

/** Asks once more, because it cannot be taken back. The room says who did it. */
export function RemoveFile({ href, name }: { readonly href: string; readonly name: string }) {
  const [asking, setAsking] = useState(false);
  const [why, setWhy] = useState<string | null>(null);
  if (!asking) {
    return (
      <Button look="plain" aria-label={`Remove ${name}`} onClick={() => setAsking(true)}>
        Remove
      </Button>
    );
  }
  const remove = (): void => {
    setWhy(null);
    ask(href, { method: 'DELETE' }).catch((error: unknown) => setWhy(error instanceof Error ? error.message : String(error)));
  };
  return (
    <>
      <span role="alert">{why ?? 'Remove it for everyone, for good?'}</span>
      <Button onClick={remove}>Remove for good</Button>
      <Button look="plain" onClick={() => setAsking(false)}>
        Keep it
      </Button>
    </>
  );
}
