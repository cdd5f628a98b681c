import { type MirrorView, admitsWords, halfWords } from '#libs/war-room-protocol/mirrors';
import { useZone } from '../../ui/preference.ts';
import { clockTime } from '../../ui/times.ts';
import styles from './chat-banner.module.css';

/** Amber, one line for each chat, and each work that is switched off, that changes what people should do now. */
export function ChatBanner({ mirrors, givenUp }: { readonly mirrors: readonly MirrorView[]; readonly givenUp: readonly string[] }) {
  const zone = useZone();
  const lines = mirrors.flatMap((mirror) => {
    const line = sentence(mirror, mirror.since === null ? null : clockTime(mirror.since, zone));
    return line === null ? [] : [{ mirror, line: line + admitsWords(mirror) }];
  });
  return (
    <div role="status">
      {givenUp.map((line) => (
        <p key={line} className={styles.banner}>
          {line}
        </p>
      ))}
      {lines.map(({ mirror: { id, surface, admits }, line }) => (
        <p key={id} className={styles.banner}>
          {line}
          {admits?.href && (
            <>
              {' '}
              <a href={admits.href} target="_blank" rel="noreferrer">
                What {surface.name} says
              </a>
            </>
          )}
        </p>
      ))}
    </div>
  );
}

function sentence(mirror: MirrorView, since: string | null): string | null {
  const { surface, state, name, saidBy } = mirror;
  const when = since === null ? '' : ` since ${since}`;
  const half = halfWords(mirror, when);
  if (half !== null) return `${surface.name} ${half}`;
  switch (state) {
    case 'suspect':
      return `${surface.name} may not be answering${when}.`;
    case 'parked':
      return `${surface.name} is ${saidBy === undefined ? `not answering${when}` : `down${when}, says ${saidBy}`}. You are in the web war room; messages will be copied to ${name ?? surface.name} when ${surface.name} returns.`;
    case 'catching-up':
      return `${surface.name} is back. Catching up…`;
    case 'shut-out':
      return `Muster was taken out of ${name ?? 'its room'} in ${surface.name}${when}. Invite it there again: what is written here waits, and nothing written there is heard.`;
    case 'opening':
    case 'open':
    case 'archived':
    case 'failed':
      return null;
  }
}
