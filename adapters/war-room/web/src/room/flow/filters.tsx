import type { Filter } from '../../store/flow.ts';
import { Button } from '../../ui/button.tsx';
import { times, usePreference } from '../../ui/preference.ts';
import styles from './filters.module.css';

const filters: readonly { readonly id: Filter; readonly label: string }[] = [
  { id: 'all', label: 'All' },
  { id: 'timeline', label: 'Timeline' },
  { id: 'people', label: 'People only' },
];

/** What of the room is shown, and in which time. */
export function Filters({ filter, onFilter }: { readonly filter: Filter; readonly onFilter: (filter: Filter) => void }) {
  const zone = usePreference(times);
  return (
    <div className={styles.bar}>
      <div className={styles.filters} role="group" aria-label="Show">
        {filters.map(({ id, label }) => (
          <button key={id} type="button" className={styles.filter} aria-pressed={filter === id} onClick={() => onFilter(id)}>
            {label}
          </button>
        ))}
      </div>
      <span className={styles.zone}>
        <Button look="plain" onClick={() => times.choose(zone === 'utc' ? 'local' : 'utc')}>
          {zone === 'utc' ? 'Times in UTC' : 'Times are local'}
        </Button>
      </span>
    </div>
  );
}
