import { Link } from 'wouter';
import { hintsOf } from '#libs/war-room-protocol/search-hints';
import type { Excerpt, SearchResult } from '#libs/war-room-protocol/search';
import { SeverityBadge } from '../severity/severity-badge.tsx';
import { statusLabel } from '../store/happenings.ts';
import { Button } from '../ui/button.tsx';
import styles from './search.module.css';
import { useSearch } from './use-search.ts';

/** What was found, as one turns its pages. What is new is said to those who do not see it. */
export function SearchResults({ q }: { readonly q: string }) {
  const { found, more } = useSearch(q);
  if (found.name === 'looking') return <p role="status">Looking…</p>;
  if (found.name === 'failed') return <p role="alert">{found.why}</p>;
  const { page, noMore } = found;
  return (
    <section className={styles.results} aria-label="Search results">
      <div role="status">
        {page.results.length > 0 && (
          <p>
            {page.results.length}
            {page.next === null ? '' : ' or more'} found
          </p>
        )}
        {hintsOf(page).map((hint) => (
          <p key={hint}>{hint}</p>
        ))}
      </div>
      {page.results.length > 0 && (
        <ol className={styles.list}>
          {page.results.map((result) => (
            <Row key={`${result.incident.id} ${result.seq}`} result={result} />
          ))}
        </ol>
      )}
      {noMore !== null && <p role="alert">The next results did not come. {noMore}</p>}
      {page.next !== null && <Button onClick={more}>{noMore === null ? 'More results' : 'Try again'}</Button>}
    </section>
  );
}

function Row({ result: { incident, seq, at, by, via, excerpts } }: { readonly result: SearchResult }) {
  const place = `/i/${incident.number}${seq === null ? '' : `#m${seq}`}`;
  return (
    <li className={styles.result}>
      <SeverityBadge severity={incident.severity} />
      <p className={styles.title}>
        <Link href={place}>
          {incident.number} {incident.title}
        </Link>
      </p>
      <p className={styles.facts}>
        {seq === null ? (
          <span>
            {statusLabel(incident.status)}, declared {day(at)}
          </span>
        ) : (
          <>
            <span>
              {by?.name ?? 'Muster'} via {via?.name ?? 'web'}, {day(at)}
            </span>
            <Link href={place}>
              Read on from here<span className={styles.unseen}>, in {incident.number}</span>
            </Link>
          </>
        )}
      </p>
      {excerpts.map((excerpt) => (
        <p key={excerpt.in} className={styles.excerpt}>
          <Marked excerpt={excerpt} />
        </p>
      ))}
    </li>
  );
}

function Marked({ excerpt: { text, marks } }: { readonly excerpt: Excerpt }) {
  return (
    <>
      {marks.map(([begin, end], n) => (
        <span key={begin}>
          {text.slice(marks[n - 1]?.[1] ?? 0, begin)}
          <mark>{text.slice(begin, end)}</mark>
        </span>
      ))}
      {text.slice(marks.at(-1)?.[1] ?? 0)}
    </>
  );
}

const days = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const day = (at: string): string => days.format(new Date(at));
