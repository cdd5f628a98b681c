import type { MirrorView } from '#libs/war-room-protocol/mirrors';
import { useZone } from '../../ui/preference.ts';
import { clockTime } from '../../ui/times.ts';
import styles from './chat-banner.module.css';

/** Amber, one line for each chat, and each work that is switched off, that changes what people should do now. */
export function ChatBanner({ mirrors, givenUp }: { readonly mirrors: readonly MirrorView[]; readonly givenUp: readonly string[] }) {
  const zone = useZone();
  const lines = mirrors.flatMap((mirror) => {
    const line = sentence(mirror, mirror.since === null ? null : clockTime(mirror.since, zone));
    return line === null ? [] : [{ id: mirror.id, line }];
  });
  return (
    <div role="status">
      {givenUp.map((line) => (
        <p key={line} className={styles.banner}>
          {line}
        </p>
      ))}
      {lines.map(({ id, line }) => (
        <p key={id} className={styles.banner}>
          {line}
        </p>
      ))}
    </div>
  );
}

function sentence({ surface, state, name }: MirrorView, since: string | null): string | null {
  const when = since === null ? '' : ` since ${since}`;
  switch (state) {
    case 'suspect':
      return `${surface.name} may not be answering${when}.`;
    case 'parked':
      return `${surface.name} is not answering${when}. You are in the web war room; messages will be copied to ${name ?? surface.name} when ${surface.name} returns.`;
    case 'catching-up':
      return `${surface.name} is back. Catching up…`;
    case 'opening':
    case 'open':
    case 'archived':
    case 'failed':
      return null;
  }
}
