import { CircleHelp, Search } from 'lucide-react';
import { Suspense, useEffect, useState } from 'react';
import { useLocation, useSearch as useAddress } from 'wouter';
import { api } from '../api/api.ts';
import { useDialogs } from '../shell/dialogs.ts';
import { SearchField } from '../search/search-field.tsx';
import { part } from '../shell/part.ts';
import { SignedOut } from '../shell/signed-out.tsx';
import { Button } from '../ui/button.tsx';
import { useLoaded } from '../ui/use-loaded.ts';
import { ChatsLine } from './chats-line.tsx';
import styles from './home.module.css';
import { IncidentList } from './incident-list.tsx';
import { NothingGoingOn } from './nothing-going-on.tsx';
import { UnsentLine } from './unsent-line.tsx';
import { You } from './you.tsx';

const SearchResults = part(async () => (await import('../search/search-results.tsx')).SearchResults);

const EVERY_MS = 5_000;
const SHOWN_ENDED = 8;

async function loadHome() {
  const [me, { incidents: open, more }, ended, unread] = await Promise.all([api.me(), api.goingOn(), api.ended(SHOWN_ENDED), api.unread()]);
  return { me, unread, open, more, ended };
}

/** What is going on now, and the one thing to do when something is. */
export function Home() {
  const dialogs = useDialogs();
  const [incidents] = useLoaded(loadHome, EVERY_MS);
  const [words, setWords] = useState('');
  const isSearching = words.trim() !== '';
  const [, go] = useLocation();
  const asked = new URLSearchParams(useAddress()).get('q');
  // From the palette. Taken out of the address, so that the same can be asked again.
  useEffect(() => {
    if (asked === null) return;
    setWords(asked);
    go('/', { replace: true });
  }, [asked, go]);
  useEffect(() => {
    document.title = 'Incidents · Muster';
  }, []);

  if (incidents.name === 'signed-out') return <SignedOut />;
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <p className={styles.name}>Muster</p>
        <a className={styles.practice} href="/practice">
          Practice
        </a>
        <Button look="icon" aria-label="Commands and search" onClick={() => dialogs.open('palette')}>
          <Search size={20} aria-hidden="true" />
        </Button>
        <Button look="icon" aria-label="Help and settings" onClick={() => dialogs.open('help')}>
          <CircleHelp size={20} aria-hidden="true" />
        </Button>
      </header>
      <main className={styles.main}>
        <div className={styles.top}>
          <h1>Incidents</h1>
          {incidents.name === 'here' && incidents.value.me.may.includes('incident.declare') && (
            <Button look="primary" onClick={() => dialogs.open('declare')}>
              Declare
            </Button>
          )}
        </div>
        {incidents.name === 'failed' && (
          <p role="alert" className={styles.stale}>
            {incidents.why} Asking again every few seconds.
          </p>
        )}
        <SearchField value={words} onChange={setWords} />
        {isSearching && (
          <Suspense fallback={null}>
            <SearchResults q={words} />
          </Suspense>
        )}
        {!isSearching && incidents.name === 'here' && (
          <>
            {incidents.value.open.length === 0 ? (
              <NothingGoingOn />
            ) : (
              <IncidentList name="Active incidents" incidents={incidents.value.open} unread={incidents.value.unread} />
            )}
            {incidents.value.more && (
              <p className={styles.stale}>These {incidents.value.open.length} are the worst. More are open: search finds them.</p>
            )}
            {incidents.stale && (
              <p role="status" className={styles.stale}>
                Muster is not answering. This is what was known before.
              </p>
            )}
            <UnsentLine
              personId={incidents.value.me.person.id}
              numbers={new Map([...incidents.value.open, ...incidents.value.ended].map(({ id, number }) => [id, number]))}
              answered={incidents.value}
            />
            {incidents.value.me.role !== 'guest' && <ChatsLine mayTell={incidents.value.me.may.includes('chat.word')} />}
            {incidents.value.ended.length > 0 && (
              <section className={styles.section}>
                <h2>Recently ended</h2>
                <IncidentList name="Recently ended" incidents={incidents.value.ended} />
              </section>
            )}
            <You me={incidents.value.me} />
          </>
        )}
      </main>
    </div>
  );
}
